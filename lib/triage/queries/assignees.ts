import { db } from "#lib/db/client.ts";
import type { NamedLink } from "../alert.ts";
import { MOVES } from "../move.ts";

/** Whom an alert can be given to. */
export async function listAssignees(): Promise<NamedLink[]> {
  return await db().person.findMany({
    where: { disabledAt: null, role: { in: [...MOVES.assign.who] } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}
