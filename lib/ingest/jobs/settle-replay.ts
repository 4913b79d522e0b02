import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { addCounts, noCounts, type ReplayCounts, replayCountsSchema } from "../replay.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { noteEvidence, sweepAlerts } from "../writer/sweep-alerts.ts";
import type { ReplayJob } from "./replay-batch.ts";
import { settleStore } from "./settle-store.ts";
import { whyGone } from "./tell-alerts.ts";

/** After all records: what hangs on all of them together. */
export async function settleReplay(job: ReplayJob, clock: () => Date, signal: AbortSignal): Promise<void> {
  if (job.dryRun || job.from === "allow") return;
  const now = clock();
  await inTransaction(async (client) => {
    await holdForAltering(client);
    const { rows } = await client.query<{ id: string; is_noted: boolean }>(
      `select id, exists (select from activity where activity.alert_id = alert.id and activity.kind = 'evidence') as is_noted
       from alert where not exists (select from detection where detection.alert_id = alert.id)`,
    );
    const { text, by } = await whyGone(client, job);
    // A run about a rule has noted with each batch what went.
    const untold = job.ruleId === null ? rows.filter((row) => !row.is_noted).map(({ id }) => id) : [];
    const alertsKept = await noteEvidence(client, untold, { text, by, now });
    const { deleted } = await sweepAlerts(
      client,
      rows.map(({ id }) => id),
      { why: text, now },
    );
    await addToRun(client, job.id, { ...noCounts(), alertsGone: deleted, alertsKept });
  });
  // Actors and images that an alert names stay: those of alerts that are gone by now do not. Detections alone move no times.
  if (job.from === "normalise") await settleStore(clock, signal);
}

export async function addToRun(client: Transaction, id: string, counts: ReplayCounts): Promise<void> {
  const { rows } = await client.query<{ counts: unknown }>(
    "select counts from replay_run where id = $1 for update",
    [id],
  );
  await client.query("update replay_run set counts = $2 where id = $1", [
    id,
    JSON.stringify(addCounts(replayCountsSchema.parse(rows[0]?.counts ?? {}), counts)),
  ]);
}
