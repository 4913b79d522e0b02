import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import {
  createFirstAdminLink,
  createResetLink,
  invite,
  join,
  resetPassword,
  revokeInvitation,
} from "./commands/links.ts";
import { changeRole, disablePerson, enablePerson } from "./commands/people.ts";
import { signIn } from "./commands/sign-in.ts";
import type { Person, Role } from "./person.ts";
import { getOpenLink, getPersonBySession, listOpenInvitations, listPeople } from "./queries.ts";

const NOW = new Date("2026-03-04T12:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const PASSWORD = "correct horse battery";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await db().$executeRaw`truncate person, one_time_link, sign_in_failure cascade`;
});
afterAll(() => database.drop());

async function firstAdmin(): Promise<Person> {
  const token = (await createFirstAdminLink(NOW)) ?? "";
  return await joined(token, "ada");
}

async function joined(token: string, name: string): Promise<Person> {
  const email = `${name}@example.com`;
  const outcome = await join(token, { name, email, password: PASSWORD }, NOW);
  if (!outcome.ok) throw new Error(outcome.reason);
  const person = (await listPeople()).find(({ id }) => id === outcome.value.personId);
  if (!person) throw new Error("nobody joined");
  return { id: person.id, name, email, role: person.role };
}

async function colleague(admin: Person, name: string, role: Role): Promise<Person> {
  return await joined(await invite(admin, role, NOW), name);
}

/** A link for each person, one after another. */
async function resetLinks(admin: Person, people: readonly Person[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const { id } of people) {
    const link = await createResetLink(admin, id, NOW);
    if (!link.ok) throw new Error(link.reason);
    tokens.push(link.value);
  }
  return tokens;
}

const trySignIn = (email: string, password = PASSWORD, now = NOW) =>
  signIn({ email, password }, new Headers(), now);

describe("the first admin", () => {
  test("joins by the link, and then there is no further one", async () => {
    const admin = await firstAdmin();
    expect(admin.role).toBe("admin");
    expect(await createFirstAdminLink(NOW)).toBeNull();
  });

  test("a new link makes the earlier one useless", async () => {
    const earlier = (await createFirstAdminLink(NOW)) ?? "";
    await createFirstAdminLink(NOW);
    expect(await getOpenLink(earlier, NOW)).toBeNull();
    expect(await join(earlier, { name: "Eve", email: "eve@example.com", password: PASSWORD }, NOW)).toEqual({
      ok: false,
      reason: "link-unusable",
    });
  });
});

describe("a link", () => {
  test("lets in one of two who use it at once", async () => {
    const token = await invite(await firstAdmin(), "analyst", NOW);
    const outcomes = await Promise.all(
      ["eve", "mallory"].map((name) =>
        join(token, { name, email: `${name}@example.com`, password: PASSWORD }, NOW),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().person.count()).toBe(2);
  });

  test.for<[name: string, at: Date, open: boolean]>([
    ["before it expires", new Date(later(72).getTime() - 1), true],
    ["at the instant it expires", later(72), false],
  ])("%s", async ([, at, open]) => {
    const token = await invite(await firstAdmin(), "manager", NOW);
    expect((await getOpenLink(token, at)) !== null).toBe(open);
    const outcome = await join(token, { name: "Max", email: "max@example.com", password: PASSWORD }, at);
    expect(outcome.ok).toBe(open);
  });

  test("stays usable when the e-mail is taken", async () => {
    const admin = await firstAdmin();
    const token = await invite(admin, "analyst", NOW);
    expect(await join(token, { name: "Eve", email: admin.email, password: PASSWORD }, NOW)).toEqual({
      ok: false,
      reason: "email-taken",
    });
    expect(await getOpenLink(token, NOW)).toMatchObject({ purpose: "invite", role: "analyst" });
  });

  test("can be revoked until it is used", async () => {
    const admin = await firstAdmin();
    const token = await invite(admin, "analyst", NOW);
    const [invitation] = await listOpenInvitations(NOW);
    expect(await revokeInvitation(invitation?.id ?? "")).toEqual({ ok: true, value: undefined });
    expect(await getOpenLink(token, NOW)).toBeNull();
    expect(await listOpenInvitations(NOW)).toEqual([]);
  });

  test("its token is not in the database", async () => {
    const token = await invite(await firstAdmin(), "analyst", NOW);
    const rows = await db().$queryRaw<
      { row: string }[]
    >`select one_time_link::text as row from one_time_link`;
    expect(rows.length).toBe(2);
    for (const { row } of rows) {
      expect(row).not.toContain(token);
      expect(row).not.toContain(Buffer.from(token, "base64url").toString("hex"));
    }
  });
});

describe("signing in", () => {
  test("with the right password opens a session, which tells who it is", async () => {
    const admin = await firstAdmin();
    expect(await trySignIn(admin.email)).toEqual({ ok: true, value: undefined });
    expect(await db().session.count()).toBe(1);
  });

  test.for([
    ["a wrong password", "ada@example.com", "wrong horse battery"],
    ["an unknown e-mail", "eve@example.com", PASSWORD],
  ] as const)("with %s is refused", async ([, email, password]) => {
    await firstAdmin();
    expect(await trySignIn(email, password)).toEqual({ ok: false, reason: "wrong-credentials" });
    expect(await db().session.count()).toBe(0);
  });

  test("is slowed down after ten failures, and possible again when the time has passed", async () => {
    const { email } = await firstAdmin();
    const attempts = await Promise.all(
      Array.from({ length: 15 }, () => trySignIn(email, "wrong horse battery")),
    );
    expect(attempts.filter((outcome) => !outcome.ok && outcome.reason === "wrong-credentials")).toHaveLength(
      10,
    );
    expect(await trySignIn(email)).toEqual({ ok: false, reason: "too-many-attempts" });
    expect(await trySignIn(email, PASSWORD, later(0.3))).toEqual({ ok: true, value: undefined });
  });

  test("a request without a session is nobody's", async () => {
    expect(await getPersonBySession(new Headers())).toBeNull();
    expect(
      await getPersonBySession(new Headers({ cookie: "barnacle.session_token=forged.forged" })),
    ).toBeNull();
  });
});

describe("a new password", () => {
  test("replaces the old one and ends all sessions", async () => {
    const admin = await firstAdmin();
    const dana = await colleague(admin, "dana", "analyst");
    await trySignIn(dana.email);
    const link = await createResetLink(admin, dana.id, NOW);
    if (!link.ok) throw new Error(link.reason);
    expect(await getOpenLink(link.value, NOW)).toMatchObject({ purpose: "reset", email: dana.email });
    expect(await resetPassword(link.value, "another horse battery", NOW)).toEqual({
      ok: true,
      value: { email: dana.email },
    });
    expect(await db().session.count({ where: { personId: dana.id } })).toBe(0);
    expect((await trySignIn(dana.email)).ok).toBe(false);
    expect((await trySignIn(dana.email, "another horse battery")).ok).toBe(true);
    expect(await resetPassword(link.value, "third horse battery", NOW)).toEqual({
      ok: false,
      reason: "link-unusable",
    });
  });

  test("lets in somebody who was slowed down by failures", async () => {
    const admin = await firstAdmin();
    for (let at = 0; at < 11; at++) await trySignIn(admin.email, "wrong horse battery");
    expect(await trySignIn(admin.email)).toEqual({ ok: false, reason: "too-many-attempts" });
    const link = await createResetLink(admin, admin.id, NOW);
    if (!link.ok) throw new Error(link.reason);
    await resetPassword(link.value, "another horse battery", NOW);
    expect(await trySignIn(admin.email, "another horse battery")).toEqual({ ok: true, value: undefined });
  });

  test("a later link replaces the person's earlier one, and nobody else's", async () => {
    const admin = await firstAdmin();
    const dana = await colleague(admin, "dana", "analyst");
    const [ofAdmin, earlier, later] = await resetLinks(admin, [admin, dana, dana]);
    expect(await getOpenLink(earlier ?? "", NOW)).toBeNull();
    expect(await resetPassword(earlier ?? "", PASSWORD, NOW)).toEqual({ ok: false, reason: "link-unusable" });
    expect(await getOpenLink(ofAdmin ?? "", NOW)).toMatchObject({ email: admin.email });
    expect(await getOpenLink(later ?? "", NOW)).toMatchObject({ email: dana.email });
  });

  test("an invitation sets no password, a reset link makes no person", async () => {
    const admin = await firstAdmin();
    const invitation = await invite(admin, "admin", NOW);
    expect((await resetPassword(invitation, PASSWORD, NOW)).ok).toBe(false);
    const reset = await createResetLink(admin, admin.id, NOW);
    if (!reset.ok) throw new Error(reset.reason);
    const outcome = await join(
      reset.value,
      { name: "Eve", email: "eve@example.com", password: PASSWORD },
      NOW,
    );
    expect(outcome).toEqual({ ok: false, reason: "link-unusable" });
  });
});

describe("roles and shutting out", () => {
  test("somebody who was shut out has no session and cannot sign in, until let in again", async () => {
    const admin = await firstAdmin();
    const dana = await colleague(admin, "dana", "analyst");
    await trySignIn(dana.email);
    expect(await disablePerson(dana.id, NOW)).toEqual({ ok: true, value: undefined });
    expect(await db().session.count({ where: { personId: dana.id } })).toBe(0);
    expect(await trySignIn(dana.email)).toEqual({ ok: false, reason: "wrong-credentials" });
    await enablePerson(dana.id);
    expect((await trySignIn(dana.email)).ok).toBe(true);
  });

  test.for<[name: string, leave: (bob: Person) => Promise<{ ok: boolean }>]>([
    ["somebody who was shut out", (bob) => disablePerson(bob.id, NOW)],
    [
      "somebody who is no longer an admin",
      (bob) => changeRole({ personId: bob.id, from: "admin", to: "analyst" }),
    ],
  ])("the unused links of %s are gone, those of others stay", async ([, leave]) => {
    const admin = await firstAdmin();
    const bob = await colleague(admin, "bob", "admin");
    const [ofAdmin = "", ofBob = ""] = await resetLinks(bob, [admin, bob]);
    const invitation = await invite(bob, "admin", NOW);
    const kept = await invite(admin, "analyst", NOW);
    expect((await leave(bob)).ok).toBe(true);
    await enablePerson(bob.id);
    for (const token of [ofAdmin, ofBob, invitation]) expect(await getOpenLink(token, NOW)).toBeNull();
    expect(await getOpenLink(kept, NOW)).toMatchObject({ role: "analyst" });
    expect(await db().oneTimeLink.count({ where: { usedAt: { not: null } } })).toBe(2);
  });

  test("an admin who stays one keeps the links that they made", async () => {
    const admin = await firstAdmin();
    const token = await invite(admin, "analyst", NOW);
    const dana = await colleague(admin, "dana", "analyst");
    await changeRole({ personId: dana.id, from: "analyst", to: "admin" });
    expect(await getOpenLink(token, NOW)).toMatchObject({ role: "analyst" });
  });

  test("the last admin stays", async () => {
    const admin = await firstAdmin();
    const second = await colleague(admin, "bob", "admin");
    const demote = (personId: string) => changeRole({ personId, from: "admin", to: "analyst" });
    const outcomes = await Promise.all([demote(admin.id), demote(second.id)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, reason: "last-admin" });
    const left = (await listPeople()).find(({ role }) => role === "admin");
    expect(await disablePerson(left?.id ?? "", NOW)).toEqual({ ok: false, reason: "last-admin" });
  });

  test("of two who change a role the later is told", async () => {
    const admin = await firstAdmin();
    const dana = await colleague(admin, "dana", "analyst");
    expect((await changeRole({ personId: dana.id, from: "analyst", to: "manager" })).ok).toBe(true);
    expect(await changeRole({ personId: dana.id, from: "analyst", to: "admin" })).toEqual({
      ok: false,
      reason: "changed-meanwhile",
    });
  });
});
