"use client";

import { Radio, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { REASONS_OF, VERDICTS, type Verdict, type VerdictReason } from "#lib/triage/alert.ts";
import classes from "./move-dialog.module.css";
import type { FieldsProps } from "./move-fields.tsx";
import { REASON_WORDS, VERDICT_WORDS } from "./triage-words.ts";

/** Verdict and reason, each with what it means; of which alert it is a duplicate, if it is one. */
export function CloseFields({ draft, change, faults, children }: FieldsProps & { children: ReactNode }) {
  const choose = (verdict: Verdict) => {
    const [first, ...others] = REASONS_OF[verdict];
    change({ verdict, reasonClass: others.length === 1 ? first : null });
  };
  return (
    <div className={classes.columns}>
      <Radio.Group
        label="Verdict"
        value={draft.verdict}
        onChange={(verdict) => choose(verdict as Verdict)}
        error={faults.verdict}
      >
        <div className={classes.choices}>
          {VERDICTS.map((verdict, at) => (
            <Radio
              key={verdict}
              size="xs"
              value={verdict}
              label={sentenceCase(VERDICT_WORDS[verdict].words)}
              description={VERDICT_WORDS[verdict].means}
              data-autofocus={at === 0 ? true : undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <div>
        <Radio.Group
          label="Reason"
          value={draft.reasonClass}
          onChange={(reason) => change({ reasonClass: reason as VerdictReason })}
          error={faults.reasonClass}
        >
          <div className={classes.choices}>
            {draft.verdict === null ? (
              <p className="secondary">Choose a verdict first.</p>
            ) : (
              REASONS_OF[draft.verdict].map((reason) => (
                <Radio
                  key={reason}
                  size="xs"
                  value={reason}
                  label={sentenceCase(REASON_WORDS[reason].words)}
                  description={REASON_WORDS[reason].means}
                />
              ))
            )}
          </div>
        </Radio.Group>
        {draft.verdict === "duplicate" ? (
          <TextInput
            mt="md"
            label="Duplicate of"
            placeholder="ALR-12"
            value={draft.duplicateOf}
            onChange={(event) => change({ duplicateOf: event.currentTarget.value })}
            error={faults.duplicateOf}
          />
        ) : null}
      </div>
      <div className={classes.wide}>{children}</div>
    </div>
  );
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
