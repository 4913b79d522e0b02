"use client";

import type { ReactNode } from "react";
import { useFacetSwitch } from "./facet-toggle.tsx";
import classes from "./facets.module.css";

/** The facets: a column where there is room, else opened by their button. */
export function FacetPanel({ children }: { children: ReactNode }) {
  const { open } = useFacetSwitch();
  return (
    <aside id="facets" className={classes.panel} data-open={open} aria-label="Filter by value">
      {children}
    </aside>
  );
}
