"use client";

import { useSyncExternalStore } from "react";
import classes from "./chart.module.css";
import { round } from "./round.ts";

/** Over a column: its exact values, and the way to the alerts behind it. */
export type ColumnTarget = {
  words: string;
  /** Undefined where there is nothing to open. */
  href: string | undefined;
  hatched?: { words: string; href: string; top: number } | undefined;
};

type ColumnLinksProps = {
  columns: readonly ColumnTarget[];
  /** Where the first begins, and how wide each is. */
  left: number;
  step: number;
  top: number;
  floor: number;
  /** Where in a column its hatched part stands. */
  beside?: { at: number; width: number } | undefined;
};

/**
 * What lies over the columns of a chart: to point at, and to walk along by keys. All of that is the browser's, and so are these
 * elements: there are hundreds, and the page would carry them twice.
 */
export function ColumnLinks({ columns, left, step, top, floor, beside }: ColumnLinksProps) {
  const isBrowser = useSyncExternalStore(neverChanges, inBrowser, onServer);
  if (!isBrowser) return null;
  const first = columns.findIndex(({ href }) => href);
  return columns.map(({ words, href, hatched }, at) => {
    const x = left + at * step;
    const target = { x: round(x), y: top, width: round(step), height: floor - top };
    if (!href) return <rect key={words} className={classes.target} data-words={words} {...target} />;
    return [
      <a key={words} href={href} aria-label={words} tabIndex={at === first ? 0 : -1} className={classes.link}>
        <rect {...target} />
      </a>,
      hatched && beside ? (
        <a
          key={hatched.words}
          href={hatched.href}
          aria-label={hatched.words}
          tabIndex={-1}
          className={classes.link}
        >
          <rect
            x={round(x + beside.at)}
            y={hatched.top}
            width={round(beside.width)}
            height={floor - hatched.top}
          />
        </a>
      ) : null,
    ];
  });
}

const neverChanges = () => () => {};
const inBrowser = () => true;
const onServer = () => false;
