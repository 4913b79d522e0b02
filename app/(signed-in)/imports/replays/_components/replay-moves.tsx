"use client";

import { Button } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { ReplayScope, Stage } from "#lib/ingest/replay.ts";
import classes from "../../[importId]/_components/import-view.module.css";
import {
  cancelReplayAction,
  previewReplayAction,
  type ReplayRefusal,
  startReplayAction,
} from "../actions.ts";
import { replayRefusalSentence } from "./words.ts";

type ReplayMovesProps = {
  id: string;
  isOpen: boolean;
  /** Of a dry run that is done: what it looked at, to be run. */
  wanted: { scope: ReplayScope; from: Stage } | null;
};

/** Cancels a replay, or makes the store what a dry run has foreseen. */
export function ReplayMoves({ id, isOpen, wanted }: ReplayMovesProps) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<ReplayRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const go = (act: typeof startReplayAction) => () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await act(wanted);
      if (outcome.ok) router.push(`/imports/replays/${outcome.value}` as Route);
      else setRefusal(outcome.reason);
    });
  const cancel = () =>
    startTransition(async () => {
      setRefusal(null);
      const outcome = await cancelReplayAction(id);
      if (!outcome.ok) setRefusal(outcome.reason);
    });
  return (
    <div className={classes.moves}>
      {wanted ? (
        <>
          <Button size="xs" loading={isPending} onClick={go(startReplayAction)}>
            Make it so
          </Button>
          <Button size="xs" variant="default" disabled={isPending} onClick={go(previewReplayAction)}>
            Look again
          </Button>
        </>
      ) : null}
      {isOpen ? (
        <Button size="xs" variant="default" loading={isPending} onClick={cancel}>
          Cancel
        </Button>
      ) : null}
      {refusal ? <span role="alert">{replayRefusalSentence(refusal)}</span> : null}
    </div>
  );
}
