"use client";

import { Button, NumberInput } from "@mantine/core";
import { useState, useTransition } from "react";
import type { Retention } from "#lib/ingest/retention.ts";
import type { Outcome } from "#lib/outcome.ts";
import { previewRetentionAction, type RetentionRefusal, setRetentionAction } from "../actions.ts";
import classes from "./retention-form.module.css";
import { retentionPreviewSentence, retentionRefusalSentence } from "./words.ts";

type RetentionFormProps = { retention: Retention; revision: number; zone: string };

const FIELDS = [
  ["rawDays", "Original records", "The page of an event says when its own is gone."],
  ["eventDays", "Events", "Those of detections are kept as long as their alert."],
  ["alertDays", "Alerts", "Those that people worked on are kept for ever."],
] as const;

/** Sets for how many days what is kept. It is looked at what that deletes before it can be saved. */
export function RetentionForm({ retention, revision }: RetentionFormProps) {
  const [draft, setDraft] = useState(retention);
  const [seen, setSeen] = useState<{ of: Retention; words: string } | null>(null);
  const [refusal, setRefusal] = useState<RetentionRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const isSeen = seen?.of === draft;
  const press = <Value,>(
    act: (input: { retention: Retention; revision: number }) => Promise<Outcome<Value, RetentionRefusal>>,
    then: (value: Value) => void,
  ) =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await act({ retention: draft, revision });
      if (outcome.ok) then(outcome.value);
      else setRefusal(outcome.reason);
    });
  const look = () =>
    press(previewRetentionAction, (preview) =>
      setSeen({ of: draft, words: retentionPreviewSentence(preview) }),
    );
  const save = () => press(setRetentionAction, () => {});
  return (
    <form
      className={classes.form}
      aria-label="For how long what is kept"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <div className={classes.fields}>
        {FIELDS.map(([name, label, description]) => (
          <NumberInput
            key={name}
            size="xs"
            label={`${label}, days`}
            description={description}
            placeholder="for ever"
            min={0}
            allowDecimal={false}
            allowNegative={false}
            value={draft[name] ?? ""}
            error={problemAt(refusal, name)}
            onChange={(value) => setDraft({ ...draft, [name]: typeof value === "number" ? value : null })}
          />
        ))}
      </div>
      <div className={classes.bar}>
        <Button size="xs" variant="default" type="submit" loading={isPending && !isSeen}>
          See what that deletes
        </Button>
        <Button size="xs" disabled={!isSeen} loading={isPending && isSeen} onClick={save}>
          Save
        </Button>
      </div>
      <p aria-live="polite" className={classes.said}>
        {refusal ? retentionRefusalSentence(refusal) : null}
        {!refusal && isSeen ? `${seen.words} The numbers of Trends and of actors' days stay.` : null}
      </p>
    </form>
  );
}

function problemAt(refusal: RetentionRefusal | null, name: string): string | null {
  if (refusal?.kind !== "invalid-input") return null;
  return refusal.issues.find(({ path }) => path === name)?.message ?? null;
}
