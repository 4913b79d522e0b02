"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState, useTransition } from "react";
import type { NamedLink } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";
import type { SeenAlert } from "#lib/triage/move-input.ts";
import { changeOf, EMPTY_DRAFT } from "../../_components/draft.ts";
import { failureSentence } from "../../_components/failure-sentence.ts";
import { MoveDialog } from "../../_components/move-dialog.tsx";
import { MOVE_WORDS } from "../../_components/triage-words.ts";
import { moveAlertAction } from "../../actions.ts";
import classes from "./alert-header.module.css";

type AlertMovesProps = {
  seen: SeenAlert;
  name: string;
  /** How it stands, in words. */
  state: string;
  /** What is legal now for this person. */
  moves: MoveName[];
  assignees: NamedLink[];
};

/** Changes that ask nothing. */
const AT_ONCE: readonly MoveName[] = ["take", "resume"];

/** What can be done with the alert as it stands. */
export function AlertMoves({ seen, name, state, moves, assignees }: AlertMovesProps) {
  const [move, setMove] = useState<MoveName | null>(null);
  const [pending, startTransition] = useTransition();
  const toolbar = useFocusKept(seen.revision);
  const send = async (change: Record<string, unknown>) => {
    const outcome = await moveAlertAction({ seen, change });
    return outcome.ok ? null : outcome.reason;
  };
  const press = (pressed: MoveName) => {
    if (!AT_ONCE.includes(pressed)) return setMove(pressed);
    startTransition(async () => {
      const failure = await send(changeOf(pressed, EMPTY_DRAFT));
      if (failure) notifications.show({ color: "red", message: failureSentence(failure, new Date()) });
    });
  };
  return (
    <div ref={toolbar} className={classes.moves} role="toolbar" aria-label={`Act on ${name}`} tabIndex={-1}>
      {moves.map((one) => (
        <Button
          key={one}
          size="xs"
          variant={one === "close" ? "filled" : "default"}
          disabled={pending}
          onClick={() => press(one)}
        >
          {MOVE_WORDS[one].button}
        </Button>
      ))}
      <MoveDialog
        move={move}
        target={name}
        assignees={assignees}
        state={state}
        send={send}
        close={() => setMove(null)}
      />
    </div>
  );
}

/** After a change the pressed button may be gone: the focus stays with the others instead of falling to the page. */
function useFocusKept(revision: number) {
  const toolbar = useRef<HTMLDivElement>(null);
  const shown = useRef(revision);
  useEffect(() => {
    if (shown.current === revision) return;
    shown.current = revision;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) toolbar.current?.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [revision]);
  return toolbar;
}
