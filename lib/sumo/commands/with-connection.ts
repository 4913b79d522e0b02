import { closeDatabase, connectTo, db } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { reachDatabase } from "#lib/db/reach.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { SUMO_PROBLEMS } from "../problem.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery } from "../query.ts";
import { type Door, openDoor } from "./key.ts";

/** `query`: the connection's own, when it has one that can be asked. */
export type ConnectionDoor = Door & { query: string | undefined };

/** For a command of a terminal: opens the store for the connection of this name. A failure is a sentence. */
export async function withConnection<Result>(
  name: string,
  run: (door: ConnectionDoor) => Promise<Result>,
): Promise<Outcome<Result, string>> {
  const reached = await reachDatabase();
  if (!reached.ok) return reached;
  const { connectionString, leave } = reached.value;
  try {
    const migrated = await migrate(connectionString);
    if (!migrated.ok) return failure(migrated.reason.sentence);
    connectTo({ connectionString });
    const door = await findDoor(name);
    return door.ok ? success(await run(door.value)) : door;
  } finally {
    await closeDatabase();
    await leave();
  }
}

/** One that is disabled opens too: somebody asks for it by name. */
export async function findDoor(name: string): Promise<Outcome<ConnectionDoor, string>> {
  const stored = await db().sumoConnection.findUnique({ where: { name }, select: { id: true } });
  if (!stored) return failure(await unknown(name));
  const door = await openDoor(stored.id);
  if (!door.ok) {
    const { sentence, todo } = SUMO_PROBLEMS[door.reason.reason];
    return failure(`${sentence} ${todo} (${door.reason.detail})`);
  }
  const settings = await readQuerySettings(stored.id);
  const query = settings && connectionQuery(settings);
  return success({ ...door.value, query: query?.ok ? query.value : undefined });
}

async function unknown(name: string): Promise<string> {
  const known = await db().sumoConnection.findMany({ select: { name: true }, orderBy: { name: "asc" } });
  const names = known.map((one) => one.name).join(", ");
  return `There is no connection ${name}. ${names ? `There are: ${names}.` : "There is none at all yet."}`;
}
