import { X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import classes from "./filter-chips.module.css";

/** A filter in force, and where the list goes without it. */
export type FilterChip = { words: string; href: Route };

/** Every filter in force, each with a way to drop it: nothing narrows a list unseen. */
export function FilterChips({ chips, clearHref }: { chips: readonly FilterChip[]; clearHref: Route }) {
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label="Filters in force">
      {chips.map(({ words, href }) => (
        <li key={words}>
          <Link href={href} className={classes.chip} aria-label={`Remove: ${words}`} title={words}>
            <bdi className={classes.words}>{words}</bdi>
            <X size={12} aria-hidden="true" />
          </Link>
        </li>
      ))}
      <li>
        <Link href={clearHref} className={classes.clear}>
          Clear all
        </Link>
      </li>
    </ul>
  );
}
