"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { CopyValue } from "../../../_ui/copy-value.tsx";
import classes from "./record-text.module.css";
import { setOut } from "./set-out.ts";

type RecordTextProps = { text: string; isWhole: boolean; downloadHref: string };

/** The original record: set out for reading, or byte for byte as it was received. */
export function RecordText({ text, isWhole, downloadHref }: RecordTextProps) {
  const pretty = isWhole ? setOut(text) : null;
  const [shown, setShown] = useState(pretty === null ? "original" : "pretty");
  const content = shown === "pretty" && pretty !== null ? pretty : text;
  return (
    <div>
      <div className={classes.bar}>
        {pretty === null ? null : (
          <SegmentedControl
            size="xs"
            value={shown}
            onChange={setShown}
            data={[
              { value: "pretty", label: "Set out" },
              { value: "original", label: "As received" },
            ]}
            aria-label="How the record is shown"
          />
        )}
        {isWhole ? <CopyValue value={text} label="Copy the original record" /> : null}
        <a href={downloadHref} download>
          Download
        </a>
        {isWhole ? null : <span className="secondary">Only its beginning is shown here.</span>}
      </div>
      <pre className={classes.record}>{content}</pre>
    </div>
  );
}
