"use client";

import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { EventChoiceKey } from "#lib/events/event-filter.ts";
import { usePick } from "./event-pivots.tsx";
import classes from "./event-value.module.css";

type EventValueProps = { of: EventChoiceKey; value: string; words?: string; children: ReactNode };

/** A value that is a handle: pressing it offers to include it, rule it out, open or copy it. */
export function EventValue({ of, value, words = value, children }: EventValueProps) {
  const pick = usePick();
  return (
    <UnstyledButton
      className={classes.value}
      aria-haspopup="menu"
      onClick={(event) => pick({ key: of, value, words, anchor: event.currentTarget })}
    >
      {children}
    </UnstyledButton>
  );
}
