import type { Route } from "next";
import Link from "next/link";
import type { Source } from "#lib/ingest/health/feed.ts";
import { listFeeds, listSourceDays } from "#lib/ingest/health/queries.ts";
import { SectionFrame } from "../_components/section.tsx";
import { readStandings } from "../source-standings.ts";
import { count, summaryWords } from "./feed-words.ts";
import classes from "./feeds.module.css";
import { FeedsTable } from "./feeds-table.tsx";
import { groupFeeds } from "./group-feeds.ts";

const SOME = 100;
const ALL = 5000;

type FeedsProps = {
  /** What brings them; undefined: anything. */
  source?: Source;
  isAll?: boolean;
  mayManage: boolean;
  now: Date;
};

/** Whether what is delivered comes as it usually does. */
export async function Feeds({ source, isAll = false, mayManage, now }: FeedsProps) {
  const [{ rows, all }, days, standings] = await Promise.all([
    listFeeds(now, isAll ? ALL : SOME, source),
    listSourceDays(now, source),
    readStandings(now),
  ]);
  const groups = groupFeeds(rows, days, standings);
  const summary = groups.length === 0 ? "Nothing has been delivered yet." : summaryWords(groups, all);
  return (
    <SectionFrame id="feeds" title="Feeds" about={summary}>
      {groups.length > 0 ? <FeedsTable groups={groups} mayManage={mayManage} now={now} /> : null}
      {rows.length < all ? (
        <p className={classes.more}>
          These are {count(rows.length, "feed")} of {all.toLocaleString("en-GB")}, what is wrong first.{" "}
          <Link href={"/sources?feeds=all#feeds" as Route}>Show all</Link>
        </p>
      ) : null}
      {source ? null : <How />}
    </SectionFrame>
  );
}

function How() {
  return (
    <p className={classes.how}>
      A feed is one log of one account by one source. The longest silence is learnt from its last four weeks:
      what nine days of ten do not exceed, a quarter more, and what nine events of ten take to arrive. The lag
      is what half of the events of the last 24 hours took to arrive. The usual rate is the median of the same
      hour (UTC) on weekdays, or on weekends. What was delivered as history teaches, and makes nothing look
      alive.
    </p>
  );
}
