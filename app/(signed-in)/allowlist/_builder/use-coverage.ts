"use client";

import { useMemo } from "react";
import { type Check, checkAction, type InvalidInput } from "../actions.ts";
import { type ConditionRow, conditionsOf, filledRows } from "./draft.ts";
import { useAnswer } from "./use-answer.ts";

const DELAY_MS = 250;

type Period = { startsAt: Date | null | undefined; expiresAt: Date | undefined };

/** What the filled conditions cover, asked whenever they change, and which of them cannot be read. */
export function useCoverage(rows: readonly ConditionRow[], { startsAt, expiresAt }: Period) {
  const [starts, expires] = [startsAt?.getTime(), expiresAt?.getTime()];
  const question = useMemo(() => {
    const filled = filledRows(rows);
    if (filled.length === 0) return null;
    // A time that cannot be read yet says nothing against counting.
    return {
      keys: filled.map(({ key }) => key),
      input: {
        conditions: conditionsOf(filled),
        startsAt: starts === undefined ? null : new Date(starts),
        expiresAt: new Date(expires ?? 8_640_000_000_000_000),
      },
    };
  }, [rows, starts, expires]);
  const { answered, isPending } = useAnswer(question, ASK);
  const outcome = answered?.answer ?? null;
  const check: Check | null = outcome?.ok ? outcome.value : null;
  return {
    outcome,
    isPending,
    isAsking: question !== null,
    isNarrow: check?.isNarrow === true && !isPending,
    problems: problemsOf(answered?.of.keys ?? [], outcome?.ok === false ? outcome.reason : null),
  };
}

type Question = { keys: string[]; input: unknown };

const ASK = { ask: ({ input }: Question) => checkAction(input), delayMs: DELAY_MS };

function problemsOf(
  keys: readonly string[],
  refusal: InvalidInput | { reason: string } | null,
): Map<string, string> {
  const found = new Map<string, string>();
  if (!refusal || !("issues" in refusal)) return found;
  for (const { path, message } of refusal.issues) {
    const key = keys[Number(path.split(".")[1])];
    if (key !== undefined && !found.has(key)) found.set(key, message);
  }
  return found;
}
