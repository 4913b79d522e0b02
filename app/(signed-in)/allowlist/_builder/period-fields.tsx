"use client";

import { Radio, TextInput } from "@mantine/core";
import page from "../../../_ui/form-page.module.css";
import { formatUtc } from "../../../_ui/time.tsx";
import type { EntryDraft, StartKind } from "./draft.ts";
import classes from "./entry-form.module.css";

type PeriodFieldsProps = {
  draft: EntryDraft;
  /** When the entry that is changed starts; null for a new one. */
  keptStart: string | null;
  startsAt: Date | null | undefined;
  expiresAt: Date | undefined;
  zone: string;
  problemOf: (path: string) => string | undefined;
  change: (part: Partial<EntryDraft>) => void;
};

/** From when until when the entry holds, by the time of the events. */
export function PeriodFields({
  draft,
  keptStart,
  startsAt,
  expiresAt,
  zone,
  problemOf,
  change,
}: PeriodFieldsProps) {
  return (
    <div className={page.pair}>
      <Radio.Group
        label="Starts"
        description="By the time of the events. An earlier start hides what is stored already."
        value={draft.start}
        onChange={(start) => change({ start: start as StartKind })}
        error={problemOf("content.startsAt")}
      >
        <div className={classes.starts}>
          {keptStart === null ? null : <Radio size="sm" value="kept" label={`As before, ${keptStart}`} />}
          <Radio size="sm" value="now" label="Now" />
          <Radio size="sm" value="at" label="At another time" />
          {draft.start === "at" ? (
            <TextInput
              size="xs"
              type="datetime-local"
              aria-label="Start"
              value={draft.startText}
              description={utcWords(startsAt ?? undefined, zone)}
              inputWrapperOrder={["label", "input", "description", "error"]}
              onChange={({ currentTarget }) => change({ startText: currentTarget.value })}
            />
          ) : null}
        </div>
      </Radio.Group>
      <TextInput
        label="Expires"
        description={utcWords(expiresAt, zone)}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="datetime-local"
        required
        value={draft.expiryText}
        error={problemOf("content.expiresAt")}
        onChange={({ currentTarget }) => change({ expiryText: currentTarget.value, isExpiryChosen: true })}
      />
    </div>
  );
}

/** The field holds the reader's zone. */
function utcWords(time: Date | undefined, zone: string): string {
  if (!time) return `A time in ${zone}.`;
  return zone === "UTC" ? "In UTC." : `In ${zone}; ${formatUtc(time)}.`;
}
