import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { copyRows } from "#lib/db/copy.ts";
import type { Detection } from "#lib/detection/detect.ts";
import { ownAddends, sumOf } from "#lib/detection/points.ts";
import { isLive } from "../import.ts";
import { type EventExample, MOST_EXAMPLES, noCounts, type ReplayCounts } from "../replay.ts";
import { candidateOf } from "../writer/candidate.ts";
import { judge } from "../writer/decisions.ts";
import type { Rejudged } from "../writer/judge-stored.ts";
import type { DeliveryOf } from "../writer/replay-apply.ts";
import type { Difference, ReplayPlan } from "../writer/replay-plan.ts";

/** What a plan amounts to, but for alerts and what the allowlist says. */
export function countPlan(plan: ReplayPlan): ReplayCounts {
  const counts: ReplayCounts = {
    ...noCounts(),
    unchanged: plan.unchanged,
    stillRejected: plan.stillRejected,
    orphans: plan.orphans,
  };
  for (const one of plan.differences) {
    countDifference(counts, one);
    countRules(counts, one);
    const example = exampleOf(one);
    if (example && counts.events.filter(({ what }) => what === example.what).length < MOST_EXAMPLES)
      counts.events.push(example);
  }
  return counts;
}

function countDifference(counts: ReplayCounts, one: Difference): void {
  if (one.what === "changed") {
    counts.changed++;
    for (const { name } of one.fields) counts.fields[name] = (counts.fields[name] ?? 0) + 1;
  }
  if (one.what === "lost") counts.lost++;
  if (one.what === "read" && one.found.length > 0) counts.read++;
  if (one.what === "read" && one.found.length === 0) counts.known++;
}

function countRules(counts: ReplayCounts, one: Difference): void {
  const { before, after } = detectionsOf(one);
  for (const ruleId of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(ruleId), after.get(ruleId)];
    counts.rules[ruleId] ??= { made: 0, gone: 0, rescored: 0 };
    const rule = counts.rules[ruleId];
    if (was === undefined) rule.made++;
    else if (is === undefined) rule.gone++;
    else if (was !== is) rule.rescored++;
  }
  for (const [ruleId, { made, gone, rescored }] of Object.entries(counts.rules))
    if (made + gone + rescored === 0) delete counts.rules[ruleId];
}

/** Scores by rule, but for what the time before adds. */
function detectionsOf(one: Difference): { before: Map<string, number>; after: Map<string, number> } {
  const stored = one.what === "changed" || one.what === "lost" ? one.stored.detections : [];
  return {
    before: new Map(stored.map(({ rule_id, addends }) => [rule_id, sumOf(ownAddends(addends))])),
    after: new Map(
      foundOf(one).flatMap(({ detections }) => detections.map(({ rule, score }) => [rule.id, score])),
    ),
  };
}

function foundOf(one: Difference) {
  if (one.what === "changed") return [one.found];
  return one.what === "read" ? one.found : [];
}

function exampleOf(one: Difference): EventExample | null {
  if (one.what === "changed" || one.what === "lost") {
    const { key, row } = one.stored;
    return {
      occurredAt: key.occurredAt.toISOString(),
      id: key.id,
      operation: String(row.operation),
      what: one.what,
      fields: one.what === "changed" ? one.fields : [],
    };
  }
  const [found] = foundOf(one);
  return found
    ? {
        occurredAt: found.event.occurredAt.toISOString(),
        id: found.event.id,
        operation: found.event.operation,
        what: "read",
        fields: [],
      }
    : null;
}

const COLUMNS = [
  ...["run_id", "occurred_at", "event_id", "rule_id", "alert_id", "change", "score", "suppressed", "live"],
];

/**
 * Notes the detections that would go and come, for what it makes of alerts can be told only at the end. Whether those that
 * come would be suppressed is judged by what the store tells now.
 */
export async function noteDetections(
  client: Transaction,
  runId: string,
  { differences }: ReplayPlan,
  { inForce, deliveries }: { inForce: InForce; deliveries: ReadonlyMap<string, DeliveryOf> },
): Promise<void> {
  const gone = differences.flatMap((one) =>
    one.what === "changed" || one.what === "lost"
      ? one.stored.detections.map((detection) => ({ key: one.stored.key, detection }))
      : [],
  );
  const found = differences
    .flatMap((one) => foundOf(one).map((event) => ({ one, event })))
    .flatMap(({ one, event }) => event.detections.map((detection) => ({ one, event, detection })));
  const candidates = found.map(({ event, detection }) => candidateOf(event, detection));
  const judgements = await judge(client, candidates, inForce);
  await copyRows(client, "replay_detection", COLUMNS, [
    ...gone.map(({ key, detection }) => [
      runId,
      key.occurredAt,
      key.id,
      detection.rule_id,
      detection.alert_id,
      -1,
      detection.score,
      detection.entry_id !== null,
      detection.live,
    ]),
    ...candidates.map(({ occurredAt, eventId, ruleId, alertId }, at) => [
      runId,
      occurredAt,
      eventId,
      ruleId,
      alertId,
      1,
      judgements[at]?.score ?? 0,
      (judgements[at]?.entryId ?? null) !== null,
      isLiveIn(found[at], deliveries),
    ]),
  ]);
}

/** The same of detections that stay, and are judged otherwise. */
export async function noteRejudged(
  client: Transaction,
  runId: string,
  rejudged: readonly Rejudged[],
): Promise<void> {
  await client.query(
    `insert into replay_detection (${COLUMNS.join(", ")})
     select $1, occurred_at, event_id, rule_id, alert_id, change,
       case change when 1 then judged.score else detection.score end,
       case change when 1 then judged.suppressed else entry_id is not null end, live
     from unnest($2::timestamptz[], $3::uuid[], $4::text[], $5::int[], $6::boolean[])
         as judged (occurred_at, event_id, rule_id, score, suppressed)
       join detection using (occurred_at, event_id, rule_id)
       cross join unnest(array[-1, 1]) as change`,
    [
      runId,
      rejudged.map(({ occurredAt }) => occurredAt),
      rejudged.map(({ eventId }) => eventId),
      rejudged.map(({ ruleId }) => ruleId),
      rejudged.map(({ score }) => score),
      rejudged.map(({ suppressed }) => suppressed),
    ],
  );
}

type Come = { one: Difference; detection: Detection };

/** One that was there before stays what it was. */
function isLiveIn(come: Come | undefined, deliveries: ReadonlyMap<string, DeliveryOf>): boolean {
  if (!come) return false;
  const { one, detection } = come;
  const stored = one.what === "changed" ? one.stored.detections : [];
  const known = stored.find(({ rule_id }) => rule_id === detection.rule.id);
  if (known) return known.live;
  const delivery = deliveries.get(one.record.block.importId);
  return delivery !== undefined && isLive(delivery.takenAs, detection.alert.windowEnd, delivery.deliveredAt);
}
