import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { storedConditionsSchema } from "../condition.ts";
import { type Decide, decider, type Interval } from "../decide.ts";
import { WATCH_FIELDS, type Watch, watcher } from "../watch.ts";

/** Held shared by whoever decides by the allowlist, alone by whoever changes it. */
export const ALLOWLIST_KEY = 1_525_020;

/** The allowlist and the watch list as they stand in a transaction. */
export type InForce = { decide: Decide; isWatched: Watch };

const holder = globalThis as typeof globalThis & {
  barnacleAllowlist?: { revision: string; inForce: InForce };
};

/** What is in force, unchanged until the transaction ends. Read anew only when it has changed. */
export async function holdAllowlist(client: Transaction): Promise<InForce> {
  await client.query("select pg_advisory_xact_lock_shared($1)", [ALLOWLIST_KEY]);
  const revision = await revisionOf(client);
  if (holder.barnacleAllowlist?.revision !== revision) {
    holder.barnacleAllowlist = { revision, inForce: await read(client) };
  }
  return holder.barnacleAllowlist.inForce;
}

/** The database's own name beside it: tests use several in one process. */
async function revisionOf(client: Transaction): Promise<string> {
  const { rows } = await client.query<{ revision: string }>(
    "select current_database() || ' ' || coalesce((select value from allow_revision where id = 1), 0) as revision",
  );
  return rows[0]?.revision ?? "";
}

const intervalsSchema = z.array(
  z
    .object({
      entry_id: z.guid(),
      created_at: z.date(),
      mode: z.enum(["observing", "enforcing"]),
      starts_at: z.date(),
      ends_at: z.date(),
      conditions: storedConditionsSchema,
      signals: z.array(z.enum(SIGNALS)),
      void: z.boolean(),
    })
    .transform(
      (row): Interval => ({
        entryId: row.entry_id,
        createdAt: row.created_at,
        mode: row.mode,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        conditions: row.conditions,
        signals: row.signals,
        void: row.void,
      }),
    ),
);
const watchedSchema = z.array(z.object({ field: z.enum(WATCH_FIELDS), value: z.string() }));

async function read(client: Transaction): Promise<InForce> {
  const intervals = await client.query(
    `select entry_id, allow_entry.created_at, mode, allow_interval.starts_at, ends_at, allow_interval.conditions,
       allow_interval.signals, void
     from allow_interval join allow_entry on allow_entry.id = entry_id where allow_interval.starts_at < ends_at`,
  );
  const watched = await client.query("select field, value from watch_item where removed_at is null");
  return {
    decide: decider(intervalsSchema.parse(intervals.rows)),
    isWatched: watcher(watchedSchema.parse(watched.rows)),
  };
}
