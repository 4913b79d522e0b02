import type { Route } from "next";
import Link from "next/link";
import { isByHand } from "#lib/ingest/health/feed.ts";
import { rateOf } from "#lib/ingest/health/rate.ts";
import { Account } from "../../../_organisation/account.tsx";
import { formatAgo, formatUtc } from "../../../_ui/time.tsx";
import { LOG_WORDS } from "../../events/_components/words.ts";
import { formatDuration } from "../_components/duration.ts";
import { Expectation } from "./expectation.tsx";
import { FeedMark } from "./feed-mark.tsx";
import { expectationWords, feedSentence, lengthWords, sourceWords } from "./feed-words.ts";
import classes from "./feeds.module.css";
import type { FeedGroup, ShownFeed } from "./group-feeds.ts";
import { HourlyBars } from "./hourly-bars.tsx";

type FeedRowProps = { feed: ShownFeed; group: FeedGroup; mayManage: boolean; now: Date };

export function FeedRow({ feed, group, mayManage, now }: FeedRowProps) {
  const { account, lastEventAt, hours } = feed;
  const log = LOG_WORDS[feed.logSource];
  return (
    <tr>
      <td className={classes.log}>
        <Link href={eventsOf(feed)}>{log}</Link>
        <span className={classes.account}>
          {account === "" ? "no account named" : <Account account={account} />}
        </span>
      </td>
      <td>
        <FeedMark state={feed.state} />
      </td>
      <td className={classes.sentence} title={lastEventAt ? formatUtc(lastEventAt) : undefined}>
        {feedSentence(feed, now)}
      </td>
      <td className={classes.roomy} title={lastEventAt ? formatUtc(lastEventAt) : undefined}>
        {lastEventAt ? formatAgo(lastEventAt, now) : <span className="secondary">–</span>}
      </td>
      <Lag feed={feed} />
      <RateCell feed={feed} now={now} />
      <td>
        <HourlyBars hours={hours} now={now} />
      </td>
      <td>
        <span className={classes.expected}>
          <span>
            {expectationWords(feed)}
            <span className={classes.below}>{whose(feed, now)}</span>
          </span>
          {mayManage ? (
            <Expectation
              seen={{ id: feed.id, revision: feed.revision }}
              of={`${log}${account === "" ? "" : ` of ${account}`} by ${sourceWords(group).name}`}
              expects={feed.expects}
              setMinutes={feed.setMinutes}
              learnt={feed.learntMinutes === null ? null : lengthWords(feed.learntMinutes)}
            />
          ) : null}
        </span>
      </td>
    </tr>
  );
}

function whose({ expects, learntMinutes, changedByName, changedAt }: ShownFeed, now: Date): string {
  if (expects === "learnt") return learntMinutes === null ? "after a week of events" : "learnt";
  if (!changedByName || !changedAt) return "brought by hand";
  return `set by ${changedByName} ${formatAgo(changedAt, now)}`;
}

/** Only what comes by itself comes sooner or later: of what people bring it says nothing. */
function Lag({ feed: { lagSeconds, mostLagSeconds, source } }: { feed: ShownFeed }) {
  if (lagSeconds === null || isByHand(source.kind)) {
    return <td className="number secondary">–</td>;
  }
  const usual =
    mostLagSeconds === null
      ? ""
      : `; usually nine of ten come within ${formatDuration(mostLagSeconds * 1000)}`;
  return (
    <td
      className="number"
      title={`Half of the events that came in the last 24 hours had happened at most so long before${usual}`}
    >
      {formatDuration(lagSeconds * 1000)}
    </td>
  );
}

function RateCell({ feed, now }: { feed: ShownFeed; now: Date }) {
  if (isByHand(feed.source.kind)) return <td className="number secondary">–</td>;
  const { events, hour, usual } = rateOf(feed, now);
  return (
    <td className="number" title={`In the hour from ${formatUtc(hour)}`}>
      {events.toLocaleString("en-GB")}
      <span className={classes.below}>
        {usual === null ? "usual not known yet" : `usually ${usual.toLocaleString("en-GB")}`}
      </span>
    </td>
  );
}

function eventsOf({ logSource, account }: ShownFeed): Route {
  const query = new URLSearchParams({ log: logSource, ...(account !== "" && { account }) });
  return `/events?${query}` as Route;
}
