import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { makeToken, noteUse, revokeToken } from "./commands/tokens.ts";
import { mintToken, type TokenDraft } from "./ingest-token.ts";
import { findToken, listTokenSources, listTokens } from "./queries/tokens.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

let database: TestDatabase;
let admin: { id: string };
beforeAll(async () => {
  database = await openTestDatabase();
  const id = randomUUID();
  admin = await db().person.create({ data: { id, name: "Dana", email: "dana@example.com", role: "admin" } });
});
afterAll(() => database.drop());

async function make(draft: Partial<TokenDraft> = {}) {
  const name = `token-${randomUUID().slice(0, 8)}`;
  const made = await makeToken({ name, source: "prod", kind: "api", ...draft }, admin, NOW);
  if (!made.ok) throw new Error(made.reason);
  return made.value;
}

test("a token is found by itself, and only by it", async () => {
  const { id, token } = await make({ name: "shipper", source: "trail", kind: "harbor" });
  expect(await findToken(token)).toEqual({
    ok: true,
    value: { id, name: "shipper", source: "trail", kind: "harbor", lastUsedAt: null },
  });
  expect(await findToken(mintToken())).toEqual({ ok: false, reason: "unknown-token" });
  expect(await findToken(token.toLowerCase())).toEqual({ ok: false, reason: "damaged-token" });
  expect(await findToken("")).toEqual({ ok: false, reason: "damaged-token" });
});

test("nothing that is stored of a token lets anybody in", async () => {
  const { token } = await make();
  const { rows } = await pool().query<{ row: string }>("select ingest_token::text as row from ingest_token");
  const stored = rows.map(({ row }) => row).join("\n");
  const secret = token.slice(4, 47);
  for (const form of [secret, Buffer.from(token).toString("hex"), Buffer.from(secret).toString("hex")])
    expect(stored).not.toContain(form);
  expect(stored).toContain(token.slice(-4));
});

test("a revoked token lets nobody in, at once; the first who revokes it stays known for it", async () => {
  const { id, token } = await make({ name: "old" });
  expect(await revokeToken(id, admin, NOW)).toEqual({ ok: true });
  expect(await findToken(token)).toEqual({ ok: false, reason: "revoked-token" });
  expect(await revokeToken(id, { id: randomUUID() }, minutesLater(1))).toEqual({
    ok: false,
    reason: "revoked-already",
  });
  expect(await revokeToken(randomUUID(), admin, NOW)).toEqual({ ok: false, reason: "gone" });
  const last = (await listTokens()).at(-1);
  expect(last).toMatchObject({ name: "old", createdBy: "Dana", revokedBy: "Dana", revokedAt: NOW });
});

test("a name is given once, of two at the same time to one; a source to as many as follow one another", async () => {
  const draft = { name: "twin", source: "twins", kind: "api" } as const;
  const outcomes = await Promise.all([makeToken(draft, admin, NOW), makeToken(draft, admin, NOW)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes).toContainEqual({ ok: false, reason: "name-taken" });
  await make({ source: "twins" });
  expect((await listTokenSources()).filter((source) => source === "twins")).toHaveLength(1);
});

describe("when it was last used", () => {
  test("is kept to five minutes", async () => {
    const { token } = await make();
    const usedAt = async (minute: number) => {
      const before = await findToken(token);
      if (!before.ok) throw new Error(before.reason);
      await noteUse(before.value, minutesLater(minute));
      return (await listTokens()).find(({ id }) => id === before.value.id)?.lastUsedAt;
    };
    expect(await usedAt(0)).toEqual(NOW);
    expect(await usedAt(4)).toEqual(NOW);
    expect(await usedAt(6)).toEqual(minutesLater(6));
  });
});

test("of tokens that can be used there are 200 at most", async () => {
  const count = 200 - (await db().ingestToken.count({ where: { revokedAt: null } }));
  await pool().query(
    `insert into ingest_token (id, name, source, kind, token_hash, token_end, created_by, created_at)
     select gen_random_uuid(), 'n' || n, 'many', 'api', decode(md5(n::text), 'hex'), 'abcd', $1, $2
     from generate_series(1, $3) n`,
    [admin.id, NOW, count],
  );
  const draft = { name: "one more", source: "many", kind: "api" } as const;
  expect(await makeToken(draft, admin, NOW)).toEqual({ ok: false, reason: "too-many" });
  const [first] = await listTokens();
  await revokeToken(first?.id ?? "", admin, NOW);
  expect(await makeToken(draft, admin, NOW)).toMatchObject({ ok: true });
});
