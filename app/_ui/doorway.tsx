import type { ReactNode } from "react";
import classes from "./doorway.module.css";

/** The frame of the pages that one sees before one is signed in. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.doorway}>
      <div className={classes.box}>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
