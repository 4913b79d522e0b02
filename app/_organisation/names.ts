import { cache } from "react";
import { getOrganisation } from "#lib/organisation/queries/organisation.ts";

/** Asked for once a request. */
export const currentOrganisation = cache(async () => await getOrganisation());

/** What those of these accounts and applications are called that somebody has named, by their ids. */
export async function accountNames(accounts: Iterable<string | null>): Promise<ReadonlyMap<string, string>> {
  const organisation = await currentOrganisation();
  const names = new Map<string, string>();
  for (const account of accounts) {
    const name = account === null ? null : organisation.nameOfId(account);
    if (account !== null && name !== null) names.set(account, name);
  }
  return names;
}

/** The id of an application in the key of an actor: `id/8f1f…`, `service-account/ci@…`. */
export function applicationIn(actorKey: string): string {
  return actorKey.slice(actorKey.lastIndexOf("/") + 1);
}
