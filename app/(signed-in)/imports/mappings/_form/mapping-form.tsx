"use client";

import { Button, TextInput } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Sample } from "#lib/ingest/mappings/mapping.ts";
import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";
import type { MappedField } from "#lib/logs/normalize/mapped-field.ts";
import type { FieldSource } from "#lib/logs/normalize/table-mapping.ts";
import type { Outcome } from "#lib/outcome.ts";
import page from "../../../../_ui/form-page.module.css";
import { useAnswer } from "../../../allowlist/_builder/use-answer.ts";
import { refusalSentence } from "../_components/refusal.ts";
import { type MappingRefusal, previewMappingAction, saveMappingAction } from "../actions.ts";
import type { TableInput } from "../inputs.ts";
import { type MappingDraft, previewOf, withField } from "./draft.ts";
import { FieldSelect, TimeFields } from "./field-select.tsx";
import classes from "./mapping-form.module.css";
import { Preview } from "./preview.tsx";
import { RawRows } from "./raw-rows.tsx";
import { columnWords, SECTIONS } from "./words.ts";

const PREVIEW_DELAY_MS = 250;

type MappingFormProps = {
  table: TableInput;
  columns: readonly string[];
  sample: Sample;
  initial: MappingDraft;
  /** The version that is changed; null: the table has no mapping. */
  seenVersion: number | null;
  /** What the first rows become by `initial`. */
  previewed: Outcome<PreviewRow[], MappingRefusal>;
  /** Where one goes when it is saved. */
  then: Route;
  saveWords: string;
  about: string;
  zone: string;
  now: Date;
};

/** Where somebody says which column of a table holds what, with what the first rows become by it. */
export function MappingForm(props: MappingFormProps) {
  const { table, columns, sample, seenVersion, previewed, then, zone, now } = props;
  const router = useRouter();
  const [draft, setDraft] = useState(props.initial);
  const [question, setQuestion] = useState<{ table: TableInput; mapping: MappingDraft } | null>(null);
  const [refusal, setRefusal] = useState<MappingRefusal | null>(null);
  const [isSaving, startSaving] = useTransition();
  const { answered, isPending } = useAnswer(question, PREVIEW);

  const change = (next: MappingDraft) => {
    setDraft(next);
    setRefusal(null);
    setQuestion({ table, mapping: previewOf(next) });
  };
  const save = () =>
    startSaving(async () => {
      setRefusal(null);
      const outcome = await saveMappingAction({ table, mapping: draft, seenVersion });
      if (outcome.ok) router.push(then);
      else setRefusal(outcome.reason);
    });
  const problemAt = (path: string) =>
    refusal?.kind === "invalid-input"
      ? refusal.issues.find((issue) => issue.path === path)?.message
      : undefined;
  const exampleOf = (column: string) => exampleIn(sample, columns.indexOf(column));
  const select = (field: MappedField, required = false) => (
    <FieldSelect
      key={field}
      field={field}
      columns={columns}
      exampleOf={exampleOf}
      source={draft.fields[field]}
      problem={problemAt(`fields.${field}`)}
      required={required}
      change={(source: FieldSource | null) => change(withField(draft, field, source))}
    />
  );

  return (
    <form
      aria-label="Mapping"
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={classes.sections}>
        <section className={classes.section} aria-label="The log, and when">
          <h2>The log, and when</h2>
          <TextInput
            label="Name of the log"
            required
            size="xs"
            maxLength={80}
            value={draft.name}
            error={problemAt("name")}
            onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
          <p className={classes.example}>as it will be called on its events</p>
          {select("time", true)}
          <TimeFields
            zone={draft.zone}
            dayFirst={draft.dayFirst}
            readerZone={zone}
            problem={problemAt("zone")}
            change={(part) => change({ ...draft, ...part })}
          />
          <Unused columns={columns} draft={draft} />
        </section>
        {SECTIONS.map(({ title, fields }) => (
          <section key={title} className={classes.section} aria-label={title}>
            <h2>{title}</h2>
            {fields.map((field) => select(field, field === "operation" || field === "platform"))}
          </section>
        ))}
      </div>
      <Preview answer={answered ? answered.answer : previewed} isPending={isPending} zone={zone} now={now} />
      <RawRows columns={columns} sample={sample} />
      <div className={page.foot}>
        {refusal ? (
          <p className={classes.refusal} role="alert">
            {refusal.kind === "invalid-input"
              ? "Not everything is filled in rightly: see beside the fields."
              : refusalSentence(refusal)}
          </p>
        ) : null}
        <div className={page.bar}>
          <Button type="submit" loading={isSaving}>
            {props.saveWords}
          </Button>
          <p className={page.about}>{props.about}</p>
        </div>
      </div>
    </form>
  );
}

const UNUSED_SHOWN = 40;

/** What of the table would be left to the record alone. */
function Unused({ columns, draft }: { columns: readonly string[]; draft: MappingDraft }) {
  const used = new Set(
    Object.values(draft.fields).flatMap((source) => ("column" in source ? [source.column] : [])),
  );
  const unused = columns.filter((name) => !used.has(name));
  if (unused.length === 0) return null;
  const more = unused.length - UNUSED_SHOWN;
  const names = unused.slice(0, UNUSED_SHOWN).map(columnWords).join(", ");
  const all = more > 0 ? `${names} and ${more.toLocaleString("en-GB")} more` : names;
  const count = unused.length === 1 ? "1 column is" : `${unused.length.toLocaleString("en-GB")} columns are`;
  return (
    <p className={classes.unused} title={all}>
      {count} not used, but kept with the record: <bdi>{all}</bdi>
    </p>
  );
}

const PREVIEW = { ask: previewMappingAction, delayMs: PREVIEW_DELAY_MS };

function exampleIn(sample: Sample, at: number): string {
  for (const row of sample) {
    const cell = "cells" in row ? row.cells[at]?.trim() : undefined;
    if (cell) return cell.slice(0, 200).toWellFormed();
  }
  return "";
}
