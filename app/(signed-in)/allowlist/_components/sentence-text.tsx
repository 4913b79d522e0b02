import type { Segment } from "#lib/allowlist/sentence.ts";
import classes from "./sentence-text.module.css";

/** A sentence in which what a machine named is set apart, whole on hover. */
export function SentenceText({ segments }: { segments: readonly Segment[] }) {
  return segments.map(({ text, isMachine, whole }, place) =>
    isMachine ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is only ever replaced as a whole
      <code key={`${place} ${text}`} className={classes.machine} title={whole}>
        {text}
      </code>
    ) : (
      text
    ),
  );
}
