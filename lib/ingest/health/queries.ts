import { z } from "zod";
import { pool } from "#lib/db/client.ts";
import { LOG_SOURCES } from "#lib/logs/normalize/event.ts";
import type { ImportKind } from "../import.ts";
import { EXPECTATIONS, type Feed, type FeedState, feedState, type Source } from "./feed.ts";
import { DAY_MS, type FeedHour, HOUR_MS, LEARNT_DAYS } from "./hour.ts";
import { addLags, lagQuantile, noLags } from "./lag.ts";
import { isRejecting, type SourceDay } from "./source-day.ts";

/** A feed with what people are shown of it. */
export type FeedStanding = Feed & {
  state: FeedState;
  revision: number;
  /** Who last said what is expected of it. */
  changedByName: string | null;
  changedAt: Date | null;
  /** Within so many seconds half of what arrived in the last 24 hours came; null: nothing did. */
  lagSeconds: number | null;
  /** The same of nine events of ten, as it usually is. */
  mostLagSeconds: number | null;
  /** Hours of its last week, and those before of which its rate now is told; one without events may be missing. */
  hours: Omit<FeedHour, "minutes">[];
  /** The first of the last weeks' hours of which anything is known; null: none. */
  sinceIndex: number | null;
};

/** The worst first. */
const ORDER: Readonly<Record<FeedState, number>> = { silent: 0, late: 1, new: 2, ok: 3 };

/** The feeds, or those of one source, what is wrong first: at most `most` of them, with how many there are. */
export async function listFeeds(
  now: Date,
  most: number,
  source?: Source,
): Promise<{ rows: FeedStanding[]; all: number }> {
  const feeds = source
    ? await readFeeds("source_kind = $1 and source_key = $2", [source.kind, source.key])
    : await readFeeds("true");
  const sorted = feeds
    .map((feed) => ({ ...feed, state: feedState(feed, now) }))
    .sort((a, b) => ORDER[a.state] - ORDER[b.state])
    .slice(0, most);
  const histories = await readHistories(
    sorted.map(({ id }) => id),
    now,
  );
  const rows = sorted.map((feed): FeedStanding => {
    const history = histories.get(feed.id);
    const { lagSeconds = null, hours = [], sinceIndex = null } = history ?? {};
    return { ...feed, lagSeconds, hours, sinceIndex };
  });
  return { rows, all: feeds.length };
}

/** Sources of feeds that are silent or late, one for each of these. Quick: every page asks. */
export async function listFeedsInTrouble(now: Date): Promise<Source[]> {
  const feeds = await readFeeds("expects <> 'never' and coalesce(last_event_at, first_at) < $1", [now]);
  return feeds
    .filter((feed) => ["silent", "late"].includes(feedState(feed, now)))
    .map(({ source }) => source);
}

async function readFeeds(where: string, values: unknown[] = []) {
  const { rows } = await pool().query(
    `select feed.id, source_kind, source_key, log_source, account, first_at, last_event_at, last_arrival_at, expects,
       set_minutes, learnt_minutes, most_lag_seconds, revision, changed_at, person.name as changed_by_name
     from feed left join person on person.id = feed.changed_by
     where ${where} order by source_kind, source_key, log_source, account, feed.id`,
    values,
  );
  return feedsSchema.parse(rows).map((row) => ({
    id: row.id,
    source: { kind: row.source_kind as ImportKind, key: row.source_key },
    logSource: row.log_source,
    account: row.account,
    firstAt: row.first_at,
    lastEventAt: row.last_event_at,
    lastArrivalAt: row.last_arrival_at,
    expects: row.expects,
    setMinutes: row.set_minutes,
    learntMinutes: row.learnt_minutes,
    mostLagSeconds: row.most_lag_seconds,
    revision: row.revision,
    changedAt: row.changed_at,
    changedByName: row.changed_by_name,
  }));
}

const feedsSchema = z.array(
  z.object({
    id: z.guid(),
    source_kind: z.string(),
    source_key: z.string(),
    log_source: z.enum(LOG_SOURCES),
    account: z.string(),
    first_at: z.date(),
    last_event_at: z.date().nullable(),
    last_arrival_at: z.date().nullable(),
    expects: z.enum(EXPECTATIONS),
    set_minutes: z.int().nullable(),
    learnt_minutes: z.int().nullable(),
    most_lag_seconds: z.int().nullable(),
    revision: z.int(),
    changed_at: z.date().nullable(),
    changed_by_name: z.string().nullable(),
  }),
);

type History = Pick<FeedStanding, "lagSeconds" | "hours" | "sinceIndex">;

async function readHistories(ids: readonly string[], now: Date): Promise<Map<string, History>> {
  const { rows } = await pool().query(
    `select feed.id, hours.indexes, hours.events, lags.lags, (extract(epoch from since.hour) / 3600)::int as since_index
     from feed
       cross join lateral (select array_agg((extract(epoch from hour) / 3600)::int order by hour) as indexes,
           array_agg(events order by hour) as events
         from feed_hour where feed_id = feed.id and hour >= $2 and (hour >= $3 or extract(hour from hour)
           = extract(hour from $5::timestamptz - coalesce(most_lag_seconds, 0) * interval '1 second'))) hours
       cross join lateral (select array_agg(lags) as lags
         from feed_hour where feed_id = feed.id and hour >= $4 and cardinality(lags) > 0) lags
       cross join lateral (select min(hour) as hour from feed_hour where feed_id = feed.id and hour >= $2) since
     where feed.id = any($1::uuid[])`,
    [
      ids,
      ...[LEARNT_DAYS, 7, 1].map((days) => new Date(now.getTime() - days * DAY_MS)),
      new Date(now.getTime() - HOUR_MS),
    ],
  );
  return new Map(historiesSchema.parse(rows).map((row) => [row.id, historyOf(row)]));
}

const historiesSchema = z.array(
  z.object({
    id: z.guid(),
    indexes: z.array(z.int()).nullable(),
    events: z.array(z.int()).nullable(),
    lags: z.array(z.array(z.int())).nullable(),
    since_index: z.int().nullable(),
  }),
);

function historyOf({ indexes, events, lags, since_index }: z.infer<typeof historiesSchema>[number]): History {
  return {
    lagSeconds: lagQuantile((lags ?? []).reduce(addLags, noLags()), 0.5),
    hours: (indexes ?? []).map((index, at) => ({ index, events: events?.[at] ?? 0 })),
    sinceIndex: since_index,
  };
}

/** What each source that delivered something in the last weeks, or one of them, delivered in the last 24 hours. */
export async function listSourceDays(now: Date, source?: Source): Promise<SourceDay[]> {
  const { rows } = await pool().query(
    `select source_kind, source_key, max(last_at) as last_at,
       coalesce(sum(records) filter (where hour > $1), 0)::float8 as records,
       coalesce(sum(rejected) filter (where hour > $1), 0)::float8 as rejected,
       coalesce(sum(bytes) filter (where hour > $1), 0)::float8 as bytes
     from source_hour where $2::text is null or (source_kind = $2 and source_key = $3)
     group by source_kind, source_key order by source_kind, source_key`,
    [new Date(now.getTime() - DAY_MS), source?.kind ?? null, source?.key ?? null],
  );
  return daysSchema.parse(rows).map(dayOf);
}

/** Sources of which somebody should see why so much is rejected. Quick: every page asks. */
export async function listRejecting(now: Date): Promise<Source[]> {
  const { rows } = await pool().query(
    `select source_kind, source_key, max(last_at) as last_at, sum(records)::float8 as records,
       sum(rejected)::float8 as rejected, sum(bytes)::float8 as bytes
     from source_hour where hour > $1 group by source_kind, source_key`,
    [new Date(now.getTime() - DAY_MS)],
  );
  return daysSchema
    .parse(rows)
    .map(dayOf)
    .filter(isRejecting)
    .map(({ source }) => source);
}

/** How many records were rejected in the last 24 hours. Quick: every page asks. */
export async function countRejected(now: Date): Promise<number> {
  const { rows } = await pool().query(
    "select coalesce(sum(rejected), 0)::float8 as rejected from source_hour where hour > $1",
    [new Date(now.getTime() - DAY_MS)],
  );
  return z.object({ rejected: z.number() }).parse(rows[0]).rejected;
}

const daysSchema = z.array(
  z.object({
    source_kind: z.string(),
    source_key: z.string(),
    last_at: z.date(),
    records: z.number(),
    rejected: z.number(),
    bytes: z.number(),
  }),
);

function dayOf({
  source_kind,
  source_key,
  last_at,
  ...counts
}: z.infer<typeof daysSchema>[number]): SourceDay {
  return { ...counts, source: { kind: source_kind as ImportKind, key: source_key }, lastAt: last_at };
}
