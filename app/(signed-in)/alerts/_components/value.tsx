"use client";

import { UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import type { ChoiceKey } from "#lib/triage/alert-filter.ts";
import classes from "./alerts-table.module.css";
import { useQueue } from "./queue-context.ts";

type ValueProps = {
  of: ChoiceKey;
  value: string;
  words?: string;
  /** What is read out where its pieces would be read with gaps. */
  label?: string;
  children: ReactNode;
};

/** A value that is a handle: pressing it offers to include it, rule it out or copy it. */
export function Value({ of, value, words = value, label, children }: ValueProps) {
  const { pick } = useQueue();
  return (
    <UnstyledButton
      className={classes.value}
      aria-haspopup="menu"
      aria-label={label}
      onClick={(event) => pick({ key: of, value, words, anchor: event.currentTarget })}
    >
      {children}
    </UnstyledButton>
  );
}
