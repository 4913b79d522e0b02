import type { Route } from "next";

const HERE = "http://here.invalid";

/** Where to go after signing in: a path of ours, whatever the URL says. */
export function readDestination(to: unknown): Route {
  if (typeof to !== "string" || !to.startsWith("/") || to.length > 2000) return "/alerts";
  const url = URL.parse(to, HERE);
  return url && url.origin === HERE ? ((url.pathname + url.search) as Route) : "/alerts";
}
