"use client";

import { createContext, use } from "react";
import type { ClientBehind } from "#lib/events/client.ts";
import type { AlertFilter, ChoiceKey } from "#lib/triage/alert-filter.ts";

/** A value in the table that was picked to be acted on, and where on the screen it stands. */
export type Picked = { key: ChoiceKey; value: string; words: string; anchor: HTMLElement };

/** What the rows of the page say beyond themselves, by the alert's id. */
export type Told = {
  /** Who stands behind "AWS Internal". */
  clients: ReadonlyMap<string, ClientBehind>;
  tags: ReadonlyMap<string, string[]>;
  /** What accounts and applications are called, by their own ids. */
  accounts: ReadonlyMap<string, string>;
};

type QueueContextValue = {
  zone: string;
  now: Date;
  filter: AlertFilter;
  told: Told;
  pick: (picked: Picked) => void;
};

export const QueueContext = createContext<QueueContextValue | null>(null);

export function useQueue(): QueueContextValue {
  const queue = use(QueueContext);
  if (!queue) throw new Error("Only the queue's own parts may ask for it.");
  return queue;
}
