"use client";

import { useState } from "react";
import type { MappingIssue } from "#lib/ingest/mappings/mapping.ts";
import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";
import type { MappedField } from "#lib/logs/normalize/mapped-field.ts";
import type { Outcome } from "#lib/outcome.ts";
import { refusalSentence } from "../_components/refusal.ts";
import type { MappingRefusal } from "../actions.ts";
import classes from "./mapping-form.module.css";
import { PreviewTable } from "./preview-table.tsx";
import { previewSentence } from "./preview-words.ts";
import { fieldLabel } from "./words.ts";

type PreviewProps = {
  /** The last answer; null: the server could not be reached. */
  answer: Outcome<PreviewRow[], MappingRefusal> | null;
  isPending: boolean;
  zone: string;
  now: Date;
};

/**
 * The first rows of the table as the mapping that is being written would read them. While it cannot say, the last ones stay
 * in their place.
 */
export function Preview({ answer, isPending, zone, now }: PreviewProps) {
  const [last, setLast] = useState<readonly PreviewRow[]>([]);
  const rows = answer?.ok ? answer.value : last;
  if (rows !== last) setLast(rows);
  return (
    <section aria-label="Preview" className={classes.previewed} aria-busy={isPending}>
      <div className={classes.bar}>
        <h2>Preview</h2>
        <p role="status" className={classes.status}>
          {sentenceOf(answer)}
        </p>
      </div>
      {rows.length > 0 ? (
        <div className={classes.rows} data-old={!answer?.ok}>
          <PreviewTable rows={rows} zone={zone} now={now} />
        </div>
      ) : null}
    </section>
  );
}

function sentenceOf(answer: PreviewProps["answer"]): string {
  if (answer === null) return "The preview could not be fetched: the connection was lost.";
  if (answer.ok) return previewSentence(answer.value);
  if (answer.reason.kind !== "invalid-input") return refusalSentence(answer.reason);
  return answer.reason.issues.map(issueWords).join(" ");
}

function issueWords({ path, message }: MappingIssue): string {
  const [, field] = path.split(".");
  return field ? `${fieldLabel(field as MappedField)}: ${message}` : message;
}
