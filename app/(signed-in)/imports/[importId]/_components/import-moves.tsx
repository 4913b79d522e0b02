"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { canMove, type ImportMove, type ImportState, KEPT_AFTER_END_MS } from "#lib/ingest/import.ts";
import { REFUSAL_WORDS } from "../../../../_access/refusal-words.ts";
import { Time } from "../../../../_ui/time.tsx";
import { type MoveRefusal, moveImportAction } from "../actions.ts";
import classes from "./import-view.module.css";

type ImportMovesProps = {
  id: string;
  state: ImportState;
  records: number;
  finishedAt: Date | null;
  zone: string;
  now: Date;
};

/** Ends the reading of an import, or has it go on where it ended. */
export function ImportMoves({ id, state, records, finishedAt, zone, now }: ImportMovesProps) {
  const [refusal, setRefusal] = useState<MoveRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const keptUntil = finishedAt && new Date(finishedAt.getTime() + KEPT_AFTER_END_MS);
  const move = moveOf(state, keptUntil, now);
  const press = () =>
    startTransition(async () => {
      if (!move) return;
      const outcome = await moveImportAction({ seen: { id, state }, move });
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  return (
    <div className={classes.moves}>
      {move ? (
        <Button size="compact-sm" variant="default" loading={isPending} onClick={press}>
          {wordOf(move, state)}
        </Button>
      ) : null}
      {move === "cancel" ? (
        <span className="secondary">What was read stays; the rest is not read.</span>
      ) : null}
      {move === "read-on" && keptUntil ? (
        <span className="secondary">
          {records > 0 ? "It goes on behind the last record that was stored. " : ""}Its file is kept until{" "}
          <Time time={keptUntil} zone={zone} now={now} />.
        </span>
      ) : null}
      {refusal ? (
        <span className={classes.failure} role="alert">
          {REFUSALS[refusal]}
        </span>
      ) : null}
    </div>
  );
}

function moveOf(state: ImportState, keptUntil: Date | null, now: Date): ImportMove | null {
  if (canMove(state, "cancel")) return "cancel";
  const isKept = keptUntil !== null && keptUntil > now;
  return canMove(state, "read-on") && isKept ? "read-on" : null;
}

function wordOf(move: ImportMove, state: ImportState): string {
  if (move === "cancel") return "Cancel";
  return state === "failed" ? "Try again" : "Read on";
}

const REFUSALS = {
  ...REFUSAL_WORDS,
  gone: "This import is no longer there.",
  "changed-meanwhile": "It has changed meanwhile: this is how it is now.",
  "not-now": "That cannot be done now.",
  "file-gone": "Its file is no longer there. Upload it again.",
  "invalid-input": "This page is of another version. Load it again.",
} as const satisfies Record<MoveRefusal, string>;
