import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import type { TakenAs } from "../import.ts";
import { type Altered, alterEvents, type PlacedEvent } from "./alter-events.ts";
import type { Difference, ReplayPlan, RereadRecord } from "./replay-plan.ts";
import { judgeShifted } from "./settle-firsts.ts";
import { NO_SHIFTS } from "./store-context.ts";
import { storeImageWork, storeRefusals } from "./store-image-work.ts";
import { storeRedeliveries } from "./store-redeliveries.ts";
import type { EventKey } from "./take-events.ts";

/** How and when an import was delivered. */
export type DeliveryOf = { takenAs: TakenAs; deliveredAt: Date };

type Read = Extract<Difference, { what: "read" }>;

/** Makes the store what a plan says. `holdForAltering` comes before. */
export async function applyReplay(
  client: Transaction,
  { differences, outdated }: ReplayPlan,
  deliveries: ReadonlyMap<string, DeliveryOf>,
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<Altered> {
  const gone = differences.flatMap((one) =>
    one.what === "changed" || one.what === "lost" ? [one.stored.key] : [],
  );
  const come = differences.flatMap((one): PlacedEvent[] => {
    if (one.what === "changed") return [placed(one.record, one.found, deliveries)];
    return one.what === "read" ? one.found.map((found) => placed(one.record, found, deliveries)) : [];
  });
  const altered = await alterEvents(client, { gone, come }, { inForce, now });
  await moveRedeliveries(client, differences);
  await bringForward(client, outdated, { inForce, now });
  await widenBlocks(client, come);
  await settleRejected(client, differences);
  await countForImports(client, differences);
  return altered;
}

/** Gives events that came before what is kept of them today what is kept of them, and judges what hangs on it. */
async function bringForward(
  client: Transaction,
  outdated: ReplayPlan["outdated"],
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<void> {
  if (outdated.length === 0) return;
  const found = outdated.map((one) => one.found);
  const works = await storeImageWork(client, found);
  const refusals = await storeRefusals(client, found);
  const keys = outdated.flatMap(({ stored: { key, detections } }) =>
    detections.map(({ rule_id }) => ({ occurredAt: key.occurredAt, eventId: key.id, ruleId: rule_id })),
  );
  await judgeShifted(client, { ...NO_SHIFTS, works, refusals }, { inForce, now, besides: keys });
  await client.query(
    `update event set normalizer = $3 from unnest($1::timestamptz[], $2::uuid[]) as same (occurred_at, id)
     where event.occurred_at = same.occurred_at and event.id = same.id`,
    [
      outdated.map(({ stored }) => stored.key.occurredAt),
      outdated.map(({ stored }) => stored.key.id),
      NORMALIZER_VERSION,
    ],
  );
}

export function placed(
  { block, position }: RereadRecord,
  found: PlacedEvent["found"],
  deliveries: ReadonlyMap<string, DeliveryOf>,
): PlacedEvent {
  const delivery = deliveries.get(block.importId);
  if (!delivery) throw new Error("A raw block has no import.");
  return { found, place: { blockId: block.id, position }, ...delivery };
}

/** A redelivery is of an event by its time too. Of one that is rejected now it tells nothing. */
async function moveRedeliveries(client: Transaction, differences: readonly Difference[]): Promise<void> {
  const moved = differences.flatMap((one): { key: EventKey; to: Date | null }[] => {
    if (one.what === "lost") return [{ key: one.stored.key, to: null }];
    const isMoved =
      one.what === "changed" && one.found.event.occurredAt.getTime() !== one.stored.key.occurredAt.getTime();
    return isMoved ? [{ key: one.stored.key, to: one.found.event.occurredAt }] : [];
  });
  if (moved.length === 0) return;
  const values = [
    moved.map(({ key }) => key.occurredAt),
    moved.map(({ key }) => key.id),
    moved.map(({ to }) => to),
  ];
  const of = "redelivery.occurred_at = moved.occurred_at and redelivery.event_id = moved.id";
  const from = "unnest($1::timestamptz[], $2::uuid[], $3::timestamptz[]) as moved (occurred_at, id, now)";
  await client.query(`delete from redelivery using ${from} where ${of} and moved.now is null`, values);
  await client.query(`update redelivery set occurred_at = moved.now from ${from} where ${of}`, values);
}

async function widenBlocks(client: Transaction, come: readonly PlacedEvent[]): Promise<void> {
  if (come.length === 0) return;
  await client.query(
    `update raw_block set first_at = least(first_at, come.first), last_at = greatest(last_at, come.last)
     from (
       select id, min(at) as first, max(at) as last from unnest($1::bigint[], $2::timestamptz[]) as one (id, at) group by id
     ) come
     where raw_block.id = come.id`,
    [come.map(({ place }) => place.blockId), come.map(({ found }) => found.event.occurredAt)],
  );
}

async function settleRejected(client: Transaction, differences: readonly Difference[]): Promise<void> {
  const over = differences.filter((one): one is Read => one.what === "read" && one.rest === null);
  await client.query(
    `delete from rejected_record using unnest($1::uuid[], $2::bigint[]) as over (import_id, record_index)
     where rejected_record.import_id = over.import_id and rejected_record.record_index = over.record_index`,
    [over.map(({ record }) => record.block.importId), over.map(({ record }) => record.raw.index)],
  );
  const known = Map.groupBy(
    differences.filter((one): one is Read => one.what === "read" && one.known.length > 0),
    ({ record }) => record.block.importId,
  );
  for (const [importId, reads] of known) {
    await storeRedeliveries(
      client,
      importId,
      reads.flatMap((one) => one.known),
    );
  }
  await rejectAgain(client, differences);
}

/** Records that are rejected from now on, or for another reason. */
async function rejectAgain(client: Transaction, differences: readonly Difference[]): Promise<void> {
  const rejections = differences.flatMap((one) => {
    const rejection =
      one.what === "read" ? one.rest : one.what === "changed" ? null : one.record.reread.rejection;
    return rejection ? [{ ...one.record, rejection }] : [];
  });
  if (rejections.length === 0) return;
  await client.query(
    `insert into rejected_record (import_id, record_index, byte_offset, line, reason, detail, block_id, block_position)
     select * from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::int[])
     on conflict (import_id, record_index) do update set reason = excluded.reason, detail = excluded.detail`,
    [
      rejections.map(({ block }) => block.importId),
      rejections.map(({ raw }) => raw.index),
      rejections.map(({ raw }) => raw.byteOffset),
      rejections.map(({ raw }) => raw.line),
      rejections.map(({ rejection }) => rejection.reason),
      rejections.map(({ rejection }) => storable(rejection.detail)),
      rejections.map(({ block }) => block.id),
      rejections.map(({ position }) => position),
    ],
  );
}

/** The counters of an import are those that it would have, were it read today. */
export async function countForImports(
  client: Transaction,
  differences: readonly Difference[],
): Promise<void> {
  const byImport = Map.groupBy(differences, ({ record }) => record.block.importId);
  for (const [importId, own] of byImport) {
    const counts = own.map(countOf);
    const sum = (name: keyof Count) => counts.reduce((total, count) => total + count[name], 0);
    await client.query(
      `update import set new_count = new_count + $2, duplicate_count = duplicate_count + $3,
         rejected_count = rejected_count + $4, detection_count = detection_count + $5
       where id = $1`,
      [importId, sum("news"), sum("known"), sum("rejected"), sum("detections")],
    );
  }
}

type Count = { news: number; known: number; rejected: number; detections: number };

function countOf(one: Difference): Count {
  const none = { news: 0, known: 0, rejected: 0, detections: 0 };
  if (one.what === "changed") {
    return { ...none, detections: one.found.detections.length - one.stored.detections.length };
  }
  if (one.what === "lost") {
    return { ...none, news: -1, rejected: 1, detections: -one.stored.detections.length };
  }
  if (one.what === "other-reason") return none;
  return {
    news: one.found.length,
    known: one.known.length,
    rejected: one.rest === null ? -1 : 0,
    detections: one.found.reduce((sum, { detections }) => sum + detections.length, 0),
  };
}
