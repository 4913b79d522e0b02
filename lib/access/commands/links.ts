import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { hashPassword } from "../auth.ts";
import { LINK_LIFE_MS, type LinkPurpose, newToken, tokenHash } from "../one-time-link.ts";
import type { Person, Role } from "../person.ts";
import { getOpenLink } from "../queries.ts";
import { countAdmins, lockAdmins } from "./admins.ts";
import { forgetFailures } from "./sign-in.ts";

/** Makes a link for a colleague who will join with a role. Returns its token, which is not kept. */
export async function invite(admin: Person, role: Role, now: Date): Promise<string> {
  return await createLink(db(), { purpose: "invite", role, createdBy: admin.id, now });
}

/** Makes an open invitation useless. One that was used meanwhile is past revoking. */
export async function revokeInvitation(linkId: string): Promise<Outcome<undefined, "link-unusable">> {
  const { count } = await db().oneTimeLink.deleteMany({
    where: { id: linkId, purpose: "invite", usedAt: null },
  });
  return count === 1 ? success() : failure("link-unusable");
}

/** Makes a link with which a person chooses a new password. Those made for them before stop working. */
export async function createResetLink(
  admin: Person,
  personId: string,
  now: Date,
): Promise<Outcome<string, "no-such-person">> {
  return await db().$transaction(async (tx) => {
    await lockAdmins(tx);
    const person = await tx.person.findUnique({ where: { id: personId } });
    if (!person || person.disabledAt) return failure("no-such-person");
    await tx.oneTimeLink.deleteMany({ where: { purpose: "reset", personId, usedAt: null } });
    return success(await createLink(tx, { purpose: "reset", personId, createdBy: admin.id, now }));
  });
}

/** Makes the unused links useless that a person made, and those made for them: a link outlives nobody's rights. */
export async function deleteLinksOf(tx: Prisma.TransactionClient, personId: string): Promise<void> {
  await tx.oneTimeLink.deleteMany({ where: { usedAt: null, OR: [{ createdBy: personId }, { personId }] } });
}

type NewLink = { purpose: LinkPurpose; role?: Role; personId?: string; createdBy?: string; now: Date };

async function createLink(client: Prisma.TransactionClient, { now, ...link }: NewLink): Promise<string> {
  const token = newToken();
  await client.oneTimeLink.create({
    data: {
      ...link,
      tokenHash: tokenHash(token),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LINK_LIFE_MS[link.purpose]),
    },
  });
  return token;
}

/** A token for the first admin, or null when there is an admin. Those given out before stop working. */
export async function createFirstAdminLink(now: Date): Promise<string | null> {
  return await db().$transaction(async (tx) => {
    await lockAdmins(tx);
    if ((await countAdmins(tx)) > 0) return null;
    await tx.oneTimeLink.deleteMany({ where: { purpose: "first-admin", usedAt: null } });
    return await createLink(tx, { purpose: "first-admin", role: "admin", now });
  });
}

export type JoinFailure = "link-unusable" | "email-taken";

/**
 * Turns a link into a person who can sign in. Of two who use it at once one joins. Whoever has none is sent away before a
 * password is hashed, which is dear.
 */
export async function join(
  token: string,
  newcomer: { name: string; email: string; password: string },
  now: Date,
): Promise<Outcome<{ personId: string }, JoinFailure>> {
  if (!(await getOpenLink(token, now))) return failure("link-unusable");
  const password = await hashPassword(newcomer.password);
  const id = randomUUID();
  try {
    return await db().$transaction(async (tx) => {
      const link = await useLink(tx, token, ["first-admin", "invite"], now);
      if (!link?.role) return failure("link-unusable");
      const { name, email } = newcomer;
      await tx.person.create({ data: { id, name, email, role: link.role, emailVerified: true } });
      await tx.credential.create({
        data: { id: randomUUID(), personId: id, accountId: id, providerId: "credential", password },
      });
      return success({ personId: id });
    });
  } catch (error) {
    if (isUniqueViolation(error)) return failure("email-taken");
    throw error;
  }
}

/** Sets a new password by a reset link and ends all sessions of the person. Returns their e-mail. */
export async function resetPassword(
  token: string,
  newPassword: string,
  now: Date,
): Promise<Outcome<{ email: string }, "link-unusable">> {
  if (!(await getOpenLink(token, now))) return failure("link-unusable");
  const password = await hashPassword(newPassword);
  return await db().$transaction(async (tx) => {
    const link = await useLink(tx, token, ["reset"], now);
    const person = link?.personId && (await tx.person.findUnique({ where: { id: link.personId } }));
    if (!person || person.disabledAt) return failure("link-unusable");
    await tx.credential.updateMany({
      where: { personId: person.id, providerId: "credential" },
      data: { password },
    });
    await tx.session.deleteMany({ where: { personId: person.id } });
    await forgetFailures(tx, person.email);
    return success({ email: person.email });
  });
}

async function useLink(
  tx: Prisma.TransactionClient,
  token: string,
  purposes: readonly LinkPurpose[],
  now: Date,
): Promise<{ role: string | null; personId: string | null } | null> {
  const where = {
    tokenHash: tokenHash(token),
    purpose: { in: [...purposes] },
    usedAt: null,
    expiresAt: { gt: now },
  };
  const [link] = await tx.oneTimeLink.updateManyAndReturn({ where, data: { usedAt: now } });
  return link ?? null;
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
