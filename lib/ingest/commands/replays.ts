import { randomUUID } from "node:crypto";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { RuleSetting } from "#lib/rules/setting.ts";
import { noCounts, type ReplayScope, type Stage } from "../replay.ts";

export type ReplayWanted = {
  scope: ReplayScope;
  /** The first stage to run again; those after it follow. */
  from: Stage;
  /** Only what this rule looks at, or has fired on; with the setting that a dry run tries, else with that in force. */
  rule?: { id: string; trying: RuleSetting | null };
};

/** Queues a run that says what would differ and changes nothing. Gives its id, for `getReplay`. */
export async function previewReplay(
  wanted: ReplayWanted,
  person: { id: string } | null,
  now: Date,
): Promise<string> {
  return await inTransaction((client) => addRun(client, { ...wanted, dryRun: true }, person, now));
}

/** Queues a run that makes the store what the pipeline makes of its records today. What people decided is left alone. */
export async function startReplay(
  wanted: ReplayWanted,
  person: { id: string } | null,
  now: Date,
): Promise<Outcome<string, "one-is-waiting">> {
  return await inTransaction(async (client) => {
    // Of two who press at once the second sees the run of the first.
    await client.query("select pg_advisory_xact_lock(hashtextextended('replays', 0))");
    const { rowCount } = await client.query(
      "select 1 from replay_run where not dry_run and state in ('queued', 'running') limit 1",
    );
    if (rowCount) return failure("one-is-waiting");
    return success(await addRun(client, { ...wanted, dryRun: false }, person, now));
  });
}

/** As part of a transaction. */
export async function addRun(
  client: Transaction,
  { scope, from, rule, dryRun }: ReplayWanted & { dryRun: boolean },
  person: { id: string } | null,
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into replay_run (id, scope, from_stage, dry_run, rule_id, rule_setting, state, counts, asked_by, created_at)
     values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $9)`,
    [
      id,
      JSON.stringify(scope),
      from,
      dryRun,
      rule?.id ?? null,
      rule?.trying ? JSON.stringify(rule.trying) : null,
      JSON.stringify(noCounts()),
      person?.id ?? null,
      now,
    ],
  );
  await sendJob(client, "replay", { runId: id });
  return id;
}

/** Ends a run that has not ended. What it changed until then stays, and another run can go over it. */
export async function cancelReplay(
  id: string,
  now: Date,
): Promise<Outcome<undefined, "gone" | "ended-already">> {
  return await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "update replay_run set state = 'cancelled', finished_at = $2 where id = $1 and state in ('queued', 'running')",
      [id, now],
    );
    if (rowCount === 1) {
      await forgetRun(client, id);
      return success();
    }
    const known = await client.query("select 1 from replay_run where id = $1", [id]);
    return failure(known.rowCount === 1 ? "ended-already" : "gone");
  });
}

/** What a run keeps only until it has ended. */
export async function forgetRun(client: Transaction, id: string): Promise<void> {
  await client.query("delete from replay_detection where run_id = $1", [id]);
  await client.query("delete from replay_block where run_id = $1", [id]);
}
