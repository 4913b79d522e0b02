import { holdAlerts, keepNumbers } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import type { ReplayScope } from "../replay.ts";
import { type DetectionKey, loadCandidates } from "./candidate.ts";
import { judge, judgeAgain } from "./decisions.ts";
import { deriveAlerts } from "./store-alerts.ts";
import { type BlockSpan, loadEventsOf } from "./stored-events.ts";

/** A stored detection of which the score, or whether it is suppressed, is another. */
export type Rejudged = DetectionKey & { score: number; suppressed: boolean };

type Judged = { unchanged: number; suppressed: number; opened: number; rejudged: Rejudged[] };

/** Has the allowlist decide anew about the stored detections of some blocks, or only tells what would differ. */
export async function judgeStored(
  client: Transaction,
  blocks: readonly BlockSpan[],
  scope: ReplayScope,
  { inForce, dryRun, now }: { inForce: InForce; dryRun: boolean; now: Date },
): Promise<Judged> {
  const events = (await loadEventsOf(client, blocks)).filter(
    ({ row, key }) =>
      scope.kind !== "source" ||
      ((scope.logSource === null || row.log_source === scope.logSource) &&
        key.occurredAt >= scope.from &&
        key.occurredAt < scope.to),
  );
  const keys = events.flatMap(({ key, detections }) =>
    detections.map(({ rule_id }) => ({ occurredAt: key.occurredAt, eventId: key.id, ruleId: rule_id })),
  );
  const stored = await loadCandidates(client, keys);
  const judgements = await judge(client, stored, inForce);
  const moved = stored.map(({ entryId }, at) => [
    entryId !== null,
    (judgements[at]?.entryId ?? null) !== null,
  ]);
  if (!dryRun) {
    const run = runOn(client);
    const judged = await judgeAgain(client, stored, inForce, { resignal: true });
    const before = await holdAlerts(run, judged.alertIds);
    await deriveAlerts(client, judged.alertIds, now);
    await keepNumbers(run, before, { added: null, detections: judged.numbers });
  }
  const suppressed = moved.filter(([before, after]) => !before && after).length;
  const opened = moved.filter(([before, after]) => before && !after).length;
  const rejudged = stored.flatMap(({ occurredAt, eventId, ruleId, score: before }, at) => {
    const [was, is] = moved[at] ?? [];
    const { score = before } = judgements[at] ?? {};
    const isSame = was === is && before === score;
    return isSame ? [] : [{ occurredAt, eventId, ruleId, score, suppressed: is === true }];
  });
  return { unchanged: stored.length - suppressed - opened, suppressed, opened, rejudged };
}
