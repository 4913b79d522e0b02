import type { Route } from "next";
import { parseTrendsFilter } from "#lib/trends/parse-trends-filter.ts";
import { type TrendsFilter, USUAL_PERIOD } from "#lib/trends/trends-filter.ts";
import { alertsQuery, type Change } from "../alerts/search-params.ts";

type TrendsChange = Partial<Pick<TrendsFilter, "period" | "from" | "to" | "by" | "stack">> & {
  zone?: string | undefined;
  alerts?: Pick<Change, "q" | "count" | "choice">;
};

/** The address of the trends under a filter, with one thing changed. A named period takes the place of dates. */
export function trendsHref(filter: TrendsFilter, change: TrendsChange = {}): Route {
  const { alerts, ...own } = change;
  const query = alertsQuery(filter.alerts, alerts);
  query.delete("queue");
  const { period, from, to, zone, by, stack } = {
    ...filter,
    ...(own.period && { from: undefined, to: undefined }),
    ...own,
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
  const text = query.toString();
  return (text ? `/trends?${text}` : "/trends") as Route;
}

/** The same without what narrows the alerts. */
export function unfilteredHref(filter: TrendsFilter): Route {
  const { alerts } = parseTrendsFilter({}, { personId: filter.alerts.personId, zone: filter.readerZone });
  return trendsHref({ ...filter, alerts });
}
