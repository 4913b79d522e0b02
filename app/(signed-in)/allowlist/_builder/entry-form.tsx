"use client";

import { Button, Textarea } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import type { Role } from "#lib/access/person.ts";
import type { ReasonClass } from "#lib/allowlist/entry.ts";
import page from "../../../_ui/form-page.module.css";
import { formatTime } from "../../../_ui/time.tsx";
import { RefusalNotice } from "../_components/refusal-notice.tsx";
import { AboutFields } from "./about-fields.tsx";
import { ConditionFields } from "./condition-fields.tsx";
import { Coverage } from "./coverage.tsx";
import { type EntryDraft, expiryOf, expiryOfDraft, type ReasonClassChoice, startOf } from "./draft.ts";
import classes from "./entry-form.module.css";
import { PeriodFields } from "./period-fields.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { SaveBar } from "./save-bar.tsx";
import { SignalsField } from "./signals-field.tsx";
import { useCoverage } from "./use-coverage.ts";
import { type Changed, rowPlace, useSaving } from "./use-saving.ts";

type EntryFormProps = {
  initial: EntryDraft;
  /** The entry that is changed; null for a new one. */
  entry: Changed | null;
  owners: { id: string; name: string }[];
  reasonClasses: ReasonClassChoice[];
  role: Role;
  zone: string;
  now: Date;
};

const CONFIRM_WORDS = {
  draft: "Save all the same",
  observing: "Observe all the same",
  enforcing: "Enforce all the same",
} as const;

/** Where an entry is written, with what it would do to all that is stored beside it. */
export function EntryForm({ initial, entry, owners, reasonClasses, role, zone, now }: EntryFormProps) {
  const [draft, setDraft] = useState(initial);
  const saving = useSaving(draft, { entry, zone });
  const startsAt = startOf(draft, { zone, kept: entry?.startsAt ?? null });
  const expiresAt = expiryOfDraft(draft, { zone, kept: entry?.expiresAt ?? null });
  const coverage = useCoverage(draft.rows, { startsAt, expiresAt });
  const change = (part: Partial<EntryDraft>) => {
    setDraft((before) => ({ ...before, ...part }));
    saving.forget(placesOf(part), part.rows !== undefined || part.signals !== undefined);
  };
  const chooseClass = (reasonClass: ReasonClass) =>
    change({
      reasonClass,
      ...(!draft.isExpiryChosen && {
        expiryText: expiryOf(reasonClass, { classes: reasonClasses, zone, now: new Date() }),
      }),
    });
  const problemOf = (place: string) => saving.problems.get(place);
  const rowProblems = new Map(
    draft.rows.flatMap(({ key }): [string, string][] => {
      const problem = saving.problems.get(rowPlace(key)) ?? coverage.problems.get(key);
      return problem === undefined ? [] : [[key, problem]];
    }),
  );
  return (
    <div className={page.layout}>
      <form className={page.form} aria-label="Entry" onSubmit={(event) => event.preventDefault()}>
        <Section
          title="What must hold"
          hint="All of it, for an event to match. Values of one condition are alternatives."
        >
          <Coverage {...coverage} />
          <ConditionFields rows={draft.rows} problems={rowProblems} change={(rows) => change({ rows })} />
        </Section>
        <Section title="What it is" hint={null}>
          <AboutFields
            draft={draft}
            owners={owners}
            reasonClasses={reasonClasses}
            problemOf={problemOf}
            change={change}
            chooseClass={chooseClass}
          />
          <PeriodFields
            draft={draft}
            keptStart={entry && formatTime(entry.startsAt, zone, now)}
            startsAt={startsAt}
            expiresAt={expiresAt}
            zone={zone}
            problemOf={problemOf}
            change={change}
          />
          {entry ? (
            <Textarea
              label="Why it is changed"
              autosize
              minRows={1}
              value={draft.why}
              error={problemOf("why")}
              onChange={({ currentTarget }) => change({ why: currentTarget.value })}
            />
          ) : null}
        </Section>
        <Section
          title="Signals that it swallows"
          hint="What carries one of these breaks through every entry that does not name it. Leave them unless you must."
        >
          <SignalsField signals={draft.signals} change={(signals) => change({ signals })} />
        </Section>
        <Foot saving={saving} entry={entry} role={role} isNarrow={coverage.isNarrow} />
      </form>
      <PreviewPanel
        rows={draft.rows}
        signals={draft.signals}
        startsAt={startsAt}
        expiresAt={expiresAt}
        ownId={entry?.id ?? null}
        zone={zone}
        now={now}
      />
    </div>
  );
}

type FootProps = {
  saving: ReturnType<typeof useSaving>;
  entry: Changed | null;
  role: Role;
  isNarrow: boolean;
};

/** The buttons, with what was said against the last press. */
function Foot({ saving, entry, role, isNarrow }: FootProps) {
  const { refusal, isPending } = saving;
  return (
    <div className={page.foot}>
      {refusal ? (
        <RefusalNotice
          refusal={refusal}
          confirmWords={CONFIRM_WORDS[saving.pressed]}
          isPending={isPending}
          confirm={saving.confirm}
        >
          {refusal.reason === "changed-meanwhile" && entry?.isChangeable ? (
            <Meanwhile number={entry.number} isPending={isPending} saveOver={saving.saveOver} />
          ) : null}
        </RefusalNotice>
      ) : null}
      <SaveBar
        entry={entry}
        role={role}
        isNarrow={isNarrow}
        saving={isPending ? saving.pressed : null}
        save={saving.save}
      />
    </div>
  );
}

type SectionProps = { title: string; hint: string | null; children: React.ReactNode };

function Section({ title, hint, children }: SectionProps) {
  return (
    <section className={page.section} aria-label={title}>
      <h2>{title}</h2>
      {hint ? <p className={page.hint}>{hint}</p> : null}
      {children}
    </section>
  );
}

type MeanwhileProps = { number: number; isPending: boolean; saveOver: () => void };

/** Nothing that was typed is lost: the other's change can be looked at first. */
function Meanwhile({ number, isPending, saveOver }: MeanwhileProps) {
  return (
    <div className={classes.meanwhile}>
      <Link href={`/allowlist/${number}` as Route} target="_blank">
        Look at what was changed
      </Link>
      <Button size="xs" variant="default" loading={isPending} onClick={saveOver}>
        Save mine over it
      </Button>
    </div>
  );
}

/** Where problems of a part of the draft are told. */
function placesOf(part: Partial<EntryDraft>): string[] {
  const times = { startText: "content.startsAt", start: "content.startsAt", expiryText: "content.expiresAt" };
  return [
    ...(part.rows ?? []).map(({ key }) => rowPlace(key)),
    ...Object.keys(part).flatMap((name) => [
      `content.${name}`,
      name,
      ...(name in times ? [times[name as keyof typeof times]] : []),
    ]),
  ];
}
