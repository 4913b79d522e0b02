import type { ActorKind } from "#lib/logs/normalize/event.ts";

/** Their names are those of accounts, or of every account's root: too much else holds them. */
const NAMELESS: readonly ActorKind[] = ["root", "account"];

/** A role's sessions all hold its name, and are too many to name. */
const ROLE = /^role\//;

/** By what an actor's records are found among others: texts that they hold. */
export function searchedNames(
  { kind, name }: { kind: ActorKind; name: string },
  principals: readonly string[],
): string[] {
  if (ROLE.test(name)) return [name];
  return [...new Set([...(NAMELESS.includes(kind) ? [] : [name]), ...principals])];
}
