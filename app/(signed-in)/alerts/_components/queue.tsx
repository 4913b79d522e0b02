import type { Route } from "next";
import Link from "next/link";
import { countImports } from "#lib/ingest/queries.ts";
import { type AlertFilter, isFiltered } from "#lib/triage/alert-filter.ts";
import { listAlerts } from "#lib/triage/queries/alert-list.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { alertsQuery } from "../search-params.ts";
import { AlertsTable } from "./alerts-table.tsx";
import classes from "./layout.module.css";

type QueueProps = { filter: AlertFilter; cursor: string | undefined; zone: string; now: Date };

/** One page of alerts, or why there are none. */
export async function Queue({ filter, cursor, zone, now }: QueueProps) {
  const page = await listAlerts(filter, now, cursor);
  if (page.rows.length === 0) return <EmptyQueue filter={filter} />;
  return (
    <div className={classes.queue}>
      <AlertsTable
        rows={page.rows}
        filter={filter}
        zone={zone}
        now={now}
        newer={pageHref(filter, page.newer)}
        older={pageHref(filter, page.older)}
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

async function EmptyQueue({ filter }: { filter: AlertFilter }) {
  if (isFiltered(filter)) {
    return (
      <div className={classes.queue}>
        <Notice title="No alert matches these filters">
          <Link href="/alerts">Clear all filters</Link>
        </Notice>
      </div>
    );
  }
  const imports = await countImports();
  return (
    <div className={classes.queue}>
      {imports === 0 ? (
        <Notice title="No logs have been imported yet">
          Alerts appear once a log tells of an image that was made, changed, copied, shared or pushed.{" "}
          <Link href="/imports">Import logs</Link>
        </Notice>
      ) : (
        <Notice title="No image work was found so far">
          The imported logs tell of no image that was made, changed, copied, shared or pushed.{" "}
          <Link href="/imports">See the imports</Link>
        </Notice>
      )}
    </div>
  );
}
