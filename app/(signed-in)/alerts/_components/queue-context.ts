"use client";

import { createContext, use } from "react";
import type { AlertFilter, ChoiceKey } from "#lib/triage/alert-filter.ts";

/** A value in the table that was picked to be acted on, and where on the screen it stands. */
export type Picked = { key: ChoiceKey; value: string; words: string; anchor: HTMLElement };

type QueueContextValue = { zone: string; now: Date; filter: AlertFilter; pick: (picked: Picked) => void };

export const QueueContext = createContext<QueueContextValue | null>(null);

export function useQueue(): QueueContextValue {
  const queue = use(QueueContext);
  if (!queue) throw new Error("Only the queue's own parts may ask for it.");
  return queue;
}
