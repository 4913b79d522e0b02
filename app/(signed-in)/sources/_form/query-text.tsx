import { CopyValue } from "../../../_ui/copy-value.tsx";
import classes from "./query-text.module.css";

/** A query to read and to copy. It can be scrolled by keyboard. */
export function QueryText({ query }: { query: string }) {
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        Query <CopyValue value={query} label="Copy the query" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Query">
        <pre className={classes.text}>{query}</pre>
      </section>
    </figure>
  );
}
