"use client";

import { Autocomplete, Button, Checkbox, TextInput } from "@mantine/core";
import { useState, useTransition } from "react";
import type { WorkingHours } from "#lib/organisation/working-hours.ts";
import { setHoursAction } from "../actions.ts";
import { problemAt, refusalSentence, type SettingsRefusal } from "../refusal.ts";
import classes from "./settings.module.css";

type HoursFormProps = {
  hours: WorkingHours | null;
  revision: number;
  /** The reader's, offered where nobody has said another. */
  zone: string;
  isReadOnly: boolean;
};

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MOST_ZONES_SHOWN = 12;

/** When people work, or that nobody says so. */
export function HoursForm({ hours, revision, zone, isReadOnly }: HoursFormProps) {
  const [draft, setDraft] = useState<WorkingHours>(
    hours ?? { days: [1, 2, 3, 4, 5], opens: "08:00", closes: "18:00", zone },
  );
  const [refusal, setRefusal] = useState<SettingsRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const save = (wanted: WorkingHours | null) =>
    startTransition(async () => {
      const outcome = await setHoursAction({ hours: wanted, seenRevision: revision });
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  const change = (part: Partial<WorkingHours>) => {
    setDraft({ ...draft, ...part });
    setRefusal(null);
  };
  return (
    <form
      className={classes.hours}
      aria-label="Working hours"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(draft);
      }}
    >
      <p>
        {hours
          ? "These hold:"
          : "Nobody has said when people work: no hour weighs more than another. To begin with:"}
      </p>
      <Checkbox.Group
        label="Days"
        error={problemAt(refusal, "days")}
        value={draft.days.map(String)}
        onChange={(days) => change({ days: days.map(Number) })}
      >
        <div className={classes.days}>
          {DAYS.map((day, at) => (
            <Checkbox key={day} size="xs" value={String(at + 1)} label={day} disabled={isReadOnly} />
          ))}
        </div>
      </Checkbox.Group>
      <div className={classes.fields}>
        {(["opens", "closes"] as const).map((field) => (
          <TextInput
            key={field}
            type="time"
            size="xs"
            label={field === "opens" ? "From" : "To"}
            description={field === "opens" ? null : "At or before the beginning: on the day after"}
            disabled={isReadOnly}
            error={problemAt(refusal, field)}
            value={draft[field]}
            onChange={({ currentTarget }) => change({ [field]: currentTarget.value })}
          />
        ))}
        <Autocomplete
          size="xs"
          label="Time zone"
          data={Intl.supportedValuesOf("timeZone")}
          limit={MOST_ZONES_SHOWN}
          disabled={isReadOnly}
          error={problemAt(refusal, "zone")}
          value={draft.zone}
          onChange={(value) => change({ zone: value })}
        />
      </div>
      {refusal ? (
        <p className={classes.refusal} role="alert">
          {refusalSentence(refusal)}
        </p>
      ) : null}
      {isReadOnly ? null : (
        <div className={classes.buttons}>
          <Button size="xs" type="submit" loading={isPending}>
            Save
          </Button>
          {hours ? (
            <Button size="xs" variant="default" disabled={isPending} onClick={() => save(null)}>
              Have no hours
            </Button>
          ) : null}
        </div>
      )}
    </form>
  );
}
