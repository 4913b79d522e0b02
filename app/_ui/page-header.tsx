import type { ReactNode } from "react";
import classes from "./page-header.module.css";

/** The title of a page, with what can be done on it. */
export function PageHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.actions}>{children}</div>
    </header>
  );
}
