import { failure, type Outcome } from "#lib/outcome.ts";
import type { SumoAccess, Turns } from "../client/search.ts";

/** What it takes to search as a connection does. `query`: the connection's own, when it has one that can be asked. */
export type Door = { access: SumoAccess; turns: Turns; query: string | undefined };

/** For a command of a terminal: opens the store for a stored connection. A failure is a sentence. */
export async function withConnection<Result>(
  name: string,
  _run: (door: Door) => Promise<Result>,
): Promise<Outcome<Result, string>> {
  return failure(`There is no connection ${name}.`);
}
