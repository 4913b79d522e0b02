import { listOpenSources } from "#lib/access/queries/tokens.ts";
import type { Source } from "#lib/ingest/health/feed.ts";
import { listFeedsInTrouble, listRejecting } from "#lib/ingest/health/queries.ts";
import type { HealthState } from "#lib/sumo/health.ts";
import { listConnectionHealth } from "#lib/sumo/queries/connections.ts";

export type Standings = {
  /** By id: the name, and how it does. */
  connections: ReadonlyMap<string, { name: string; state: HealthState }>;
  /** Names of sources that some token delivers for. */
  open: ReadonlySet<string>;
};

/** How that which brings feeds does. */
export async function readStandings(now: Date): Promise<Standings> {
  const [connections, open] = await Promise.all([listConnectionHealth(now), listOpenSources()]);
  return { connections: new Map(connections.map(({ id, ...health }) => [id, health])), open: new Set(open) };
}

/** `off`: somebody has seen to it that nothing comes. `bad`: that nothing comes is said of the connection already. */
export type SourceState = "on" | "off" | "bad";

export function sourceState({ kind, key }: Source, { connections, open }: Standings): SourceState {
  if (kind === "api") return open.has(key) ? "on" : "off";
  if (kind !== "sumo") return "on";
  const state = connections.get(key)?.state;
  return state === "bad" ? "bad" : state === "disabled" ? "off" : "on";
}

/** How many things on the Sources page somebody should look at: connections, feeds and sources, each told once. */
export async function countTrouble(now: Date): Promise<number> {
  const [standings, feeds, rejecting] = await Promise.all([
    readStandings(now),
    listFeedsInTrouble(now),
    listRejecting(now),
  ]);
  const bad = [...standings.connections.values()].filter(({ state }) => state === "bad").length;
  return bad + feeds.filter((source) => sourceState(source, standings) === "on").length + rejecting.length;
}
