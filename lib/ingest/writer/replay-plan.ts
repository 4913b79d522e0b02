import type { Transaction } from "#lib/db/client.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import type { FoundEvent } from "../pipeline.ts";
import type { RawRecord } from "../raw-block.ts";
import type { ReplayScope, Stage } from "../replay.ts";
import { isKeptWhole, isOtherReason, type Rejection, type Reread } from "../reread.ts";
import { changedFields, type FieldChange, sameDetections } from "./compare-event.ts";
import { type BlockSpan, loadEvents, loadEventsOf, type PlacedStoredEvent } from "./stored-events.ts";

export type ReplayBlock = BlockSpan & { importId: string };

/** A record of a block as it is read today. `rejected`: what is stored of it as a rejected record. */
export type RereadRecord = {
  block: ReplayBlock;
  position: number;
  raw: RawRecord;
  rejected: Rejection | null;
  reread: Reread;
};

/** What a record's being read today makes of the store. */
export type Difference =
  | {
      what: "changed";
      record: RereadRecord;
      stored: PlacedStoredEvent;
      found: FoundEvent;
      fields: FieldChange[];
    }
  | { what: "lost"; record: RereadRecord; stored: PlacedStoredEvent }
  /** `rest`: why something of it is still rejected. */
  | {
      what: "read";
      record: RereadRecord;
      found: FoundEvent[];
      known: FoundEvent[];
      rest: Reread["rejection"];
    }
  | { what: "other-reason"; record: RereadRecord };

export type ReplayPlan = {
  differences: Difference[];
  unchanged: number;
  stillRejected: number;
  orphans: number;
  /** Events that come out as they are, from a normaliser of another version. */
  outdated: { stored: PlacedStoredEvent; found: FoundEvent }[];
};

/** Compares what records say today with what is stored of them. */
export async function planReplay(
  client: Transaction,
  records: readonly RereadRecord[],
  { scope, from }: { scope: ReplayScope; from: Stage },
): Promise<ReplayPlan> {
  const plan: ReplayPlan = { differences: [], unchanged: 0, stillRejected: 0, orphans: 0, outdated: [] };
  const stored = await storedOf(client, records);
  const ids = new Set(stored.byId.keys());
  for (const record of records) {
    if (record.rejected) {
      if (from === "normalise" && scope.kind !== "source") planRejected(plan, record, ids);
    } else if (scope.kind !== "rejected") {
      planEvent(plan, record, stored.byPlace.get(placeName(record.block.id, record.position)), {
        scope,
        from,
      });
    }
  }
  return plan;
}

type Stored = { byPlace: Map<string, PlacedStoredEvent>; byId: Map<string, PlacedStoredEvent> };

function placeName(blockId: string, position: number): string {
  return `${blockId} ${position}`;
}

/** Most events are found by what their records say; those whose time or form is another now by where their records lie. */
async function storedOf(client: Transaction, records: readonly RereadRecord[]): Promise<Stored> {
  const keys = records.flatMap(({ reread }) =>
    reread.events.map(({ event }) => ({ occurredAt: event.occurredAt, id: event.id })),
  );
  const found = await loadEvents(client, keys);
  const byPlace = new Map(found.map((event) => [placeName(event.blockId, event.position), event]));
  const byId = new Map(found.map((event) => [event.key.id, event]));
  const missing = records.filter(
    ({ rejected, block, position, reread }) =>
      !rejected &&
      !byPlace.has(placeName(block.id, position)) &&
      !reread.events.some(({ event }) => byId.has(event.id)),
  );
  const blocks = [...new Set(missing.map(({ block }) => block))];
  for (const event of await loadEventsOf(client, blocks)) {
    byPlace.set(placeName(event.blockId, event.position), event);
    byId.set(event.key.id, event);
  }
  return { byPlace, byId };
}

function planEvent(
  plan: ReplayPlan,
  record: RereadRecord,
  stored: PlacedStoredEvent | undefined,
  { scope, from }: { scope: ReplayScope; from: Stage },
): void {
  if (!stored) {
    plan.orphans++;
    return;
  }
  if (scope.kind === "source" && !isInSource(stored, scope)) return;
  const found =
    record.reread.events.find(({ event }) => event.id === stored.key.id) ?? record.reread.events[0];
  if (!found) {
    if (from === "normalise") plan.differences.push({ what: "lost", record, stored });
    return;
  }
  const fields = from === "normalise" ? changedFields(stored, found) : [];
  if (fields.length > 0 || !sameDetections(stored, found)) {
    plan.differences.push({ what: "changed", record, stored, found, fields });
    return;
  }
  plan.unchanged++;
  if (from === "normalise" && stored.row.normalizer !== NORMALIZER_VERSION)
    plan.outdated.push({ stored, found });
}

function isInSource(
  { row, key }: PlacedStoredEvent,
  scope: Extract<ReplayScope, { kind: "source" }>,
): boolean {
  const isSource = scope.logSource === null || row.log_source === scope.logSource;
  return isSource && key.occurredAt >= scope.from && key.occurredAt < scope.to;
}

/** `ids`: of the events that are stored, or will be. */
function planRejected(plan: ReplayPlan, record: RereadRecord, ids: Set<string>): void {
  const { rejected, reread } = record;
  if (!rejected || !isKeptWhole(rejected.reason)) {
    plan.stillRejected++;
    return;
  }
  if (reread.events.length === 0) {
    plan.stillRejected++;
    const { rejection } = reread;
    if (rejection && isOtherReason(rejected, rejection))
      plan.differences.push({ what: "other-reason", record });
    return;
  }
  const known = reread.events.filter(({ event }) => ids.has(event.id));
  const found = reread.events.filter(({ event }) => !ids.has(event.id));
  for (const { event } of found) ids.add(event.id);
  plan.differences.push({ what: "read", record, found, known, rest: reread.rejection });
}
