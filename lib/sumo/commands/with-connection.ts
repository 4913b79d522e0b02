import { closeDatabase, connectTo, db } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { reachDatabase } from "#lib/db/reach.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoAccess, Turns } from "../client/search.ts";
import { SUMO_PROBLEMS } from "../problem.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery } from "../query.ts";
import { openDoor } from "./key.ts";

/** What it takes to search as a connection does. `query`: the connection's own, when it has one that can be asked. */
export type Door = { access: SumoAccess; turns: Turns; query: string | undefined };

/** For a command of a terminal: opens the store for a stored connection. A failure is a sentence. */
export async function withConnection<Result>(
  name: string,
  run: (door: Door) => Promise<Result>,
): Promise<Outcome<Result, string>> {
  const reached = await reachDatabase();
  if (!reached.ok) return reached;
  try {
    const migrated = await migrate(reached.value.connectionString);
    if (!migrated.ok) return failure(migrated.reason.sentence);
    connectTo({ connectionString: reached.value.connectionString });
    const door = await doorNamed(name);
    return door.ok ? success(await run(door.value)) : door;
  } finally {
    await closeDatabase();
    await reached.value.leave();
  }
}

async function doorNamed(name: string): Promise<Outcome<Door, string>> {
  const found = await db().sumoConnection.findUnique({ where: { name }, select: { id: true } });
  if (!found) return failure(await whichThereAre(name));
  const door = await openDoor(found.id);
  if (!door.ok) {
    const { sentence, todo } = SUMO_PROBLEMS[door.reason.reason];
    return failure(`${sentence} ${todo}`);
  }
  const settings = await readQuerySettings(found.id);
  const query = settings && connectionQuery(settings);
  return success({ ...door.value, query: query?.ok ? query.value : undefined });
}

async function whichThereAre(name: string): Promise<string> {
  const all = await db().sumoConnection.findMany({ select: { name: true }, orderBy: { name: "asc" } });
  const names = all.map((one) => `"${one.name}"`).join(", ");
  return `There is no connection "${name}"; ${all.length === 0 ? "none was made yet" : `there is ${names}`}.`;
}
