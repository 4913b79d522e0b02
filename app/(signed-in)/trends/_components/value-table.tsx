import type { ReactNode } from "react";
import { LinkedNumber } from "./linked-number.tsx";
import classes from "./value-table.module.css";

/** A number with the alerts behind it, or words. */
export type ValueCell = { count: number; href: string | undefined; words: string } | string;

export type ValueRow = {
  key: string;
  name: ReactNode;
  /** How long its bar is, from 0 to 1. */
  bar: number;
  cells: readonly ValueCell[];
};

type ValueTableProps = { label: string; heads: readonly string[]; rows: readonly ValueRow[]; empty: string };

/** Values with a bar each: a chart that is its own table. */
export function ValueTable({ label, heads, rows, empty }: ValueTableProps) {
  if (rows.length === 0) return <p className={classes.empty}>{empty}</p>;
  const [first = "", ...others] = heads;
  return (
    <table className={classes.table} aria-label={label} data-cells={others.length}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <td className={classes.space} />
          {others.map((head) => (
            <th key={head} scope="col" className="number">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, bar, cells }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td className={classes.space} aria-hidden="true">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" className={classes.bar} aria-hidden="true">
                <rect width={Math.round(bar * 1000) / 10} height="8" />
              </svg>
            </td>
            {cells.map((cell, at) => (
              <td key={others[at]} className="number" title={typeof cell === "string" ? cell : undefined}>
                {typeof cell === "string" ? cell : <LinkedNumber {...cell} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
