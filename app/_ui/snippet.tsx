import { CopyValue } from "./copy-value.tsx";
import classes from "./snippet.module.css";

type SnippetProps = {
  title: string;
  text: string;
  copyLabel: string;
  /** Long lines are broken: of text whose line breaks mean nothing. */
  isWrapped?: boolean;
};

/** Text for another program, to read and to copy. It can be scrolled by keyboard. */
export function Snippet({ title, text, copyLabel, isWrapped = false }: SnippetProps) {
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        {title} <CopyValue value={text} label={copyLabel} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={title}>
        <pre className={isWrapped ? `${classes.text} ${classes.wrapped}` : classes.text}>{text}</pre>
      </section>
    </figure>
  );
}
