import { rebuildAggregates } from "#lib/aggregates/commands/rebuild.ts";
import { inTransaction, pool } from "#lib/db/client.ts";

/** Columns that tell of the delivery rather than of what was delivered. */
const BY_DELIVERY: Readonly<Record<string, readonly string[]>> = {
  event: ["block_id", "block_position"],
  event_image: [],
  image: [],
  actor: [],
  detection: ["detected_at"],
  alert: ["number", "created_at", "visible_at"],
  allow_hit: [],
  actor_network: [],
  network: [],
  log_history: [],
  registry_login: [],
  guard_lowered: [],
  image_work: [],
  refused_call: [],
  actor_day: [],
  actor_first: [],
  actor_tally: [],
  alert_day: [],
  alert_year: [],
};

/** All that was derived from the records, in an order of its own, for comparison. */
export async function dumpStore(): Promise<Record<string, unknown[]>> {
  const dump: Record<string, unknown[]> = {};
  for (const [table, without] of Object.entries(BY_DELIVERY)) {
    const { rows } = await pool().query(
      `select to_jsonb(t) - $1::text[] as row from ${table} t order by (to_jsonb(t) - $1::text[])::text`,
      [without],
    );
    dump[table] = rows.map(({ row }) => row);
  }
  return dump;
}

/** The same as two numbers a table, of a store that is too large to hold. */
export async function sumStore(): Promise<Record<string, { rows: string; sum: string }>> {
  const sums: Record<string, { rows: string; sum: string }> = {};
  for (const [table, without] of Object.entries(BY_DELIVERY)) {
    const { rows } = await pool().query<{ rows: string; sum: string }>(
      `select count(*) as rows, coalesce(sum(hashtextextended((to_jsonb(t) - $1::text[])::text, 0)), 0)::text as sum
       from ${table} t`,
      [without],
    );
    if (rows[0]) sums[table] = rows[0];
  }
  return sums;
}

/** What a rebuild of the kept numbers would correct, by table: nothing where they were kept right. */
export async function miscounts(): Promise<Record<string, number>> {
  const rebuilt = await inTransaction(rebuildAggregates);
  return Object.fromEntries(
    rebuilt.filter(({ corrected }) => corrected > 0).map(({ table, corrected }) => [table, corrected]),
  );
}

export async function emptyStore(): Promise<void> {
  await pool().query(
    `truncate ${Object.keys(BY_DELIVERY).join(", ")}, import, raw_block, rejected_record, unkept_rejection, redelivery, import_deletion,
     replay_run, replay_detection, replay_block, rule_change, former_alert, retention_policy, retention_run, activity, allow_entry,
     allow_interval, allow_change, allow_run, watch_item, feed, feed_hour, source_hour,
     organisation_change, own_network, cloud_account, cloud_application, image_importance, working_hours restart identity`,
  );
  // What processes keep of the allowlist holds no longer.
  await pool().query("update allow_revision set value = value + 1");
}

/** The same, but for the allowlist. */
export async function emptyStoreButEntries(): Promise<void> {
  await pool().query(
    `truncate ${Object.keys(BY_DELIVERY).join(", ")}, import, raw_block, rejected_record, unkept_rejection, redelivery, import_deletion,
     activity restart identity`,
  );
}
