import Link from "next/link";
import { entryName, REASON_CLASSES } from "#lib/allowlist/entry.ts";
import { countEntries, type EntryRow, type EntryView, listEntries } from "#lib/allowlist/queries/entries.ts";
import { Notice } from "../../../_ui/notice.tsx";
import lines from "../../../_ui/table.module.css";
import { formatAgo, formatUtc } from "../../../_ui/time.tsx";
import { entryHref, viewHref } from "../search-params.ts";
import { DailyHits } from "./daily-hits.tsx";
import classes from "./entries.module.css";
import { Expiry } from "./expiry.tsx";
import { StateMark } from "./state-mark.tsx";
import { STALE_WORDS } from "./words.ts";

type EntriesProps = { view: EntryView; zone: string; now: Date };

/** The entries of a view, with what each has done. */
export async function Entries({ view, now }: EntriesProps) {
  const [rows, counts] = await Promise.all([listEntries(view, now), countEntries()]);
  return (
    <section className={classes.section} aria-label="Entries">
      <header className={classes.header}>
        <h2>Entries</h2>
        <Tabs view={view} counts={counts} />
      </header>
      {rows.length === 0 ? <NoEntries view={view} all={counts.all} /> : <Table rows={rows} now={now} />}
    </section>
  );
}

const VIEW_LABELS = { active: "Active", ended: "Ended", all: "All" } as const satisfies Record<
  EntryView,
  string
>;
const VIEWS = Object.keys(VIEW_LABELS) as EntryView[];

function Tabs({ view, counts }: { view: EntryView; counts: Record<EntryView, number> }) {
  return (
    <nav aria-label="Which entries">
      <ul className={classes.tabs}>
        {VIEWS.map((one) => (
          <li key={one}>
            <Link href={viewHref(one)} aria-current={one === view ? "page" : undefined} scroll={false}>
              {VIEW_LABELS[one]} <span className={classes.count}>{counts[one].toLocaleString("en-GB")}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NoEntries({ view, all }: { view: EntryView; all: number }) {
  if (all > 0 && view !== "all")
    return (
      <Notice title={view === "ended" ? "No entry has ended yet" : "No entry is active"}>
        <Link href={viewHref("all")}>Show all entries</Link>
      </Notice>
    );
  return (
    <Notice title="Nothing is allowed yet">
      An entry says which detections are expected, who answers for it and until when. What it hides stays, is
      counted and can be seen.
    </Notice>
  );
}

function Table({ rows, now }: { rows: EntryRow[]; now: Date }) {
  return (
    <div className={lines.scroll}>
      <table className={`${lines.table} ${classes.table}`}>
        <caption className="visually-hidden">Entries of the allowlist</caption>
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col">State</th>
            <th scope="col">Owner</th>
            <th scope="col">Class</th>
            <th scope="col">Expires</th>
            <Numeric title="Detections that it hides: of all entries that match, it decides">
              Decisive
            </Numeric>
            <Numeric title="Detections that it matches and could hide">Matched</Numeric>
            <Numeric title="Detections that it matches and that carry a signal which it does not name">
              Broke through
            </Numeric>
            <Numeric title="Detections counted while it only observes">Observed</Numeric>
            <th scope="col">Last hit</th>
            <Numeric title="Different actors among its hits">Actors</Numeric>
            <th scope="col">30 days</th>
            <th scope="col">Look at it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Numeric({ title, children }: { title: string; children: string }) {
  return (
    <th scope="col" className="number" title={title}>
      {children}
    </th>
  );
}

function Row({ row, now }: { row: EntryRow; now: Date }) {
  const { lastHitAt } = row;
  return (
    <tr>
      <td className={classes.entry}>
        <Link href={entryHref(row.number)} className={lines.open} title={row.title}>
          {entryName(row.number)}
        </Link>
        <span className={classes.name}>{row.title}</span>
      </td>
      <td>
        <StateMark state={row.state} />
      </td>
      <td>{row.owner}</td>
      <td>{REASON_CLASSES[row.reasonClass].label}</td>
      <td>
        <Expiry at={row.expiresAt} state={row.state} now={now} />
      </td>
      <Count value={row.decisive} />
      <Count value={row.matched} />
      <Count value={row.brokeThrough} />
      <Count value={row.observed} />
      <td title={lastHitAt ? formatUtc(lastHitAt) : undefined}>
        {lastHitAt ? formatAgo(lastHitAt, now) : <span className="secondary">never</span>}
      </td>
      <Count value={row.actors} />
      <td>
        <DailyHits daily={row.daily} />
      </td>
      <td>
        {row.stale.length === 0 ? (
          <span className="secondary">–</span>
        ) : (
          row.stale.map((reason) => STALE_WORDS[reason]).join(", ")
        )}
      </td>
    </tr>
  );
}

function Count({ value }: { value: number }) {
  return <td className={value === 0 ? "number secondary" : "number"}>{value.toLocaleString("en-GB")}</td>;
}
