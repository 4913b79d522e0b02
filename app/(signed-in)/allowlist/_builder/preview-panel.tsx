"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { RefreshCw } from "lucide-react";
import { useMemo, useState } from "react";
import type { Signal } from "#lib/detection/signal.ts";
import { REFUSAL_WORDS } from "../../../_access/refusal-words.ts";
import { previewAction } from "../actions.ts";
import { type ConditionRow, conditionsOf, filledRows } from "./draft.ts";
import { HatchPattern, PreviewBars } from "./preview-bars.tsx";
import { PreviewGroups } from "./preview-groups.tsx";
import classes from "./preview-panel.module.css";
import { PreviewSamples } from "./preview-samples.tsx";
import { PreviewSummary } from "./preview-summary.tsx";
import { useAnswer } from "./use-answer.ts";

type PreviewPanelProps = {
  rows: readonly ConditionRow[];
  signals: readonly Signal[];
  startsAt: Date | null | undefined;
  expiresAt: Date | undefined;
  ownId: string | null;
  zone: string;
  now: Date;
};

/** `history`: as if it had always been in force. `period`: from its start to its expiry. */
export type Basis = "history" | "period";

/** Longer than the count beside the conditions waits, which is what one looks at while typing. */
const DELAY_MS = 900;

/** What the entry would do to all that is stored, before it is saved. */
export function PreviewPanel({ zone, now, ...asked }: PreviewPanelProps) {
  const [basis, setBasis] = useState<Basis>("history");
  const [times, setTimes] = useState(0);
  const question = useQuestion(asked, basis, times);
  const { answered, isPending } = useAnswer(question, ASK);
  const outcome = answered?.answer;
  return (
    <section className={classes.panel} aria-label="Preview" aria-busy={isPending}>
      <header className={classes.header}>
        <h2>Preview</h2>
        <SegmentedControl
          size="xs"
          aria-label="Previewed over"
          value={basis}
          onChange={(value) => setBasis(value as Basis)}
          data={[
            { value: "history", label: "All history" },
            { value: "period", label: "From its start" },
          ]}
        />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<RefreshCw size={12} aria-hidden="true" />}
          disabled={question === null}
          onClick={() => setTimes(times + 1)}
        >
          Refresh
        </Button>
        <span className={classes.busy} role="status">
          {isPending ? "looking…" : ""}
        </span>
      </header>
      <HatchPattern />
      {outcome?.ok ? (
        <div className={classes.content}>
          <PreviewSummary preview={outcome.value} basis={answered?.of.basis ?? basis} />
          {outcome.value.matched.detections > 0 ? (
            <>
              <PreviewBars days={outcome.value.byDay} />
              <PreviewGroups preview={outcome.value} />
              <PreviewSamples preview={outcome.value} zone={zone} now={now} />
            </>
          ) : null}
        </div>
      ) : (
        <p className={classes.nothing}>{whyNothing(question, isPending, outcome)}</p>
      )}
    </section>
  );
}

type Question = { basis: Basis; input: unknown };

const ASK = { ask: ({ input }: Question) => previewAction(input), delayMs: DELAY_MS };

function useQuestion(
  { rows, signals, startsAt, expiresAt, ownId }: Omit<PreviewPanelProps, "zone" | "now">,
  basis: Basis,
  times: number,
): Question | null {
  const [starts, expires] = [startsAt?.getTime(), expiresAt?.getTime()];
  return useMemo(() => {
    const filled = filledRows(rows);
    if (filled.length === 0 || times < 0) return null;
    const always = { startsAt: new Date(0), expiresAt: new Date(FAR) };
    const period = {
      startsAt: starts === undefined ? null : new Date(starts),
      expiresAt: new Date(expires ?? FAR),
    };
    const input = {
      conditions: conditionsOf(filled),
      signals: [...signals],
      ...(basis === "history" ? always : period),
      ownId,
    };
    return { basis, input };
  }, [rows, signals, starts, expires, ownId, basis, times]);
}

/** The year 9999: later than whatever is stored, and a time for PostgreSQL. */
const FAR = Date.UTC(9999, 0, 1);

type Answer = Awaited<ReturnType<typeof previewAction>> | null | undefined;

function whyNothing(question: Question | null, isPending: boolean, outcome: Answer): string {
  if (question === null)
    return "What the entry would do to all that is stored is shown here, once a condition is filled.";
  if (isPending || outcome === undefined) return "Looking at all that is stored…";
  if (outcome === null) return "The server could not be reached. Refresh to try again.";
  if (outcome.ok || outcome.reason.reason === "invalid-input")
    return "There is no preview before every condition can be read.";
  return REFUSAL_WORDS[outcome.reason.reason];
}
