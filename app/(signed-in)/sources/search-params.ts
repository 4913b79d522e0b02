import type { Route } from "next";

export function connectionHref(id: string): Route {
  return `/sources/${id}` as Route;
}
