import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { copyRows } from "#lib/db/copy.ts";
import { type EventExample, MOST_EXAMPLES, noCounts, type ReplayCounts } from "../replay.ts";
import { candidateOf } from "../writer/candidate.ts";
import { judge } from "../writer/decisions.ts";
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

/** Scores by rule. */
function detectionsOf(one: Difference): { before: Map<string, number>; after: Map<string, number> } {
  const stored = one.what === "changed" || one.what === "lost" ? one.stored.detections : [];
  return {
    before: new Map(stored.map(({ rule_id, score }) => [rule_id, score])),
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

const COLUMNS = ["run_id", "occurred_at", "event_id", "rule_id", "alert_id", "change", "score", "suppressed"];

/**
 * Notes the detections that would go and come, for what it makes of alerts can be told only at the end. Whether those that
 * come would be suppressed is judged by what the store tells now.
 */
export async function noteDetections(
  client: Transaction,
  runId: string,
  { differences }: ReplayPlan,
  inForce: InForce,
): Promise<void> {
  const gone = differences.flatMap((one) =>
    one.what === "changed" || one.what === "lost"
      ? one.stored.detections.map((detection) => ({ key: one.stored.key, detection }))
      : [],
  );
  const found = differences
    .flatMap(foundOf)
    .flatMap((event) => event.detections.map((detection) => ({ event, detection })));
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
    ]),
    ...candidates.map(({ occurredAt, eventId, ruleId, alertId }, at) => [
      runId,
      occurredAt,
      eventId,
      ruleId,
      alertId,
      1,
      found[at]?.detection.score ?? 0,
      (judgements[at]?.entryId ?? null) !== null,
    ]),
  ]);
}
