import { type ReactNode, useId } from "react";
import { type Cell, toCsv } from "#lib/trends/csv.ts";
import { CopyCsv } from "./copy-csv.tsx";
import classes from "./figure.module.css";

type FigureProps = {
  title: string;
  /** What is counted, and what is not. */
  definition: ReactNode;
  /** The same numbers, with a row of heads. */
  csv: readonly (readonly Cell[])[];
  children: ReactNode;
};

/** A chart with its title, the definition of what it measures, and a way to take its numbers elsewhere. */
export function Figure({ title, definition, csv, children }: FigureProps) {
  const id = useId();
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption className={classes.caption}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        <CopyCsv csv={toCsv(csv)} of={title} />
      </figcaption>
      <p className={classes.definition}>{definition}</p>
      {children}
    </figure>
  );
}
