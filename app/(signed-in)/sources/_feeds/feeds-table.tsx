import type { Route } from "next";
import Link from "next/link";
import type { Source } from "#lib/ingest/health/feed.ts";
import { DAY_MS } from "#lib/ingest/health/hour.ts";
import lines from "../../../_ui/table.module.css";
import { formatAgo, formatUtc } from "../../../_ui/time.tsx";
import { rejectedHref } from "../../imports/rejected/search-params.ts";
import { connectionHref } from "../search-params.ts";
import { RejectingMark } from "./feed-mark.tsx";
import { FeedRow } from "./feed-row.tsx";
import { dayWords, sourceStateWords, sourceWords } from "./feed-words.ts";
import classes from "./feeds.module.css";
import type { FeedGroup } from "./group-feeds.ts";

const COLUMNS = 8;

type FeedsTableProps = { groups: readonly FeedGroup[]; mayManage: boolean; now: Date };

/** What each source brings, by log and account. */
export function FeedsTable({ groups, mayManage, now }: FeedsTableProps) {
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">Feeds, by what brings them</caption>
        <thead>
          <tr>
            <th scope="col">Log and account</th>
            <th scope="col">State</th>
            <th scope="col">In a sentence</th>
            <th scope="col" className={classes.roomy}>
              Last event
            </th>
            <th scope="col" className="number">
              Lag
            </th>
            <th scope="col" className="number">
              Events an hour
            </th>
            <th scope="col">Last 7 days, by the hour</th>
            <th scope="col">Longest silence</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={`${group.source.kind} ${group.source.key}`}>
            <GroupRow group={group} now={now} />
            {group.feeds.map((feed) => (
              <FeedRow key={feed.id} feed={feed} group={group} mayManage={mayManage} now={now} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function GroupRow({ group, now }: { group: FeedGroup; now: Date }) {
  const { source, day, isRejecting, state } = group;
  const { name, kind } = sourceWords(group);
  const { records, rejected } = dayWords(day);
  return (
    <tr>
      <th scope="rowgroup" colSpan={COLUMNS} className={classes.group}>
        <div className={classes.groupLine}>
          <span className={classes.groupName} title={name}>
            {source.kind === "sumo" ? (
              <Link href={connectionHref(source.key)}>{name}</Link>
            ) : (
              <bdi>{name}</bdi>
            )}
          </span>
          {kind ? <span className="secondary">{kind}</span> : null}
          {isRejecting ? <RejectingMark /> : null}
          <span className="secondary">
            {records}
            {rejected ? (
              <>
                , <Link href={rejectedOf(source, now)}>{rejected}</Link>
              </>
            ) : null}
            {day ? (
              <span title={formatUtc(day.lastAt)}>; last delivery {formatAgo(day.lastAt, now)}</span>
            ) : null}
            {sourceStateWords(source, state)}
          </span>
        </div>
      </th>
    </tr>
  );
}

function rejectedOf({ kind, key }: Source, now: Date): Route {
  return rejectedHref({ kind, source: key || undefined, from: yesterday(now) });
}

/** The day (UTC) on which the last 24 hours began. */
function yesterday(now: Date): string {
  return new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
}
