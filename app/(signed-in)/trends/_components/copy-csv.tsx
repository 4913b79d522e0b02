"use client";

import { Button, CopyButton } from "@mantine/core";
import classes from "./copy-csv.module.css";

/** Copies the numbers of a chart, to be pasted into a spreadsheet. */
export function CopyCsv({ csv, of }: { csv: string; of: string }) {
  return (
    <CopyButton value={csv}>
      {({ copied, copy }) => (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          className={classes.button}
          onClick={copy}
          aria-label={`Copy as CSV: ${of}`}
        >
          <span role="status">{copied ? "Copied" : "Copy as CSV"}</span>
        </Button>
      )}
    </CopyButton>
  );
}
