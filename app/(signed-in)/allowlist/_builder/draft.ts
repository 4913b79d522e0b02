import type { Condition, Field, Op } from "#lib/allowlist/condition.ts";
import type { Entry, ReasonClass } from "#lib/allowlist/entry.ts";
import type { DraftOffer, OfferedValue } from "#lib/allowlist/queries/offer.ts";
import type { Signal } from "#lib/detection/signal.ts";
import { fromLocal, toLocal } from "../../../_ui/zone-time.ts";

/** A condition while it is written. `offered`: values that stand in what the draft was made from. */
export type ConditionRow = Condition & { key: string; offered: readonly OfferedValue[] };

/** `now`: when it is saved. `kept`: as the entry has it. `at`: what is typed. */
export type StartKind = "now" | "kept" | "at";

/** An entry while it is written; times as a `datetime-local` field holds them. */
export type EntryDraft = {
  title: string;
  rows: ConditionRow[];
  signals: readonly Signal[];
  ownerId: string;
  reasonClass: ReasonClass;
  reason: string;
  ticket: string;
  start: StartKind;
  startText: string;
  expiryText: string;
  /** A person chose the expiry: another class of reason moves it no longer. */
  isExpiryChosen: boolean;
  why: string;
};

export type ReasonClassChoice = { value: ReasonClass; label: string; days: number };

type Beginning = { ownerId: string; classes: readonly ReasonClassChoice[]; zone: string; now: Date };

const DAY_MS = 86_400_000;

/** How long a class is believed, from now, as text of a field. */
export function expiryOf(
  reasonClass: ReasonClass,
  { classes, zone, now }: Omit<Beginning, "ownerId">,
): string {
  const days = classes.find(({ value }) => value === reasonClass)?.days ?? 30;
  return toLocal(new Date(now.getTime() + days * DAY_MS), zone);
}

export function emptyDraft(beginning: Beginning): EntryDraft {
  const { ownerId, zone, now } = beginning;
  return {
    title: "",
    rows: [newRow("actor", "actor"), newRow("image", "image")],
    signals: [],
    ownerId,
    reasonClass: "other",
    reason: "",
    ticket: "",
    start: "now",
    startText: toLocal(now, zone),
    expiryText: expiryOf("other", beginning),
    isExpiryChosen: false,
    why: "",
  };
}

/** Every offered value stands there, those that are chosen taken in. */
export function offeredDraft(offer: DraftOffer, beginning: Beginning): EntryDraft {
  return {
    ...emptyDraft(beginning),
    title: offer.title,
    reasonClass: offer.reasonClass,
    reason: offer.reason,
    expiryText: expiryOf(offer.reasonClass, beginning),
    rows: offer.offers.map(({ field, op, values, chosen }) => ({
      key: field,
      field,
      op,
      not: false,
      values: chosen,
      offered: values,
    })),
  };
}

export function draftOf(entry: Entry, beginning: Beginning): EntryDraft {
  const { zone } = beginning;
  return {
    ...emptyDraft(beginning),
    title: entry.title,
    rows: entry.conditions.map((condition, index) => ({ ...condition, key: `kept ${index}`, offered: [] })),
    signals: entry.signals,
    ownerId: entry.ownerId,
    reasonClass: entry.reasonClass,
    reason: entry.reason,
    ticket: entry.ticket ?? "",
    start: "kept",
    startText: toLocal(entry.startsAt, zone),
    expiryText: toLocal(entry.expiresAt, zone),
    isExpiryChosen: true,
  };
}

export function newRow(key: string, field: Field): ConditionRow {
  return { key, field, op: opsOf(field)[0], not: false, values: [], offered: [] };
}

export function opsOf(field: Field): readonly [Op, ...Op[]] {
  return field === "address" ? ["cidr"] : ["is", "glob"];
}

/** The rows that ask for something, in their order. An offered field of which nothing is taken asks for nothing. */
export function askingRows(rows: readonly ConditionRow[]): ConditionRow[] {
  return rows.filter(({ values, offered }) => values.length > 0 || offered.length === 0);
}

/** The rows that can be looked up already. */
export function filledRows(rows: readonly ConditionRow[]): ConditionRow[] {
  return rows.filter(({ values }) => values.length > 0);
}

export function conditionsOf(rows: readonly ConditionRow[]): Condition[] {
  return rows.map(({ field, op, values, not }) => ({ field, op, values: [...values], not }));
}

/** When the entry starts; null stands for the moment of saving, undefined for a text that is no time. */
export function startOf(
  { start, startText }: Pick<EntryDraft, "start" | "startText">,
  { zone, kept }: { zone: string; kept: Date | null },
): Date | null | undefined {
  if (start === "now") return null;
  return start === "kept" ? kept : fromLocal(startText, zone);
}

/** Minutes are all that a field holds: an expiry that was not touched stays what it was. */
export function expiryOfDraft(
  { expiryText }: Pick<EntryDraft, "expiryText">,
  { zone, kept }: { zone: string; kept: Date | null },
): Date | undefined {
  return kept && toLocal(kept, zone) === expiryText ? kept : fromLocal(expiryText, zone);
}

/** What is sent to be saved; the server checks it. */
export function contentOf(
  draft: EntryDraft,
  { zone, keptStart, keptExpiry }: { zone: string; keptStart: Date | null; keptExpiry: Date | null },
) {
  const { title, rows, signals, ownerId, reasonClass, reason, ticket } = draft;
  return {
    title,
    conditions: conditionsOf(askingRows(rows)),
    signals: [...signals],
    ownerId,
    reasonClass,
    reason,
    ticket,
    startsAt: startOf(draft, { zone, kept: keptStart }),
    expiresAt: expiryOfDraft(draft, { zone, kept: keptExpiry }),
  };
}
