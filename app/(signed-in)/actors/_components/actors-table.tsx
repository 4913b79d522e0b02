import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ActorRow } from "#lib/actors/actor.ts";
import type { ActorFilter, ActorSort } from "#lib/actors/actor-filter.ts";
import { Account, ApplicationName } from "../../../_organisation/account.tsx";
import { applicationIn } from "../../../_organisation/names.ts";
import lines from "../../../_ui/table.module.css";
import { Time } from "../../../_ui/time.tsx";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { actorHref, actorsHref, alertsOfActorHref, suppressedOfActorHref } from "../search-params.ts";
import classes from "./actors-table.module.css";
import { KIND_WORDS } from "./words.ts";

type SortName = "seen" | "events" | "detections" | "alerts" | "open";
type Column = { name: string; head: string; sort?: SortName; isNumber?: boolean };

const COLUMNS: readonly Column[] = [
  { name: "actor", head: "Actor" },
  { name: "kind", head: "Kind" },
  { name: "platform", head: "Platform" },
  { name: "accounts", head: "Accounts" },
  { name: "events", head: "Events", sort: "events", isNumber: true },
  { name: "detections", head: "Detections", sort: "detections", isNumber: true },
  { name: "suppressed", head: "Suppressed", isNumber: true },
  { name: "alerts", head: "Alerts", sort: "alerts", isNumber: true },
  { name: "open", head: "Open", sort: "open", isNumber: true },
  { name: "addresses", head: "Addresses", isNumber: true },
  { name: "networks", head: "Networks", isNumber: true },
  { name: "first", head: "First seen" },
  { name: "last", head: "Last seen", sort: "seen" },
];

type ActorsTableProps = {
  rows: ActorRow[];
  filter: ActorFilter;
  zone: string;
  now: Date;
  previous: Route | null;
  next: Route | null;
};

export function ActorsTable({ rows, filter, zone, now, previous, next }: ActorsTableProps) {
  return (
    <>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.table}`}>
          <caption className="visually-hidden">Actors, times in {zone}</caption>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <Head key={column.name} column={column} filter={filter} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} filter={filter} zone={zone} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      <nav className={lines.pager} aria-label="Pages">
        <span className={classes.zone}>Times in {zone}</span>
        {previous ? (
          <Link href={previous} rel="prev">
            <ChevronLeft size={14} aria-hidden="true" /> previous page
          </Link>
        ) : null}
        {next ? (
          <Link href={next} rel="next">
            next page <ChevronRight size={14} aria-hidden="true" />
          </Link>
        ) : null}
      </nav>
    </>
  );
}

function Head({ column: { name, head, sort, isNumber }, filter }: { column: Column; filter: ActorFilter }) {
  const isDown = filter.sort === `-${sort}`;
  const isUp = filter.sort === sort;
  const next = (isDown ? sort : `-${sort}`) as ActorSort;
  const Arrow = isDown ? ArrowDown : isUp ? ArrowUp : null;
  return (
    <th
      scope="col"
      data-column={name}
      className={isNumber ? "number" : undefined}
      aria-sort={isDown ? "descending" : isUp ? "ascending" : undefined}
    >
      {sort ? (
        <Link
          href={actorsHref(filter, { sort: next === "-seen" ? null : next })}
          className={classes.sort}
          prefetch={false}
        >
          {head}
          {Arrow ? <Arrow size={12} aria-hidden="true" /> : null}
        </Link>
      ) : (
        head
      )}
    </th>
  );
}

type RowProps = { row: ActorRow; filter: ActorFilter; zone: string; now: Date };

function Row({ row, filter, zone, now }: RowProps) {
  const [account] = row.accounts;
  return (
    <tr>
      <td data-column="actor" title={row.key}>
        <Link href={actorHref(row.id)} className={lines.open} prefetch={false}>
          <bdi className={classes.name}>{row.name}</bdi>
        </Link>
        <ApplicationName id={applicationIn(row.key)} />
      </td>
      <td>
        <Pivot href={actorsHref(filter, { kind: row.kind })} title="Only this kind">
          {KIND_WORDS[row.kind]}
        </Pivot>
      </td>
      <td>
        <Pivot href={actorsHref(filter, { platform: row.platform })} title="Only this platform">
          {PLATFORM_WORDS[row.platform]}
        </Pivot>
      </td>
      <td>
        {account === undefined ? (
          <span className="secondary">–</span>
        ) : (
          <Pivot href={actorsHref(filter, { account })} title={`Only actors in ${account}`}>
            <Account account={account} />
          </Pivot>
        )}
        {row.accountCount > 1 ? <span className="secondary"> +{row.accountCount - 1}</span> : null}
      </td>
      <Count value={row.events} href={actorHref(row.id)} />
      <Count value={row.detections} href={alertsOfActorHref(row.id, "all")} />
      <Count value={row.suppressed} href={suppressedOfActorHref(row.id)} />
      <Count value={row.alerts} href={alertsOfActorHref(row.id, "all")} />
      <Count value={row.open} href={alertsOfActorHref(row.id, "open")} />
      <Count value={row.addressCount} />
      <Count value={row.networkCount} />
      <td>
        <Time time={row.firstSeen} zone={zone} now={now} />
      </td>
      <td>
        <Time time={row.lastSeen} zone={zone} now={now} />
      </td>
    </tr>
  );
}

function Count({ value, href }: { value: number; href?: Route }) {
  const words = value.toLocaleString("en-GB");
  return (
    <td className="number" data-zero={value === 0}>
      {href && value > 0 ? (
        <Link href={href} className={classes.pivot} prefetch={false}>
          {words}
        </Link>
      ) : (
        words
      )}
    </td>
  );
}

function Pivot({ href, title, children }: { href: Route; title: string; children: ReactNode }) {
  return (
    <Link href={href} className={classes.pivot} title={title} prefetch={false}>
      {children}
    </Link>
  );
}
