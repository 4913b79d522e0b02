import type { Signal } from "#lib/detection/signal.ts";
import { type Condition, compile, type Facts, type Field, foldCase, type Test } from "./condition.ts";

export type IntervalMode = "observing" | "enforcing";

/** A stretch of event time, from `startsAt` and before `endsAt`, in which a version of an entry observes or enforces. */
export type Interval = {
  entryId: string;
  /** Of the entry: of two that would decide alike, the older does. */
  createdAt: Date;
  mode: IntervalMode;
  startsAt: Date;
  endsAt: Date;
  conditions: readonly Condition[];
  signals: readonly Signal[];
  /** Its entry was revoked: it suppresses nothing, but what it would have suppressed says so. */
  void: boolean;
};

/**
 * What an entry does to a detection: `suppressed` it (it decides), would have (`matched`), would have but for a signal that
 * it does not name (`broke-through`), was only watching (`observed`), or hid it until it was `revoked`.
 */
export const HIT_KINDS = ["suppressed", "matched", "broke-through", "observed", "revoked"] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export type Hit = { entryId: string; kind: HitKind };

export type Decision = {
  /** The entry that decides; null: the detection is open. */
  entryId: string | null;
  /** The signals by which it is open although an entry matches. */
  brokeThrough: Signal[];
  /** One an entry, in the order of the entries' ids. */
  hits: Hit[];
};

const OPEN: Decision = { entryId: null, brokeThrough: [], hits: [] };

/** Something that happened at a time, as conditions see it, with the signals that it carries. */
export type Judged = { occurredAt: Date; facts: Facts; signals: readonly Signal[] };

/** Decides about detections under one state of the allowlist. */
export type Decide = (detection: Judged) => Decision;

/**
 * Suppression as a pure function: some enforcing interval covers the time of the event, its conditions match, and it names
 * every signal that the event carries. Of several entries the one with most conditions decides, then the oldest.
 */
export function decider(intervals: readonly Interval[]): Decide {
  const find = indexed(intervals);
  return (detection) => {
    const covering = find(detection.facts).filter((ready) => covers(ready, detection));
    return covering.length === 0 ? OPEN : decide(covering, detection.signals);
  };
}

type Ready = Interval & { tests: readonly Test[]; from: number; to: number };

function covers({ from, to, tests }: Ready, { occurredAt, facts }: Judged): boolean {
  const time = occurredAt.getTime();
  return from <= time && time < to && tests.every((holds) => holds(facts));
}

function decide(covering: readonly Ready[], signals: readonly Signal[]): Decision {
  const unnamed = ({ signals: named }: Interval) => signals.filter((signal) => !named.includes(signal));
  const enforcing = covering.filter((one) => one.mode === "enforcing" && !one.void);
  const [deciding] = enforcing.filter((one) => unnamed(one).length === 0).sort(byRank);
  const kinds = new Map<string, HitKind>();
  for (const one of covering) {
    const kind = kindOf(one, deciding, unnamed(one).length === 0);
    const before = kinds.get(one.entryId);
    if (kind && (before === undefined || HIT_KINDS.indexOf(kind) < HIT_KINDS.indexOf(before)))
      kinds.set(one.entryId, kind);
  }
  const hits = [...kinds].map(([entryId, kind]) => ({ entryId, kind }));
  const [closest] = deciding ? [] : [...enforcing].sort(byRank);
  return {
    entryId: deciding?.entryId ?? null,
    brokeThrough: closest ? unnamed(closest) : [],
    hits: hits.sort((a, b) => (a.entryId < b.entryId ? -1 : 1)),
  };
}

/** Null: a revoked entry that would not have decided, or that another has taken the place of, says nothing. */
function kindOf(one: Ready, deciding: Ready | undefined, names: boolean): HitKind | null {
  if (one.void) return one.mode === "enforcing" && names && !deciding ? "revoked" : null;
  if (one.mode === "observing") return "observed";
  if (one.entryId === deciding?.entryId) return "suppressed";
  return names ? "matched" : "broke-through";
}

/** Most conditions first, then the oldest; of the versions of one entry the latest. */
function byRank(a: Ready, b: Ready): number {
  return (
    b.conditions.length - a.conditions.length ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    (a.entryId < b.entryId ? -1 : a.entryId > b.entryId ? 1 : 0) ||
    b.to - a.to
  );
}

/** Fields by whose exact values intervals are found, the most selective first. */
const INDEX_FIELDS = [
  "image",
  "actor",
  "accessKey",
  "session",
  "account",
  "operation",
  "rule",
] as const satisfies Field[];
type IndexField = (typeof INDEX_FIELDS)[number];

/** Finds the few intervals that may match without trying all: thousands of entries cost little. */
function indexed(intervals: readonly Interval[]): (facts: Facts) => Ready[] {
  const byField = new Map<IndexField, Map<string, Ready[]>>();
  const others: Ready[] = [];
  for (const interval of intervals) {
    const ready = prepare(interval);
    const exact = exactCondition(interval.conditions);
    if (!exact) {
      others.push(ready);
      continue;
    }
    const index = byField.get(exact.field) ?? new Map<string, Ready[]>();
    byField.set(exact.field, index);
    for (const value of exact.values) {
      const same = index.get(value);
      if (same) same.push(ready);
      else index.set(value, [ready]);
    }
  }
  return (facts) => {
    const found = [...others];
    for (const [field, index] of byField) {
      const value = keyOf(field, facts[field]);
      if (value !== null) found.push(...(index.get(value) ?? []));
    }
    return found;
  };
}

function prepare(interval: Interval): Ready {
  const tests = interval.conditions.map(compile);
  return { ...interval, tests, from: interval.startsAt.getTime(), to: interval.endsAt.getTime() };
}

function exactCondition(
  conditions: readonly Condition[],
): { field: IndexField; values: string[] } | undefined {
  for (const field of INDEX_FIELDS) {
    const exact = conditions.find((one) => one.field === field && one.op === "is" && !one.not);
    if (exact) return { field, values: exact.values.map((value) => keyOf(field, value) ?? value) };
  }
  return undefined;
}

function keyOf(field: IndexField, value: string | null): string | null {
  return value !== null && field === "operation" ? foldCase(value) : value;
}
