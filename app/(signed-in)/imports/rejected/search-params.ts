import type { Route } from "next";
import type { RejectedFilter } from "#lib/ingest/rejected-filter.ts";

export type RejectedView = RejectedFilter & { page?: string | undefined; record?: string | undefined };

/** The page of rejected records that shows this. */
export function rejectedHref(view: RejectedView): Route {
  return `/imports/rejected${queryOf(view)}` as Route;
}

/** All of them in a file. */
export function rejectedFileHref({ page: _, record: __, ...filter }: RejectedView): string {
  return `/api/rejected${queryOf(filter)}`;
}

function queryOf(view: RejectedView): string {
  const params = new URLSearchParams(
    Object.entries(view).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return params.size > 0 ? `?${params}` : "";
}
