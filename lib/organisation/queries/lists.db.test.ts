import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { pool } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { importRows, putFirstStepsAway, saveRow } from "../commands/change.ts";
import type { ImageImportance, OwnNetwork } from "../organisation.ts";
import {
  allRows,
  areFirstStepsAway,
  countLists,
  listOrganisationChanges,
  listRevision,
  listRows,
} from "./lists.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await pool().query("truncate organisation_change, own_network, image_importance, first_steps_away");
});
afterAll(async () => {
  await database.drop();
});

const PERSON = { id: "00000000-0000-4000-8000-000000000001" };
const by = { person: PERSON, now: new Date("2026-05-25T00:00:00Z") };
const networks = Array.from(
  { length: 230 },
  (_, at): OwnNetwork => ({ cidr: `10.0.${at}.0/24`, name: at % 100 === 7 ? `100%_\\ ${at}` : `site ${at}` }),
);

async function load(rows: readonly OwnNetwork[], removesOthers = false) {
  const seenRevision = await listRevision("networks");
  return await importRows("networks", { rows, removesOthers, seenRevision }, by);
}

test("a list is paged whole, each row once, and searched by what stands there", async () => {
  await load(networks);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listRows<"networks">>> = await listRows("networks", {
      q: "",
      after,
    });
    expect(page.count).toBe(230);
    seen.push(...page.rows.map(({ row }) => row.cidr));
    after = page.next;
  } while (after !== null);
  expect(seen).toHaveLength(230);
  expect(new Set(seen)).toEqual(new Set(networks.map(({ cidr }) => cidr)));
  const found = await listRows("networks", { q: "100%_\\", after: null });
  expect([found.found, found.rows.map(({ row }) => row.name)]).toEqual([
    3,
    ["100%_\\ 107", "100%_\\ 207", "100%_\\ 7"],
  ]);
});

test("a file adds, changes and, where it is asked to, removes; what it did is kept with who did it", async () => {
  await load(networks.slice(0, 3));
  const renamed = { cidr: "10.0.1.0/24", name: "moved" };
  expect(await load([renamed, { cidr: "192.0.2.0/24", name: "new" }], true)).toMatchObject({ ok: true });
  expect((await allRows("networks")).map(({ row }) => row)).toEqual([
    renamed,
    { cidr: "192.0.2.0/24", name: "new" },
  ]);
  expect(await load([renamed])).toMatchObject({ reason: "nothing" });
  const [last, first] = await listOrganisationChanges();
  expect(last).toMatchObject({
    revision: 2,
    how: "csv",
    added: 1,
    changed: 1,
    removed: 2,
    stage: "normalise",
  });
  expect(last?.examples).toContainEqual({ name: "10.0.1.0/24", before: networks[1], after: renamed });
  expect(first).toMatchObject({ revision: 1, added: 3, stage: "normalise" });
  expect(await countLists()).toMatchObject({ networks: 2, images: 0 });
});

test("of a list that would grow too long nothing is stored", async () => {
  const images = Array.from(
    { length: 500 },
    (_, at): ImageImportance => ({
      pattern: `*/${at}`,
      importance: "high",
      note: null,
    }),
  );
  expect(
    await importRows("images", { rows: images, removesOthers: false, seenRevision: 0 }, by),
  ).toMatchObject({
    ok: true,
  });
  const row: ImageImportance = { pattern: "*/more", importance: "high", note: null };
  expect(await saveRow("images", { row, seenRevision: null }, by)).toMatchObject({ reason: "too-many" });
  expect([await countLists(), await listRevision("images")]).toMatchObject([{ images: 500 }, 1]);
});

test("the first steps are put away for one person, and brought back", async () => {
  await putFirstStepsAway(true, by);
  await putFirstStepsAway(true, by);
  expect(await areFirstStepsAway(PERSON.id)).toBe(true);
  expect(await areFirstStepsAway("00000000-0000-4000-8000-000000000002")).toBe(false);
  await putFirstStepsAway(false, by);
  expect(await areFirstStepsAway(PERSON.id)).toBe(false);
});
