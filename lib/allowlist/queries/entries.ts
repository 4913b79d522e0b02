import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { ENTRY_STATES, type EntryState, REASON_CLASS_NAMES, type ReasonClass } from "../entry.ts";
import { STALE_DAYS, type StaleReason, staleReasons } from "../stale.ts";

const { join } = Prisma;

/** An entry as the list shows it, with what it has done. */
export type EntryRow = {
  id: string;
  number: number;
  title: string;
  state: EntryState;
  owner: string;
  reasonClass: ReasonClass;
  startsAt: Date;
  expiresAt: Date;
  conditionCount: number;
  /** Detections that it decides about. */
  decisive: number;
  /** Detections that it matches while it enforces, whichever entry decides. */
  matched: number;
  brokeThrough: number;
  observed: number;
  lastHitAt: Date | null;
  /** Different actors among its hits. */
  actors: number;
  /** Hits of the last 30 UTC days by the time of the event, the oldest day first. */
  daily: number[];
  stale: StaleReason[];
};

/** Which entries are shown: those that do something or may soon, those that are over, or all. */
export const ENTRY_VIEWS = {
  active: ["draft", "observing", "enforcing", "paused"],
  ended: ["expired", "revoked", "archived"],
  all: ENTRY_STATES,
} as const satisfies Record<string, readonly EntryState[]>;
export type EntryView = keyof typeof ENTRY_VIEWS;

const rowsSchema = z.array(
  z.object({
    id: z.guid(),
    number: z.int(),
    title: z.string(),
    state: z.enum(ENTRY_STATES),
    owner: z.string(),
    reasonClass: z.enum(REASON_CLASS_NAMES),
    startsAt: z.date(),
    expiresAt: z.date(),
    conditionCount: z.int(),
    decisive: z.int(),
    matched: z.int(),
    brokeThrough: z.int(),
    observed: z.int(),
    lastHitAt: z.date().nullable(),
    actors: z.int(),
    daily: z.array(z.int()),
    activeSince: z.date().nullable(),
    isCovered: z.boolean(),
  }),
);

const DAYS = 30;

/** Entries of a view, those that decide about most first. */
export async function listEntries(view: EntryView, now: Date): Promise<EntryRow[]> {
  const today = new Date(Math.floor(now.getTime() / 86_400_000) * 86_400_000);
  const since = new Date(today.getTime() - (DAYS - 1) * 86_400_000);
  const rows = rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      with by_actor as (
        -- Most hits are these, and stand on the detection itself.
        select entry_id, 'suppressed' as kind, actor_id, count(*) as hits, max(occurred_at) as last_at
        from detection where entry_id is not null group by entry_id, actor_id
        union all
        select allow_hit.entry_id, kind, actor_id, count(*), max(allow_hit.occurred_at)
        from allow_hit join detection using (occurred_at, event_id, rule_id)
        where kind <> 'suppressed' group by allow_hit.entry_id, kind, actor_id
      ), counted as (
        select entry_id,
          sum(hits) filter (where kind = 'suppressed')::int as decisive,
          sum(hits) filter (where kind in ('suppressed', 'matched'))::int as matched,
          sum(hits) filter (where kind = 'broke-through')::int as broke_through,
          sum(hits) filter (where kind = 'observed')::int as observed,
          max(last_at) as last_hit_at,
          count(distinct actor_id)::int as actors
        from by_actor group by entry_id
      ), by_day as (
        select entry_id, date_trunc('day', occurred_at at time zone 'UTC') as day, count(*)::int as hits
        from allow_hit where occurred_at >= ${since} group by 1, 2
      )
      select entry.id, number, title, state, person.name as owner, reason_class as "reasonClass",
        starts_at as "startsAt", expires_at as "expiresAt", jsonb_array_length(conditions) as "conditionCount",
        coalesce(decisive, 0) as decisive, coalesce(matched, 0) as matched,
        coalesce(broke_through, 0) as "brokeThrough", coalesce(observed, 0) as observed,
        last_hit_at as "lastHitAt", coalesce(actors, 0) as actors,
        array(
          select coalesce(hits, 0) from generate_series(0, ${DAYS - 1}::int) as back
          left join by_day on by_day.entry_id = entry.id
            and day = (${since}::timestamptz at time zone 'UTC') + back * interval '1 day'
          order by back
        ) as daily,
        (select min(own.starts_at) from allow_interval own where own.entry_id = entry.id and own.ends_at > ${now})
          as "activeSince",
        coalesce(matched, 0) > 0 and coalesce(decisive, 0) = 0 as "isCovered"
      from allow_entry entry join person on person.id = owner_id left join counted on counted.entry_id = entry.id
      where state in (${join([...ENTRY_VIEWS[view]])})
      order by decisive desc, number desc`,
  );
  return rows.map(({ activeSince, isCovered, ...row }) => ({
    ...row,
    stale: staleReasons({ ...row, activeSince, isCovered }, now),
  }));
}

/** How many entries are in each view. */
export async function countEntries(): Promise<Record<EntryView, number>> {
  const groups = await db().allowEntry.groupBy({ by: ["state"], _count: true });
  const count = (view: EntryView) =>
    groups
      .filter(({ state }) => (ENTRY_VIEWS[view] as readonly string[]).includes(state))
      .reduce((total, { _count }) => total + _count, 0);
  return { active: count("active"), ended: count("ended"), all: count("all") };
}

/** Entries that need somebody soon: for the navigation. */
export async function countExpiringEntries(now: Date): Promise<number> {
  return await db().allowEntry.count({
    where: {
      state: { in: ["observing", "enforcing"] },
      expiresAt: { gt: now, lte: new Date(now.getTime() + STALE_DAYS["expires-soon"] * 86_400_000) },
    },
  });
}
