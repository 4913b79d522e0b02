"use client";

import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";
import type { Outcome } from "#lib/outcome.ts";
import { refusalSentence } from "../_components/refusal.ts";
import type { MappingRefusal } from "../actions.ts";
import classes from "./mapping-form.module.css";
import { PreviewTable } from "./preview-table.tsx";
import { previewSentence } from "./preview-words.ts";

type PreviewProps = {
  /** The last answer; null: the server could not be reached. */
  answer: Outcome<PreviewRow[], MappingRefusal> | null;
  isPending: boolean;
  zone: string;
  now: Date;
};

/** The first rows of the table as the mapping that is being written would read them. */
export function Preview({ answer, isPending, zone, now }: PreviewProps) {
  const sentence =
    answer === null
      ? "The preview could not be fetched: the connection was lost."
      : answer.ok
        ? previewSentence(answer.value)
        : refusalSentence(answer.reason);
  return (
    <section aria-label="Preview" className={classes.previewed} aria-busy={isPending}>
      <div className={classes.bar}>
        <h2>Preview</h2>
        <p role="status" className={classes.status}>
          {sentence}
        </p>
      </div>
      {answer?.ok && answer.value.length > 0 ? (
        <PreviewTable rows={answer.value} zone={zone} now={now} />
      ) : null}
    </section>
  );
}
