"use client";

import { TriangleAlert } from "lucide-react";
import { BROADNESS_SENTENCES } from "#lib/allowlist/breadth.ts";
import type { Outcome } from "#lib/outcome.ts";
import { REFUSAL_WORDS } from "../../../_access/refusal-words.ts";
import { SentenceText } from "../_components/sentence-text.tsx";
import type { Check, InvalidInput } from "../actions.ts";
import classes from "./entry-form.module.css";

type CoverageProps = {
  /** Null: nothing was asked yet, or the server could not be reached. */
  outcome: Outcome<Check, InvalidInput | { reason: keyof typeof REFUSAL_WORDS }> | null;
  isAsking: boolean;
  isPending: boolean;
};

/** What the conditions cover as they stand, and what speaks against them. */
export function Coverage({ outcome, isAsking, isPending }: CoverageProps) {
  return (
    <div className={classes.coverage} aria-busy={isPending}>
      <p role="status">
        {isAsking ? <Covered outcome={outcome} isPending={isPending} /> : "Nothing is asked for yet."}
      </p>
      {outcome?.ok && isAsking ? (
        <>
          <p className="secondary">
            <SentenceText segments={outcome.value.sentence} />
          </p>
          {outcome.value.broadness.map((one) => (
            <p key={one} className={classes.warning}>
              <TriangleAlert size={14} aria-hidden="true" />
              <span>Too broad: {BROADNESS_SENTENCES[one]}</span>
            </p>
          ))}
        </>
      ) : null}
    </div>
  );
}

function Covered({ outcome, isPending }: Omit<CoverageProps, "isAsking">) {
  if (!outcome) return isPending ? "Counting…" : "The server could not be reached to count what this covers.";
  if (!outcome.ok)
    return outcome.reason.reason === "invalid-input"
      ? "A condition cannot be read yet: see what is marked."
      : REFUSAL_WORDS[outcome.reason.reason];
  const { detections, alerts } = outcome.value.counts;
  if (detections === 0) return <strong>Covers no stored detection.</strong>;
  return (
    <strong>
      Covers {counted(detections, "detection")} in {counted(alerts, "alert")}.
    </strong>
  );
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? noun : `${noun}s`}`;
}
