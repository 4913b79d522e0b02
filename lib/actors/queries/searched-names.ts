import { searchedNames } from "../searched-names.ts";
import { getActor } from "./actor.ts";
import { listRecentPrincipals } from "./actor-facts.ts";

/** Texts that an actor's records hold, to search for elsewhere; none when there is no such actor. */
export async function listSearchedNames(actorId: string): Promise<string[]> {
  const actor = await getActor(actorId);
  return actor ? searchedNames(actor, await listRecentPrincipals(actor.id)) : [];
}
