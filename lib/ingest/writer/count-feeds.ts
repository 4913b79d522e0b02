import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { type Expectation, isByHand, type Source } from "../health/feed.ts";
import { DAY_MS, hourIndex, KEPT_DAYS, MinuteSet, startOfHour } from "../health/hour.ts";
import { lagBucket, noLags } from "../health/lag.ts";
import { type ImportKind, isLive } from "../import.ts";
import type { Batch, FoundEvent } from "../pipeline.ts";
import type { Delivery } from "./write-batch.ts";

/** So many accounts of a log are told apart for each source: what a log names is not ours to bound. */
const MOST_FEEDS = 1000;
/** Longer than any account is; a longer text would not go into an index. */
const LONGEST_ACCOUNT = 200;

type Found = {
  id: string;
  logSource: string;
  account: string;
  lastEventAt: Date | null;
  hours: Map<number, Hour>;
};
type Hour = { events: number; minutes: MinuteSet; lags: number[] | null };

/**
 * Counts a batch for the health of its source: what happened in which hour, by log and account, and what arrived now. Where
 * something happened is a set and the latest event a maximum, so that a record that comes again changes neither; how many
 * and how late are counted of `added`, the events that were not stored before.
 */
export async function countFeeds(
  client: Transaction,
  batch: Batch,
  added: readonly FoundEvent[],
  delivery: Delivery,
): Promise<void> {
  const source = await sourceOf(client, delivery.importId);
  if (!source) return;
  const feeds = gather(source, batch, added, delivery);
  const hours = feeds.flatMap(({ id, hours: of }) =>
    [...of].map(([index, hour]) => ({ id, index, ...hour })),
  );
  const records = [...batch.events, ...batch.rejected];
  const expects: Expectation = isByHand(source.kind) ? "never" : "learnt";
  await client.query(COUNT, [
    source.kind,
    source.key,
    delivery.now,
    expects,
    feeds.map(({ id }) => id),
    feeds.map(({ logSource }) => logSource),
    feeds.map(({ account }) => account),
    feeds.map(({ lastEventAt }) => lastEventAt),
    hours.map(({ id }) => id),
    hours.map(({ index }) => startOfHour(index)),
    hours.map(({ events }) => events),
    hours.map(({ minutes }) => minutes.bits()),
    hours.map(({ lags }) => `{${(lags ?? []).join(",")}}`),
    startOfHour(hourIndex(delivery.now)),
    records.length + batch.repeated,
    batch.rejected.length,
    records.reduce((sum, { raw }) => sum + raw.bytes.length, 0),
  ]);
}

/** Undefined: what was fetched for somebody beside the feeds says nothing of them. */
async function sourceOf(client: Transaction, importId: string): Promise<Source | undefined> {
  const { rows } = await client.query<{ kind: ImportKind; key: string | null }>(
    `select kind, case kind when 'sumo' then connection_id::text else coalesce(source, '') end as key
     from import where id = $1`,
    [importId],
  );
  const [row] = rows;
  return row && row.key !== null ? { kind: row.kind, key: row.key } : undefined;
}

function gather(
  source: Source,
  batch: Batch,
  added: readonly FoundEvent[],
  { takenAs, now }: Delivery,
): Found[] {
  const feeds = new Map<string, Found>();
  const isNew = new Set(added.map(({ event }) => event.id));
  for (const { event } of batch.events) {
    const { occurredAt } = event;
    const feed = feedOf(feeds, source, event.logSource, event.account ?? "");
    // A clock that is ahead would make a feed look alive until then.
    if (occurredAt > now) continue;
    if (isLive(takenAs, occurredAt, now)) addArrival(feed, occurredAt, now, isNew.has(event.id));
    if (occurredAt.getTime() < now.getTime() - KEPT_DAYS * DAY_MS) continue;
    const hour = hourOf(feed, hourIndex(occurredAt));
    hour.minutes.add(occurredAt);
    if (isNew.has(event.id)) hour.events++;
  }
  return [...feeds.values()];
}

function addArrival(feed: Found, occurredAt: Date, now: Date, isNew: boolean): void {
  if (!feed.lastEventAt || feed.lastEventAt < occurredAt) feed.lastEventAt = occurredAt;
  if (!isNew) return;
  const hour = hourOf(feed, hourIndex(now));
  hour.lags ??= noLags();
  const bucket = lagBucket(now.getTime() - occurredAt.getTime());
  hour.lags[bucket] = (hour.lags[bucket] ?? 0) + 1;
}

function feedOf(feeds: Map<string, Found>, source: Source, logSource: string, named: string): Found {
  const account = storable(named.slice(0, LONGEST_ACCOUNT));
  const key = `${logSource} ${account}`;
  const known = feeds.get(key);
  if (known) return known;
  const id = nameId(source.kind, source.key, logSource, account);
  const feed: Found = { id, logSource, account, lastEventAt: null, hours: new Map() };
  feeds.set(key, feed);
  return feed;
}

function hourOf({ hours }: Found, index: number): Hour {
  const known = hours.get(index);
  if (known) return known;
  const hour: Hour = { events: 0, minutes: new MinuteSet(), lags: null };
  hours.set(index, hour);
  return hour;
}

const COUNT = `
  with given as (
    select * from unnest($5::uuid[], $6::text[], $7::text[], $8::timestamptz[])
      as given (id, log_source, account, last_event_at)
  ), room as (
    select log_source, ${MOST_FEEDS} - count(*) as left_over from feed
    where source_kind = $1 and source_key = $2 and log_source in (select log_source from given) group by log_source
  ), admitted as (
    select given.* from (
      select given.*, feed.id is not null as is_known,
        row_number() over (partition by given.log_source, feed.id is not null order by given.id) as place
      from given left join feed using (id)
    ) given left join room using (log_source)
    where is_known or place <= coalesce(left_over, ${MOST_FEEDS})
  ), kept as (
    insert into feed (id, source_kind, source_key, log_source, account, first_at, last_event_at, last_arrival_at, expects)
    select id, $1, $2, log_source, account, $3::timestamptz, last_event_at,
      case when last_event_at is not null then $3::timestamptz end, $4
    from admitted order by id
    on conflict (id) do update set
      last_event_at = greatest(feed.last_event_at, excluded.last_event_at),
      last_arrival_at = greatest(feed.last_arrival_at, excluded.last_arrival_at)
  ), counted as (
    insert into feed_hour (feed_id, hour, events, minutes, lags)
    select feed_id, hour, events, minutes, lags::int[]
    from unnest($9::uuid[], $10::timestamptz[], $11::int[], $12::bigint[], $13::text[])
      as one (feed_id, hour, events, minutes, lags)
    where feed_id in (select id from admitted) order by feed_id, hour
    on conflict (feed_id, hour) do update set events = feed_hour.events + excluded.events,
      minutes = feed_hour.minutes | excluded.minutes,
      lags = array(select coalesce(before, 0) + coalesce(more, 0)
        from unnest(feed_hour.lags, excluded.lags) with ordinality as pair (before, more, place) order by place)
  )
  insert into source_hour (hour, source_kind, source_key, records, rejected, bytes, last_at)
  values ($14::timestamptz, $1, $2, $15, $16, $17, $3::timestamptz)
  on conflict (hour, source_kind, source_key) do update set records = source_hour.records + excluded.records,
    rejected = source_hour.rejected + excluded.rejected, bytes = source_hour.bytes + excluded.bytes,
    last_at = greatest(source_hour.last_at, excluded.last_at)`;
