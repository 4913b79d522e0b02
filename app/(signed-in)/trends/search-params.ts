import type { Route } from "next";
import { type TrendsFilter, USUAL_PERIOD } from "#lib/trends/trends-filter.ts";
import { alertsQuery, type Change } from "../alerts/search-params.ts";

type OwnChange = Partial<Pick<TrendsFilter, "period" | "from" | "to" | "by" | "stack" | "tables">> & {
  zone?: string | undefined;
};
type TrendsChange = OwnChange & { alerts?: Pick<Change, "q" | "count" | "choice"> };

/** The address of the trends under a filter, with one thing changed. A named period takes the place of dates. */
export function trendsHref(filter: TrendsFilter, { alerts, ...own }: TrendsChange = {}): Route {
  const query = alertsQuery(filter.alerts, alerts);
  query.delete("queue");
  return hrefOf(query, filter, own);
}

/** The same without what narrows the alerts. */
export function unfilteredHref(filter: TrendsFilter): Route {
  return hrefOf(new URLSearchParams(), filter, {});
}

function hrefOf(query: URLSearchParams, filter: TrendsFilter, change: OwnChange): Route {
  const { period, from, to, zone, by, stack, tables } = {
    ...filter,
    ...(change.period && { from: undefined, to: undefined }),
    ...change,
  };
  const values = {
    period: from && to ? undefined : period === USUAL_PERIOD ? undefined : period,
    from,
    to,
    zone: zone === filter.readerZone ? undefined : zone,
    by,
    stack: stack === "severity" ? undefined : stack,
  };
  for (const [key, value] of Object.entries(values)) if (value) query.set(key, value);
  for (const table of tables) query.append("table", table);
  const text = query.toString();
  return (text ? `/trends?${text}` : "/trends") as Route;
}
