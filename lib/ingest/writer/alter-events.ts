import { keepActorFirsts } from "#lib/aggregates/commands/keep-actor-firsts.ts";
import { type ActorChanges, holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import { holdAllowlist, type InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { copyRows } from "#lib/db/copy.ts";
import { isLive, type TakenAs } from "../import.ts";
import type { FoundEvent } from "../pipeline.ts";
import { listAffected } from "./affected.ts";
import { listUsing } from "./alert-stories.ts";
import { candidateOf, loadCandidates } from "./candidate.ts";
import { insertHits, judge, judgeAgain } from "./decisions.ts";
import { holdStore } from "./hold-store.ts";
import { INCOMING, insertEventRows } from "./insert-events.ts";
import {
  DETECTION_COLUMNS,
  detectionRow,
  eventRow,
  IMAGE_COLUMNS,
  imageRows,
  type NewDetection,
} from "./rows.ts";
import { deriveAlerts, holdDerivation, storeAlerts } from "./store-alerts.ts";
import { type Shifts, storeContext } from "./store-context.ts";
import { storeSightings } from "./store-sightings.ts";
import {
  type EventKey,
  GONE_DETECTIONS,
  GONE_EVENTS,
  type TakenDetection,
  takeEvents,
} from "./take-events.ts";

/** An event to store, with the place of its original record and how and when that was delivered. */
export type PlacedEvent = {
  found: FoundEvent;
  place: { blockId: string; position: number };
  takenAs: TakenAs;
  deliveredAt: Date;
};

export type Alteration = {
  /** Events that go. One that only changes goes and comes. */
  gone: readonly EventKey[];
  come: readonly PlacedEvent[];
  /** Alerts to be brought up to date besides those of the detections that go and come. */
  alertIds?: readonly string[];
};

export type Altered = {
  /** Alerts that the detections which went were of, and those that came. */
  lost: string[];
  gained: string[];
  /** How many alerts are new. */
  alertsMade: number;
  detectionsBefore: number;
  detectionsAfter: number;
};

/** Takes the locks under which stored events may be altered, in their order. Until the transaction ends nobody else adds any. */
export async function holdForAltering(client: Transaction): Promise<InForce> {
  await holdStore(client, "alone");
  const inForce = await holdAllowlist(client);
  await holdDerivation(client);
  return inForce;
}

/**
 * Takes stored events away and stores others, as if they had come so at first: detections, alerts, signals and kept numbers
 * follow. Alerts that are left without detections stay as they were (`sweepAlerts`), first times are left too early
 * (`settleFirsts`). `holdForAltering` comes before.
 */
export async function alterEvents(
  client: Transaction,
  { gone, come, alertIds = [] }: Alteration,
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<Altered> {
  const run = runOn(client);
  const taken = await takeEvents(client, gone);
  const events = come.map(({ found }) => found);
  await insertEventRows(
    client,
    come.map(({ found, place }) => eventRow(found, place)),
  );
  await storeSightings(
    client,
    events.map(({ event }) => event),
  );
  await copyRows(client, "event_image", IMAGE_COLUMNS, events.flatMap(imageRows));
  const added = events.length > 0 ? INCOMING : null;
  const firsts = added === null ? [] : await keepActorFirsts(run, added);
  const shifts = mergeShifts(taken.shifts, await storeContext(client, events, firsts));
  const affected = await loadCandidates(client, await listAffected(client, shifts));
  const judged = await judgeAgain(client, affected, inForce, { resignal: true });
  const detections = await writeDetections(client, come, taken.detections, { inForce, now });

  const keys = detections.map(({ detection }) => detection.alert);
  const lost = [...new Set(taken.detections.map(({ alertId }) => alertId))];
  const gained = [...new Set(keys.map(({ id }) => id))];
  const using = await listUsing(client, shifts.uses);
  const touched = [...new Set([...lost, ...judged.alertIds, ...alertIds, ...using])];
  const before = await holdAlerts(run, [...touched, ...gained]);
  const alertsMade = await storeAlerts(client, keys, now);
  await deriveAlerts(client, touched, now);
  await keepNumbers(run, before, {
    added,
    ...(gone.length > 0 && { removed: { events: GONE_EVENTS, detections: GONE_DETECTIONS } }),
    detections: [...detections.map(countAdded), ...judged.numbers],
  });
  return {
    lost,
    gained,
    alertsMade,
    detectionsBefore: taken.detections.length,
    detectionsAfter: detections.length,
  };
}

function mergeShifts(one: Shifts, other: Shifts): Shifts {
  return {
    networks: [...one.networks, ...other.networks],
    histories: [...one.histories, ...other.histories],
    logins: [...one.logins, ...other.logins],
    tags: [...one.tags, ...other.tags],
    guards: [...one.guards, ...other.guards],
    works: [...one.works, ...other.works],
    refusals: [...one.refusals, ...other.refusals],
    steps: [...one.steps, ...other.steps],
    uses: [...one.uses, ...other.uses],
    firsts: [...one.firsts, ...other.firsts],
  };
}

/** A detection that was there before keeps when it was made, and whether it was live. */
export async function writeDetections(
  client: Transaction,
  come: readonly PlacedEvent[],
  taken: readonly TakenDetection[],
  { inForce, now }: { inForce: InForce; now: Date },
): Promise<NewDetection[]> {
  const before = new Map(taken.map((one) => [`${one.eventId} ${one.ruleId}`, one]));
  const found = come.flatMap((placed) =>
    placed.found.detections.map((detection) => ({
      placed,
      detection,
      candidate: candidateOf(placed.found, detection),
      known: before.get(`${placed.found.event.id} ${detection.rule.id}`),
    })),
  );
  const candidates = found.map(({ candidate }) => candidate);
  const judgements = await judge(client, candidates, inForce);
  const detections = found.map(({ placed, detection, candidate, known }, at) => {
    const judgement = judgements[at];
    if (!judgement) throw new Error("A detection was not judged.");
    const live = isLive(placed.takenAs, detection.alert.windowEnd, placed.deliveredAt);
    const made = { found: placed.found, detection, candidate, judgement, live: known?.live ?? live };
    return { made, row: detectionRow(made, known?.detectedAt ?? now) };
  });
  await copyRows(
    client,
    "detection",
    DETECTION_COLUMNS,
    detections.map(({ row }) => row),
  );
  await insertHits(client, candidates, judgements);
  return detections.map(({ made }) => made);
}

/** What a new detection adds to the numbers of its actor. */
export function countAdded({ candidate, judgement }: NewDetection): ActorChanges["detections"][number] {
  const { occurredAt, eventId } = candidate;
  const suppressed = judgement.entryId === null ? 0 : 1;
  return { occurredAt, eventId, score: judgement.score, detections: 1, suppressed };
}
