import { type ActorChanges, holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import { holdAllowlist, type InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { copyRows, plainArray, timeArray } from "#lib/db/copy.ts";
import { isLive, type TakenAs } from "../import.ts";
import type { Batch, FoundEvent } from "../pipeline.ts";
import { listAffected } from "./affected.ts";
import { listUsing } from "./alert-stories.ts";
import { candidateOf, loadCandidates } from "./candidate.ts";
import { countFeeds } from "./count-feeds.ts";
import { insertHits, judge, judgeAgain } from "./decisions.ts";
import { eventDays } from "./event-days.ts";
import { holdStore } from "./hold-store.ts";
import { copyEventRows } from "./insert-events.ts";
import {
  DETECTION_COLUMNS,
  detectionRow,
  eventRow,
  IMAGE_COLUMNS,
  imageRows,
  type NewDetection,
} from "./rows.ts";
import { deriveAlerts, holdDerivation, storeAlerts } from "./store-alerts.ts";
import { storeContext } from "./store-context.ts";
import { storeFirsts } from "./store-firsts.ts";
import { storeRedeliveries } from "./store-redeliveries.ts";
import { keepable, storeRejected } from "./store-rejected.ts";
import { storeSightings } from "./store-sightings.ts";
import { placeOf, writeBlocks } from "./write-blocks.ts";

export type Delivery = { importId: string; takenAs: TakenAs; now: Date };
export type Written = {
  newCount: number;
  duplicateCount: number;
  rejectedCount: number;
  detectionCount: number;
};

/**
 * Stores what a batch says and is not stored yet: events with their original records, images, actors, detections and the
 * alerts that these make. Writing a batch again changes nothing. The caller's transaction makes it all or nothing.
 *
 * Rows are written in the order of their ids, so that two workers that store the same wait for one another instead of
 * blocking each other.
 */
export async function writeBatch(client: Transaction, batch: Batch, delivery: Delivery): Promise<Written> {
  await holdStore(client, "shared");
  const known = await findKnown(client, batch.events);
  const unknown = batch.events.filter(({ event }) => !known.has(event.id));
  const kept = await keepable(client, delivery.importId, batch.rejected);
  const raws = [...unknown, ...kept].map(({ raw }) => raw).sort((a, b) => a.index - b.index);
  const times = new Map(unknown.map(({ event, raw }) => [raw.index, event.occurredAt]));
  const places = await writeBlocks(client, delivery.importId, raws, times);

  const inForce = await holdAllowlist(client);
  const rows = unknown.map((found) => eventRow(found, placeOf(places, found.raw.index)));
  const stored = await copyEventRows(client, rows);
  const events = unknown.filter(({ event }) => stored.has(event.id));
  const again = batch.events.filter(({ event }) => !stored.has(event.id));
  await storeRedeliveries(client, delivery.importId, again);
  await storeSightings(
    client,
    events.map(({ event }) => event),
  );
  await copyRows(client, "event_image", IMAGE_COLUMNS, events.flatMap(imageRows));

  await holdDerivation(client);
  const firsts = await storeFirsts(
    client,
    events.map(({ event }) => event),
  );
  const shifts = await storeContext(client, events, firsts);
  const affected = await loadCandidates(client, await listAffected(client, shifts));
  const judged = await judgeAgain(client, affected, inForce, { resignal: true });
  const detections = await writeDetections(client, events, delivery, inForce);
  await storeRejected(client, delivery.importId, { rejected: batch.rejected, kept }, places);

  const run = runOn(client);
  const keys = detections.map(({ detection }) => detection.alert);
  const told = [...judged.alertIds, ...(await listUsing(client, shifts.uses))];
  const before = await holdAlerts(run, [...keys.map(({ id }) => id), ...told]);
  await storeAlerts(client, keys, delivery.now);
  await deriveAlerts(client, told, delivery.now);
  await keepNumbers(run, before, {
    added: null,
    days: eventDays(events.map(({ event }) => event)),
    detections: [...detections.map(countAdded), ...judged.numbers],
  });
  await countFeeds(client, batch, events, delivery);

  return {
    newCount: events.length,
    duplicateCount: batch.repeated + batch.events.length - events.length,
    rejectedCount: batch.rejected.length,
    detectionCount: detections.length,
  };
}

async function writeDetections(
  client: Transaction,
  events: readonly FoundEvent[],
  delivery: Delivery,
  inForce: InForce,
): Promise<NewDetection[]> {
  const found = events.flatMap((one) =>
    one.detections.map((detection) => ({ found: one, detection, candidate: candidateOf(one, detection) })),
  );
  const candidates = found.map(({ candidate }) => candidate);
  const judgements = await judge(client, candidates, inForce);
  const detections = found.map((one, at): NewDetection => {
    const judgement = judgements[at];
    if (!judgement) throw new Error("A detection was not judged.");
    const live = isLive(delivery.takenAs, one.detection.alert.windowEnd, delivery.now);
    return { ...one, judgement, live };
  });
  const rows = detections.map((detection) => detectionRow(detection, delivery.now));
  await copyRows(client, "detection", DETECTION_COLUMNS, rows);
  await insertHits(client, candidates, judgements);
  return detections;
}

function countAdded({ candidate, judgement }: NewDetection): ActorChanges["detections"][number] {
  const { occurredAt, eventId } = candidate;
  const suppressed = judgement.entryId === null ? 0 : 1;
  return { occurredAt, eventId, score: judgement.score, detections: 1, suppressed };
}

async function findKnown(client: Transaction, events: readonly FoundEvent[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string }>(
    `select event.id from event join unnest($1::timestamptz[], $2::uuid[]) as wanted (occurred_at, id)
       on event.occurred_at = wanted.occurred_at and event.id = wanted.id`,
    [timeArray(events.map(({ event }) => event.occurredAt)), plainArray(events.map(({ event }) => event.id))],
  );
  return new Set(rows.map(({ id }) => id));
}
