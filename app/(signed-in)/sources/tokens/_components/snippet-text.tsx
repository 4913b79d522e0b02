import { CopyValue } from "../../../../_ui/copy-value.tsx";
import type { Snippet } from "./setups.ts";
import classes from "./tokens.module.css";

/** Something to put into another program's settings, to read and to copy. It can be scrolled by keyboard. */
export function SnippetText({ title, text }: Snippet) {
  return (
    <figure className={classes.snippet}>
      <figcaption className={classes.caption}>
        {title} <CopyValue value={text} label={`Copy for ${title}`} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <pre className={classes.text}>{text}</pre>
      </section>
    </figure>
  );
}
