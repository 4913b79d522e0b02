import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { sealKey } from "./key.ts";
import { findDoor } from "./with-connection.ts";

const KEY = { accessId: "suAccessId", accessKey: "a-very-secret-access-key" };
const NOW = new Date("2026-11-24T12:00:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await mkdir(env().dataFolder, { recursive: true });
});
afterAll(() => database.drop());

async function store(
  name: string,
  more: { sealedWith?: string; ownQuery?: string; deployment?: string } = {},
) {
  const id = randomUUID();
  const { sealed, sealedWith } = await sealKey(id, KEY);
  await db().sumoConnection.create({
    data: {
      id,
      name,
      deployment: "eu",
      sealed: new Uint8Array(sealed),
      sealedWith,
      accessIdEnd: "ssId",
      categories: { aws: ["aws/cloudtrail"], azure: [] },
      profile: more.ownQuery === undefined ? "images" : "own",
      everyMinutes: 5,
      watermark: NOW,
      nextRunAt: NOW,
      createdBy: randomUUID(),
      createdAt: NOW,
      updatedBy: randomUUID(),
      updatedAt: NOW,
      ...more,
    },
  });
}

test("a connection is found by its name, with its key and its query", async () => {
  await store("Production");
  const door = await findDoor("Production");
  if (!door.ok) throw new Error(door.reason);
  expect(door.value.access).toEqual({
    apiUrl: "https://api.eu.sumologic.com/api/",
    pathPrefix: "v1/",
    ...KEY,
  });
  expect(door.value.query).toMatch(/^\(_sourceCategory=aws\/cloudtrail \(CreateImage OR /);
});

test("one whose query cannot be asked has none", async () => {
  await store("Own", { ownQuery: 'a "b' });
  const door = await findDoor("Own");
  expect(door.ok && door.value.query).toBeUndefined();
  expect(door.ok).toBe(true);
});

test("the names there are stand in the place of one that is not", async () => {
  const door = await findDoor("production");
  expect(door.ok || door.reason).toContain("There are: Own, Production");
});

test.for([
  ["Sealed by another", { sealedWith: "another" }],
  ["At an address that is not listed", { deployment: "custom" }],
] as const)("what is wrong with a connection is told without its key: %s", async ([name, more]) => {
  await store(name, more);
  const door = await findDoor(name);
  expect(door.ok).toBe(false);
  expect(door.ok || door.reason).toMatch(/^[A-Z].*\. .*\. \(/);
  expect(JSON.stringify(door)).not.toContain(KEY.accessKey);
});
