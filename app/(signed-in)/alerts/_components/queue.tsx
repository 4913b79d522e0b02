import type { Route } from "next";
import Link from "next/link";
import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { countImports } from "#lib/ingest/queries.ts";
import { type AlertFilter, isFiltered, QUEUE_TABS } from "#lib/triage/alert-filter.ts";
import { listAlertClients } from "#lib/triage/queries/alert-clients.ts";
import { listAlerts } from "#lib/triage/queries/alert-list.ts";
import type { QueueCounts } from "#lib/triage/queries/alert-queues.ts";
import { listAlertTags } from "#lib/triage/queries/alert-tags.ts";
import { listAssignees } from "#lib/triage/queries/assignees.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { alertsHref, alertsQuery, unfilteredHref } from "../search-params.ts";
import { AlertsTable } from "./alerts-table.tsx";
import classes from "./layout.module.css";
import { EMPTY_WORDS, TAB_WORDS } from "./words.ts";

type QueueProps = {
  person: Person;
  filter: AlertFilter;
  counts: Promise<QueueCounts>;
  cursor: string | undefined;
  zone: string;
  now: Date;
};

/** One page of alerts, or why there are none. */
export async function Queue({ person, filter, counts, cursor, zone, now }: QueueProps) {
  const [page, assignees] = await Promise.all([
    listAlerts(filter, now, cursor),
    may(person, "alerts.triage") ? listAssignees() : null,
  ]);
  const [clients, tags, accounts] = await Promise.all([
    listAlertClients(page.rows),
    listAlertTags(page.rows.map(({ id }) => id)),
    accountNames(page.rows.flatMap(({ accounts, actor }) => [...accounts, actor?.name ?? null])),
  ]);
  return (
    <div className={classes.queue}>
      <AlertsTable
        rows={page.rows}
        told={{ clients, tags, accounts }}
        filter={filter}
        zone={zone}
        now={now}
        newer={pageHref(filter, page.newer)}
        older={pageHref(filter, page.older)}
        assignees={assignees}
        empty={page.rows.length === 0 ? <EmptyQueue filter={filter} counts={await counts} /> : null}
      />
    </div>
  );
}

function pageHref(filter: AlertFilter, cursor: string | null): Route | null {
  if (cursor === null) return null;
  const query = alertsQuery(filter);
  query.set("page", cursor);
  return `/alerts?${query}` as Route;
}

/** Why nothing is here, and where it is instead. */
async function EmptyQueue({ filter, counts }: { filter: AlertFilter; counts: QueueCounts }) {
  const imports = await countImports();
  if (imports === 0) {
    return (
      <Notice title="No logs have been imported yet">
        Alerts appear once a log tells of an image that was made, changed, copied, shared or pushed.{" "}
        <Link href="/imports">Import logs</Link>
      </Notice>
    );
  }
  if (isFiltered(filter)) {
    return (
      <Notice title="No alert matches these filters">
        <Elsewhere filter={filter} counts={counts} />
        <Link href={unfilteredHref(filter)}>Clear all filters</Link>
      </Notice>
    );
  }
  if (counts.byTab.all > 0) {
    return (
      <Notice title={EMPTY_WORDS[filter.queue]}>
        <Elsewhere filter={filter} counts={counts} />
      </Notice>
    );
  }
  return (
    <Notice title="No image work was found so far">
      The imported logs tell of no image that was made, changed, copied, shared or pushed.{" "}
      <Link href="/imports">See the imports</Link>
    </Notice>
  );
}

/** How many there are in the other lists. */
function Elsewhere({ filter, counts: { byTab } }: { filter: AlertFilter; counts: QueueCounts }) {
  const others = QUEUE_TABS.filter((queue) => queue !== filter.queue && queue !== "all" && byTab[queue] > 0);
  if (others.length === 0) return null;
  return (
    <p>
      There {others.length === 1 && byTab[others[0] ?? "all"] === 1 ? "is" : "are"}{" "}
      {others.map((queue, at) => (
        <span key={queue}>
          {at > 0 ? ", " : ""}
          <Link href={alertsHref(filter, { queue })}>
            {byTab[queue].toLocaleString("en-GB")} in {TAB_WORDS[queue]}
          </Link>
        </span>
      ))}
      .
    </p>
  );
}
