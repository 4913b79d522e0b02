import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Role } from "../person.ts";
import { countAdmins, lockAdmins } from "./admins.ts";
import { deleteLinksOf } from "./links.ts";

export type PersonChangeFailure = "no-such-person" | "last-admin" | "changed-meanwhile";

/** Gives a person another role, if they still have the one that the admin saw. */
export async function changeRole(change: {
  personId: string;
  from: Role;
  to: Role;
}): Promise<Outcome<undefined, PersonChangeFailure>> {
  return await db().$transaction(async (tx) => {
    const losesAdmin = change.from === "admin" && change.to !== "admin";
    const kept = await keepAnAdmin(tx, change.personId, losesAdmin);
    if (!kept.ok) return kept;
    const { count } = await tx.person.updateMany({
      where: { id: change.personId, role: change.from },
      data: { role: change.to },
    });
    if (count === 0) return failure("changed-meanwhile");
    if (losesAdmin) await deleteLinksOf(tx, change.personId);
    return success();
  });
}

/** Shuts a person out at once: their sessions end with it, and the links that they made. */
export async function disablePerson(
  personId: string,
  now: Date,
): Promise<Outcome<undefined, PersonChangeFailure>> {
  return await db().$transaction(async (tx) => {
    const kept = await keepAnAdmin(tx, personId, true);
    if (!kept.ok) return kept;
    await tx.person.update({ where: { id: personId }, data: { disabledAt: now } });
    await tx.session.deleteMany({ where: { personId } });
    await deleteLinksOf(tx, personId);
    return success();
  });
}

export async function enablePerson(personId: string): Promise<Outcome<undefined, PersonChangeFailure>> {
  const { count } = await db().person.updateMany({ where: { id: personId }, data: { disabledAt: null } });
  return count === 1 ? success() : failure("no-such-person");
}

/** Somebody must be left who can let others in. */
async function keepAnAdmin(
  tx: Prisma.TransactionClient,
  personId: string,
  losesAdmin: boolean,
): Promise<Outcome<undefined, "no-such-person" | "last-admin">> {
  await lockAdmins(tx);
  const person = await tx.person.findUnique({ where: { id: personId } });
  if (!person) return failure("no-such-person");
  const isActiveAdmin = person.role === "admin" && !person.disabledAt;
  if (losesAdmin && isActiveAdmin && (await countAdmins(tx)) === 1) return failure("last-admin");
  return success();
}
