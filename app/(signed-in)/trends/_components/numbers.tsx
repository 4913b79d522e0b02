import Link from "next/link";
import { type ReactNode, useId } from "react";
import type { TableName, TrendsFilter } from "#lib/trends/trends-filter.ts";
import { trendsHref } from "../search-params.ts";
import classes from "./numbers.module.css";
import { NumbersPending } from "./numbers-pending.tsx";

type NumbersProps = { filter: TrendsFilter; of: TableName; title: string; children: () => ReactNode };

/**
 * The numbers behind a chart, one key away. They are made when they are asked for: many numbers with a link each are most of
 * the page's weight, and mostly nobody looks.
 */
export function Numbers({ filter, of, title, children }: NumbersProps) {
  const id = useId();
  const isOpen = filter.tables.includes(of);
  const tables = isOpen ? filter.tables.filter((table) => table !== of) : [...filter.tables, of];
  return (
    <div className={classes.numbers}>
      <Link
        href={trendsHref(filter, { tables })}
        replace
        scroll={false}
        prefetch={false}
        className={classes.way}
        aria-label={`The same in numbers: ${title}`}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
      >
        The same in numbers
        <NumbersPending />
      </Link>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard, whether or not there are links in it
        <section id={id} className={classes.scroll} aria-label={`${title} in numbers`} tabIndex={0}>
          {children()}
        </section>
      ) : null}
    </div>
  );
}
