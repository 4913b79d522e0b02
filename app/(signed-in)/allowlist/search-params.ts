import type { Route } from "next";
import type { EntryView } from "#lib/allowlist/queries/entries.ts";

/** Which entries are listed; anything unreadable shows those that are active. */
export function readView(given: string | string[] | undefined): EntryView {
  return given === "ended" || given === "all" ? given : "active";
}

export function viewHref(view: EntryView): Route {
  return view === "active" ? "/allowlist" : (`/allowlist?view=${view}` as Route);
}

export function entryHref(number: number): Route {
  return `/allowlist/${number}` as Route;
}
