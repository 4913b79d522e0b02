import type { Condition } from "#lib/allowlist/condition.ts";
import type { Segment } from "#lib/allowlist/sentence.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import classes from "./sentence-text.module.css";

type SentenceTextProps = {
  segments: readonly Segment[];
  /** What accounts are called, by their ids. */
  accounts?: ReadonlyMap<string, string>;
};

/** A sentence in which what a machine named is set apart, whole on hover. */
export function SentenceText({ segments, accounts }: SentenceTextProps) {
  return segments.map(({ text, isMachine, whole }, place) =>
    isMachine ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence is only ever replaced as a whole
      <code key={`${place} ${text}`} className={classes.machine} title={whole}>
        {accountWords(text, accounts?.get(text))}
      </code>
    ) : (
      text
    ),
  );
}

/** The accounts that conditions name. */
export function accountsOf(conditions: readonly Condition[]): string[] {
  return conditions.flatMap(({ field, values }) => (field === "account" ? values : []));
}
