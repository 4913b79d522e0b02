import { inTransaction, pool } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { ExpectationChange, FeedFault } from "./feed.ts";
import { DAY_MS, KEPT_DAYS, LEARNT_DAYS } from "./hour.ts";
import { learn } from "./learn.ts";

/** Says what is expected of a feed, as long as it is as the admin saw it. */
export async function expectOf(
  seen: { id: string; revision: number },
  change: ExpectationChange,
  admin: { id: string },
  now: Date,
): Promise<Outcome<undefined, FeedFault>> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ revision: number; by: string | null; at: Date | null }>(
      `select feed.revision, person.name as by, feed.changed_at as at
       from feed left join person on person.id = feed.changed_by where feed.id = $1 for update of feed`,
      [seen.id],
    );
    const [feed] = rows;
    if (!feed) return failure({ kind: "gone" });
    if (feed.revision !== seen.revision) {
      return failure({ kind: "changed-meanwhile", by: feed.by, at: feed.at });
    }
    await client.query(
      `update feed set expects = $2, set_minutes = $3, changed_by = $4, changed_at = $5, revision = revision + 1
       where id = $1`,
      [seen.id, change.expects, change.expects === "set" ? change.minutes : null, admin.id, now],
    );
    return success();
  });
}

/** Has every feed learn from its last weeks, and forgets hours that nothing is learnt from any more. */
export async function tendFeeds(now: Date): Promise<void> {
  const kept = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  await pool().query("delete from feed_hour where hour < $1", [kept]);
  await pool().query("delete from source_hour where hour < $1", [kept]);
  const { rows } = await pool().query<{ id: string }>("select id from feed order by id");
  for (const { id } of rows) await learnFeed(id, now);
}

const LAG_DAYS = 7;

async function learnFeed(id: string, now: Date): Promise<void> {
  const since = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const { rows } = await pool().query<{
    index: number;
    events: number;
    minutes: string;
    lags: number[] | null;
  }>(
    `select (extract(epoch from hour) / 3600)::int as index, events, minutes,
       case when hour >= $3 and cardinality(lags) > 0 then lags end as lags
     from feed_hour where feed_id = $1 and hour >= $2 order by hour`,
    [id, since(LEARNT_DAYS), since(LAG_DAYS)],
  );
  const hours = rows.map(({ index, events, minutes }) => ({ index, events, minutes: BigInt(minutes) }));
  const learnt = learn(
    hours,
    rows.flatMap(({ lags }) => (lags ? [lags] : [])),
  );
  // One that has been silent for weeks has nothing left to learn from: what it taught before still holds.
  await pool().query(
    `update feed set learnt_minutes = coalesce($2, learnt_minutes), lag_seconds = coalesce($3, lag_seconds),
       most_lag_seconds = coalesce($4, most_lag_seconds), learnt_at = $5 where id = $1`,
    [id, learnt.learntMinutes, learnt.lagSeconds, learnt.mostLagSeconds, now],
  );
}
