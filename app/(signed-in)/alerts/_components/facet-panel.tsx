"use client";

import { Button } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import classes from "./facets.module.css";

/** The facets: a column where there is room, else behind a button. */
export function FacetPanel({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <aside className={classes.panel} data-open={open} aria-label="Filter by value">
      <Button
        className={classes.toggle}
        size="compact-xs"
        variant="default"
        leftSection={<ListFilter size={12} aria-hidden="true" />}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Filters
      </Button>
      <div className={classes.facets}>{children}</div>
    </aside>
  );
}
