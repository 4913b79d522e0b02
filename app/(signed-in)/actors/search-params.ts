import type { Route } from "next";
import type { ActorFilter } from "#lib/actors/actor-filter.ts";
import { SEVERITIES } from "#lib/detection/severity.ts";

export type ActorsChange = Partial<Record<keyof ActorFilter, string | null>> & { page?: string | null };

/** The address of the list of actors under a filter, with one thing changed. A page's cursor is never carried over. */
export function actorsHref(filter: ActorFilter, change: ActorsChange = {}): Route {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...inForce(filter), ...change })) {
    if (value) query.set(key, value);
  }
  return (query.size > 0 ? `/actors?${query}` : "/actors") as Route;
}

/** A named range stands for itself: fixed times beside it would say something else. */
function inForce({
  open,
  seen,
  from,
  to,
  newFrom,
  newTo,
  sort,
  ...others
}: ActorFilter): Record<string, string | undefined> {
  return {
    ...others,
    open: open ? "1" : undefined,
    seen,
    from: seen ? undefined : from?.toISOString(),
    to: seen ? undefined : to?.toISOString(),
    newFrom: newFrom?.toISOString(),
    newTo: newTo?.toISOString(),
    sort: sort === "-seen" ? undefined : sort,
  };
}

export function actorHref(id: string): Route {
  return `/actors/${id}` as Route;
}

/** The actors that were first seen from one time to another, both within. */
export function newActorsHref(from: Date, to: Date): Route {
  return `/actors?${new URLSearchParams({ newFrom: from.toISOString(), newTo: to.toISOString() })}` as Route;
}

/** The alerts of an actor: all of them, or those that are open, however low. */
export function alertsOfActorHref(id: string, which: "all" | "open"): Route {
  if (which === "all") return `/alerts?queue=all&actor=${id}` as Route;
  const query = new URLSearchParams(SEVERITIES.map((severity) => ["severity", severity]));
  query.append("actor", id);
  return `/alerts?${query}` as Route;
}

/** The events of an actor whose detections the allowlist suppresses. */
export function suppressedOfActorHref(id: string): Route {
  return `/actors/${id}?detections=suppressed` as Route;
}
