"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { Entry } from "#lib/allowlist/entry.ts";
import type { Confirmations, EntryMode } from "#lib/allowlist/objection.ts";
import { type EntryRefusal, saveEntryAction } from "../actions.ts";
import type { Issue } from "../inputs.ts";
import { askingRows, contentOf, type EntryDraft } from "./draft.ts";

/** The entry that is changed, as the page that is shown has it. */
export type Changed = Pick<Entry, "id" | "number" | "revision" | "state" | "startsAt" | "expiresAt"> & {
  isChangeable: boolean;
};

const NOTHING_CONFIRMED: Confirmations = { broad: null, truePositives: null };
const CONDITIONS = "content.conditions.";

/** Saves a draft, and keeps what was said against it and what was confirmed until the draft says something else. */
export function useSaving(draft: EntryDraft, { entry, zone }: { entry: Changed | null; zone: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [pressed, setPressed] = useState<EntryMode>("draft");
  const [refusal, setRefusal] = useState<EntryRefusal | null>(null);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [confirmations, setConfirmations] = useState(NOTHING_CONFIRMED);
  const [seen, setSeen] = useState(entry && { id: entry.id, revision: entry.revision });

  const send = (mode: EntryMode, confirmed: Confirmations, from: typeof seen) => {
    setPressed(mode);
    startTransition(async () => {
      const kept = { zone, keptStart: entry?.startsAt ?? null, keptExpiry: entry?.expiresAt ?? null };
      const outcome = await saveEntryAction({
        seen: from,
        content: contentOf(draft, kept),
        mode,
        confirmations: confirmed,
        why: draft.why,
      });
      if (outcome.ok) return router.push(`/allowlist/${outcome.value.number}` as Route);
      setRefusal(outcome.reason);
      setProblems(
        outcome.reason.reason === "invalid-input" ? byPlace(outcome.reason.issues, draft) : new Map(),
      );
    });
  };

  return {
    isPending,
    pressed,
    refusal,
    problems,
    save: (mode: EntryMode) => send(mode, confirmations, seen),
    confirm: (which: keyof Confirmations, reason: string) => {
      const confirmed = { ...confirmations, [which]: reason };
      setConfirmations(confirmed);
      send(pressed, confirmed, seen);
    },
    /** After another person changed it: theirs was seen, mine is to stand. */
    saveOver: () => {
      const latest = entry && { id: entry.id, revision: entry.revision };
      setSeen(latest);
      send(pressed, confirmations, latest);
    },
    /** What was said against these parts of the draft no longer holds. */
    forget: (places: readonly string[], changesConditions: boolean) => {
      setProblems((before) => new Map([...before].filter(([place]) => !places.includes(place))));
      if (changesConditions) {
        setConfirmations(NOTHING_CONFIRMED);
        setRefusal((before) => (before && "canConfirm" in before ? null : before));
      }
    },
  };
}

/** The first problem of each field, and of each condition by the key of its row. */
function byPlace(issues: readonly Issue[], { rows }: EntryDraft): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, message } of issues) {
    const place = path.startsWith(CONDITIONS) ? rowKey(path.slice(CONDITIONS.length), rows) : path;
    if (!found.has(place)) found.set(place, message);
  }
  return found;
}

function rowKey(path: string, rows: EntryDraft["rows"]): string {
  const row = askingRows(rows)[Number.parseInt(path, 10)];
  return row ? rowPlace(row.key) : path;
}

export function rowPlace(key: string): string {
  return `row ${key}`;
}
