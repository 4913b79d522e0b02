"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { refusalSentence } from "../../_components/refusal.ts";
import classes from "../../_components/section.module.css";
import { moveBackfillAction, type SourceRefusal } from "../../actions.ts";

type Move = "pause" | "resume" | "cancel";
type BackfillMovesProps = { seen: { id: string; revision: number }; state: "running" | "paused" };

const WORDS = { pause: "Pause", resume: "Resume", cancel: "Cancel" } as const satisfies Record<Move, string>;

/** Pauses, resumes or cancels a backfill. What it has pulled stays. */
export function BackfillMoves({ seen, state }: BackfillMovesProps) {
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [pressed, setPressed] = useState<Move | null>(null);
  const [isPending, startTransition] = useTransition();
  const moves: Move[] = [state === "running" ? "pause" : "resume", "cancel"];
  const press = (move: Move) =>
    startTransition(async () => {
      setPressed(move);
      const outcome = await moveBackfillAction({ seen, move });
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  return (
    <span className={classes.buttons}>
      {refusal ? (
        <span className={classes.problem} role="alert">
          {refusalSentence(refusal)}
        </span>
      ) : null}
      {moves.map((move) => (
        <Button
          key={move}
          size="compact-xs"
          variant="default"
          loading={isPending && pressed === move}
          disabled={isPending && pressed !== move}
          onClick={() => press(move)}
        >
          {WORDS[move]}
        </Button>
      ))}
    </span>
  );
}
