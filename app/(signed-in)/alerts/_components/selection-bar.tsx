"use client";

import { Button } from "@mantine/core";
import type { Ref } from "react";
import type { MoveName } from "#lib/triage/move.ts";
import classes from "./selection-bar.module.css";
import { MOVE_WORDS } from "./triage-words.ts";

/** What can be done with several alerts at once. */
const OFFERED = ["take", "assign", "wait", "escalate", "close", "comment"] as const satisfies MoveName[];

type SelectionBarProps = {
  count: number;
  /** What became of the last change of several. */
  result: string | null;
  pending: boolean;
  act: (move: MoveName) => void;
  clear: () => void;
  ref: Ref<HTMLElement>;
};

/** Stays at the foot of the screen while rows are selected, then says what became of them. */
export function SelectionBar({ count, result, pending, act, clear, ref }: SelectionBarProps) {
  const isEmpty = count === 0 && result === null;
  return (
    <section
      ref={ref}
      className={classes.bar}
      data-empty={isEmpty}
      aria-label="Selected alerts"
      tabIndex={isEmpty ? undefined : -1}
    >
      <p role="status" className={classes.words}>
        {count > 0 ? `${count} selected` : result}
      </p>
      {count > 0
        ? OFFERED.map((move) => (
            <Button
              key={move}
              size="compact-sm"
              variant={move === "close" ? "filled" : "default"}
              disabled={pending}
              onClick={() => act(move)}
            >
              {MOVE_WORDS[move].button}
            </Button>
          ))
        : null}
      {isEmpty ? null : (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={clear}>
          {count > 0 ? "Clear" : "Dismiss"}
        </Button>
      )}
      {count > 0 ? <span className={classes.keys}>x selects · j, k move · a acts</span> : null}
    </section>
  );
}
