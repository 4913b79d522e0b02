import { db } from "#lib/db/client.ts";
import { auth } from "./auth.ts";
import { countAdmins } from "./commands/admins.ts";
import { type OpenLink, tokenHash } from "./one-time-link.ts";
import { type Person, type Role, roleSchema } from "./person.ts";

/**
 * The person whose session the request's cookie names; null when there is none, or they were shut out. Asking renews the
 * session, unless it is a program that asks.
 */
export async function getPersonBySession(
  headers: Headers,
  { renew = true }: { renew?: boolean } = {},
): Promise<Person | null> {
  const session = await auth().api.getSession({ headers, query: { disableRefresh: !renew } });
  if (!session || session.user.disabledAt) return null;
  const role = roleSchema.safeParse(session.user.role);
  if (!role.success) return null;
  const { id, name, email } = session.user;
  return { id, name, email, role: role.data };
}

export type PersonRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  /** When a session of theirs was last begun or renewed. */
  lastSeenAt: Date | null;
};

/** Everybody, those who were shut out last. */
export async function listPeople(): Promise<PersonRow[]> {
  const people = await db().person.findMany({
    orderBy: [{ disabledAt: { sort: "asc", nulls: "first" } }, { name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      disabledAt: true,
      createdAt: true,
      sessions: { select: { updatedAt: true }, orderBy: { updatedAt: "desc" }, take: 1 },
    },
  });
  return people.map(({ sessions, role, ...person }) => ({
    ...person,
    role: roleSchema.parse(role),
    lastSeenAt: sessions[0]?.updatedAt ?? null,
  }));
}

/** How many admins can sign in. */
export async function countActiveAdmins(): Promise<number> {
  return await countAdmins(db());
}

export type Invitation = { id: string; role: Role; createdAt: Date; expiresAt: Date };

/** Invitations that can still be used, the latest first. */
export async function listOpenInvitations(now: Date): Promise<Invitation[]> {
  const links = await db().oneTimeLink.findMany({
    where: { purpose: "invite", usedAt: null, expiresAt: { gt: now } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, role: true, createdAt: true, expiresAt: true },
  });
  return links.map((link) => ({ ...link, role: roleSchema.parse(link.role) }));
}

/** What an unused and unexpired link is for, or null. */
export async function getOpenLink(token: string, now: Date): Promise<OpenLink | null> {
  const link = await db().oneTimeLink.findUnique({ where: { tokenHash: tokenHash(token) } });
  if (!link || link.usedAt || link.expiresAt <= now) return null;
  if (link.purpose === "reset") {
    const person = link.personId && (await db().person.findUnique({ where: { id: link.personId } }));
    if (!person || person.disabledAt) return null;
    return { purpose: "reset", name: person.name, email: person.email, expiresAt: link.expiresAt };
  }
  const purpose = link.purpose === "first-admin" ? "first-admin" : "invite";
  return { purpose, role: roleSchema.parse(link.role), expiresAt: link.expiresAt };
}
