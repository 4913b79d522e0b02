"use client";

import { type Ref, useState, useTransition } from "react";
import { type AlertRow, alertName, type NamedLink } from "#lib/triage/alert.ts";
import type { MovedAlerts } from "#lib/triage/commands.ts";
import type { MoveName } from "#lib/triage/move.ts";
import { moveAlertsAction, type TriageFailure } from "../actions.ts";
import { changeOf, EMPTY_DRAFT } from "./draft.ts";
import { failureSentence } from "./failure-sentence.ts";
import { MoveDialog } from "./move-dialog.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { MOVE_WORDS } from "./triage-words.ts";

type SelectedAlertsProps = {
  selected: AlertRow[];
  assignees: NamedLink[];
  /** What became of the last change; null: nothing to tell. */
  result: string | null;
  /** Ends the selection, with what became of it if something did. */
  finish: (result: string | null) => void;
  barRef: Ref<HTMLElement>;
};

/** Acts on the selected alerts: each is changed if it is still as this page shows it. */
export function SelectedAlerts({ selected, assignees, result, finish, barRef }: SelectedAlertsProps) {
  const [move, setMove] = useState<MoveName | null>(null);
  const [pending, startTransition] = useTransition();
  const send = async (name: MoveName, change: Record<string, unknown>): Promise<TriageFailure | null> => {
    const seen = selected.map(({ id, revision, detectionCount }) => ({ id, revision, detectionCount }));
    const outcome = await moveAlertsAction({ seen, change });
    if (!outcome.ok) return outcome.reason;
    finish(resultWords(name, outcome.value, new Date()));
    return null;
  };
  const act = (name: MoveName) => {
    if (name !== "take") return setMove(name);
    startTransition(async () => {
      const failure = await send(name, changeOf(name, EMPTY_DRAFT));
      if (failure) finish(failureSentence(failure, new Date()));
    });
  };
  return (
    <>
      <SelectionBar
        ref={barRef}
        count={selected.length}
        result={result}
        pending={pending}
        act={act}
        clear={() => finish(null)}
      />
      <MoveDialog
        move={move}
        isNear={selected.length > 0}
        target={selected.length === 1 ? "1 alert" : `${selected.length} alerts`}
        assignees={assignees}
        send={(change) => (move ? send(move, change) : Promise.resolve(null))}
        close={() => setMove(null)}
      />
    </>
  );
}

/** "2 closed; 1 skipped: ALR-7 (Dana took it 1 min ago)". */
function resultWords(move: MoveName, { moved, skipped }: MovedAlerts, now: Date): string {
  const done = `${moved} ${MOVE_WORDS[move].done}`;
  if (skipped.length === 0) return done;
  const why = skipped.map(({ number, failure }) => {
    const name = number === null ? "an alert" : alertName(number);
    return `${name} (${failureSentence(failure, now).replace(/\.$/, "")})`;
  });
  return `${done}; ${skipped.length} skipped: ${why.join(", ")}`;
}
