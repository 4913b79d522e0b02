import { z } from "zod";
import { may } from "#lib/access/permission.ts";
import { roleSchema } from "#lib/access/person.ts";
import { db } from "#lib/db/client.ts";
import { type Entry, storedEntrySchema } from "../entry.ts";
import { CHANGE_KINDS, type ChangeKind, type Confirmation, confirmationSchema } from "../entry-move.ts";
import { WATCH_FIELDS, type WatchItem } from "../watch.ts";

/** An entry by its number, with its owner's name, or null. */
export async function getEntry(number: number): Promise<(Entry & { owner: string }) | null> {
  const row = await db().allowEntry.findFirst({
    where: { number },
    include: { owner: { select: { name: true } } },
  });
  return row && { ...storedEntrySchema.parse(row), owner: row.owner.name };
}

export type EntryChange = {
  id: string;
  at: Date;
  /** Null: time did it. */
  by: string | null;
  kind: ChangeKind;
  version: number;
  why: string | null;
  diff: { field: string; before: unknown; after: unknown }[];
  confirmations: Confirmation[];
};

const changesSchema = z.array(
  z.object({
    id: z.guid(),
    at: z.date(),
    by: z.string().nullable(),
    kind: z.enum(CHANGE_KINDS),
    version: z.int(),
    why: z.string().nullable(),
    diff: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    confirmations: z.array(confirmationSchema),
  }),
);

/** All that was ever changed of an entry, the latest first. */
export async function listChanges(entryId: string): Promise<EntryChange[]> {
  return changesSchema.parse(
    await db().$queryRaw<unknown[]>`
      select allow_change.id, at, person.name as by, kind, version, why, diff, confirmations
      from allow_change left join person on person.id = person_id
      where entry_id = ${entryId}::uuid order by allow_change.id desc`,
  );
}

/** Detections by what the entry does to them, and how many alerts they belong to. */
export type EntryHits = {
  suppressed: number;
  matched: number;
  brokeThrough: number;
  observed: number;
  revoked: number;
  alerts: number;
};

const hitsSchema = z.tuple([
  z.object({
    suppressed: z.int(),
    matched: z.int(),
    brokeThrough: z.int(),
    observed: z.int(),
    revoked: z.int(),
    alerts: z.int(),
  }),
]);

export async function getHits(entryId: string): Promise<EntryHits> {
  const [hits] = hitsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with by_alert as (
        select 'suppressed' as kind, alert_id, count(*) as hits
        from detection where entry_id = ${entryId}::uuid group by alert_id
        union all
        select kind, alert_id, count(*) from allow_hit join detection using (occurred_at, event_id, rule_id)
        where allow_hit.entry_id = ${entryId}::uuid and kind <> 'suppressed' group by kind, alert_id
      )
      select coalesce(sum(hits) filter (where kind = 'suppressed'), 0)::int as suppressed,
        coalesce(sum(hits) filter (where kind in ('suppressed', 'matched')), 0)::int as matched,
        coalesce(sum(hits) filter (where kind = 'broke-through'), 0)::int as "brokeThrough",
        coalesce(sum(hits) filter (where kind = 'observed'), 0)::int as observed,
        coalesce(sum(hits) filter (where kind = 'revoked'), 0)::int as revoked,
        count(distinct alert_id)::int as alerts
      from by_alert`,
  );
  return hits;
}

/** Hits of the last 30 UTC days by the time of the event, the oldest day first. */
export async function listDailyHits(entryId: string, now: Date): Promise<number[]> {
  const today = Math.floor(now.getTime() / 86_400_000) * 86_400_000;
  const since = new Date(today - 29 * 86_400_000);
  const rows = await db().$queryRaw<{ hits: number }[]>`
    select count(allow_hit.entry_id)::int as hits
    from generate_series(0, 29) as back
    left join allow_hit on allow_hit.entry_id = ${entryId}::uuid
      and allow_hit.occurred_at >= ${since}::timestamptz + back * interval '24 hours'
      and allow_hit.occurred_at < ${since}::timestamptz + (back + 1) * interval '24 hours'
    group by back order by back`;
  return rows.map(({ hits }) => hits);
}

export type AllowRun = {
  state: "queued" | "running" | "done" | "failed";
  /** Null before they are counted. */
  total: number | null;
  done: number;
  changed: number;
};

/** How far the last change of an entry has been applied to what is stored; null before the first. */
export async function getLatestRun(entryId: string): Promise<AllowRun | null> {
  const run = await db().allowRun.findFirst({
    where: { targetId: entryId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { state: true, total: true, done: true, changed: true },
  });
  return run && { ...run, state: run.state as AllowRun["state"] };
}

export type WatchRow = Omit<WatchItem, "field"> & {
  id: string;
  field: (typeof WATCH_FIELDS)[number];
  addedBy: string;
  addedAt: Date;
};

const watchSchema = z.array(
  z.object({
    id: z.guid(),
    field: z.enum(WATCH_FIELDS),
    value: z.string(),
    reason: z.string(),
    addedBy: z.string(),
    addedAt: z.date(),
  }),
);

/** What is watched for now, the newest first. */
export async function listWatchItems(): Promise<WatchRow[]> {
  return watchSchema.parse(
    await db().$queryRaw<unknown[]>`
      select watch_item.id, field, value, reason, person.name as "addedBy", added_at as "addedAt"
      from watch_item join person on person.id = added_by where removed_at is null order by added_at desc, watch_item.id`,
  );
}

/** Who can own an entry: everybody who may write one. */
export async function listOwners(): Promise<{ id: string; name: string }[]> {
  const people = await db().person.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true, role: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return people
    .filter(({ role }) => may({ role: roleSchema.parse(role) }, "allowlist.draft"))
    .map(({ id, name }) => ({ id, name }));
}
