import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, inTransaction, pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { type TableMapping, tableFingerprint } from "#lib/logs/normalize/table-mapping.ts";
import { runImport } from "../jobs/run-import.ts";
import { TAR_END, tarHeader, tarPadding } from "../tar-archive.ts";
import { deliver, importFile } from "../testing/deliver.ts";
import { dumpStore, emptyStore } from "../testing/store.ts";
import { uploadPath } from "../uploads.ts";
import { forgetMapping, holdMapping, leaveTableOut, saveMapping } from "./commands.ts";
import { getWaitingTable, listMappings, readMappingVersion } from "./queries.ts";

let database: TestDatabase;
const dana = { id: randomUUID() };
beforeAll(async () => {
  database = await openTestDatabase();
  await db().person.create({
    data: { id: dana.id, name: "Dana", email: "dana@example.com", role: "analyst" },
  });
});
beforeEach(async () => {
  await emptyStore();
  await pool().query("truncate table_mapping, table_mapping_version, import_table");
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

const NOW = new Date("2026-03-05T00:00:00Z");
const TABLE =
  "When;Action;Who\n2026-03-04 10:12:33;CreateImage;role/ci\n2026-03-04 10:13;DescribeImages;role/ci\nsoon;x;y\n";
const COLUMNS = ["When", "Action", "Who"];
const MAPPING: TableMapping = {
  name: "Vendor",
  fields: {
    time: { column: "When" },
    operation: { column: "Action" },
    principal: { column: "Who" },
    platform: { value: "aws" },
  },
  zone: "Europe/Berlin",
  dayFirst: false,
};
const save = (over: Partial<TableMapping> = {}, seenVersion: number | null = null, columns = COLUMNS) =>
  saveMapping({ columns, mapping: { ...MAPPING, ...over }, seenVersion }, dana, NOW);

const state = async (id: string) => await db().import.findUniqueOrThrow({ where: { id } });
async function read(id: string): Promise<void> {
  await runImport(id, () => NOW, new AbortController().signal);
}
const isThere = async (storedAs: string) =>
  await access(uploadPath(storedAs)).then(
    () => true,
    () => false,
  );

test("an import of an unknown table waits with its file, is read once it is mapped, and the next is read at once", async () => {
  const id = await importFile(TABLE, { name: "vendor.csv" });
  const waiting = await state(id);
  expect(waiting).toMatchObject({ state: "needs_mapping", position: 0n, failure: null });
  expect(await isThere(waiting.storedAs)).toBe(true);
  expect(await getWaitingTable(id)).toMatchObject({
    columns: COLUMNS,
    entry: null,
    sample: [{ line: 2, cells: ["2026-03-04 10:12:33", "CreateImage", "role/ci"] }, {}, {}],
  });

  expect(await save()).toEqual({ ok: true, value: { id: expect.any(String), imports: 1 } });
  expect(await state(id)).toMatchObject({ state: "queued" });
  await read(id);
  const done = await state(id);
  expect(done).toMatchObject({ state: "done", newCount: 2n, rejectedCount: 1n, detectionCount: 1n });
  expect(await isThere(done.storedAs)).toBe(false);
  expect(await db().event.findFirst({ where: { operation: "CreateImage" } })).toMatchObject({
    occurredAt: new Date("2026-03-04T09:12:33Z"),
    logSource: "mapped-table",
    service: "ec2.amazonaws.com",
    details: { mapping: { version: 1, name: "Vendor" } },
  });
  expect(await db().rejectedRecord.findFirst({ where: { importId: id } })).toMatchObject({
    reason: "no-time",
    detail: expect.stringContaining('"soon" in the column "When"'),
  });

  const turned = "who,action,when\nrole/ci,CopyImage,2026-03-04 11:00:00\n";
  const next = await importFile(turned, { name: "next.csv" });
  expect(await state(next)).toMatchObject({ state: "done", newCount: 1n, detectionCount: 1n });
  const wide = await importFile(
    `who,action,when\n${"x".repeat(1500)},CopyImage,2026-03-04 12:00\n`.repeat(9),
  );
  const noted = await db().importTable.findFirst({ where: { importId: wide } });
  expect(noted?.state).toBe("mapped");
  expect(JSON.stringify(noted?.sample).length).toBeLessThan(17_000);
  expect((await listMappings()).rows).toMatchObject([{ imports: 3, changedBy: "Dana", version: 1 }]);
});

describe("of two who say it at once", () => {
  test("one wins, and the other is told who it was", async () => {
    await importFile(TABLE);
    const outcomes = await Promise.all([save({ name: "One" }), save({ name: "Other" })]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(outcomes.find(({ ok }) => !ok)).toEqual({
      ok: false,
      reason: { kind: "changed-meanwhile", by: "Dana", at: NOW },
    });
    expect(await db().tableMappingVersion.count()).toBe(1);
  });

  test("of two changes of the version that both saw, too", async () => {
    await save();
    const outcomes = await Promise.all([save({ name: "One" }, 1), save({ name: "Other" }, 1)]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe("a table that is mapped while a worker finds it unknown is read", () => {
  /** Until so many wait for a lock of this database; bounded, for it is asked again and again. */
  const waitingForLock = async (wanted: number) => {
    const sql = `select count(*)::int as count from pg_locks join pg_database on pg_database.oid = pg_locks.database
      where locktype = 'advisory' and not granted and datname = current_database()`;
    for (let asked = 0; asked < 5000; asked++) {
      if ((await pool().query<{ count: number }>(sql)).rows[0]?.count === wanted) return;
    }
    throw new Error("Nobody waits for the lock.");
  };

  /** Both have looked before the other is done: the order is that in which they ask for the lock. */
  async function atOnce(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
    const both: Promise<unknown>[] = [];
    await inTransaction(async (client) => {
      await holdMapping(client, tableFingerprint(COLUMNS));
      both.push(first());
      await waitingForLock(1);
      both.push(second());
      await waitingForLock(2);
    });
    await Promise.all(both);
  }

  test.for(["the person first", "the worker first"])("%s", async (order) => {
    const id = await deliver(TABLE);
    const steps = [() => save(), () => read(id)] as const;
    await (order === "the person first" ? atOnce(...steps) : atOnce(steps[1], steps[0]));
    expect(await state(id)).toMatchObject({ state: "queued" });
    await read(id);
    expect(await state(id)).toMatchObject({ state: "done", newCount: 2n });
  });
});

test("a changed mapping reads what comes later; an event keeps the version that read it", async () => {
  await save();
  await importFile(TABLE);
  const [mapping] = (await listMappings()).rows;
  expect(await save({ zone: "UTC" }, 1)).toMatchObject({ ok: true, value: { id: mapping?.id } });
  await importFile("When;Action;Who\n2026-03-04 10:20;CopyImage;role/ci\n");
  const events = await db().event.findMany({
    where: { operation: { in: ["CreateImage", "CopyImage"] } },
    orderBy: { occurredAt: "asc" },
  });
  expect(events.map(({ details }) => details)).toMatchObject([
    { mapping: { version: 1 } },
    { mapping: { version: 2 } },
  ]);
  expect((await readMappingVersion(mapping?.id ?? "", 1))?.mapping.zone).toBe("Europe/Berlin");
});

test("a forgotten mapping is asked for anew, and may be made again", async () => {
  await save();
  const [mapping] = (await listMappings()).rows;
  const seen = { id: mapping?.id ?? "", version: 1 };
  expect(await forgetMapping({ ...seen, version: 7 }, dana, NOW)).toMatchObject({
    reason: { kind: "changed-meanwhile" },
  });
  expect(await forgetMapping(seen, dana, NOW)).toEqual({ ok: true, value: undefined });
  expect(await forgetMapping(seen, dana, NOW)).toMatchObject({ reason: { kind: "gone" } });
  expect((await listMappings()).rows).toEqual([]);
  const id = await importFile(TABLE);
  expect(await state(id)).toMatchObject({ state: "needs_mapping" });
  expect(await save()).toMatchObject({ ok: true, value: { id: seen.id, imports: 1 } });
});

describe("a table among the files of an archive", () => {
  const trail = (name: string) => JSON.stringify(cloudTrailRecord({ eventID: name }));
  const archive = () =>
    Buffer.concat([
      file("a.json", trail("a")),
      file("vendor.csv", TABLE),
      file("z.json", trail("z")),
      TAR_END,
    ]);
  const file = (name: string, content: string) =>
    Buffer.concat([tarHeader(name, content.length, NOW), Buffer.from(content), tarPadding(content.length)]);

  test("is waited for at its place, and read there", async () => {
    const id = await importFile(archive(), { now: NOW });
    expect(await state(id)).toMatchObject({ state: "needs_mapping", position: 1n, newCount: 1n });
    expect(await getWaitingTable(id)).toMatchObject({ entry: "vendor.csv" });
    await save();
    await read(id);
    expect(await state(id)).toMatchObject({
      state: "done",
      position: 5n,
      newCount: 4n,
      rejectedCount: 1n,
      duplicateCount: 0n,
    });
    const found = await dumpStore();
    await emptyStore();
    await importFile(archive(), { now: NOW });
    expect(await dumpStore()).toEqual(found);
  });

  test("or left out, which is said once, and the rest is read", async () => {
    const id = await importFile(archive());
    const table = await getWaitingTable(id);
    const leave = () => leaveTableOut(id, table?.fingerprint ?? "");
    const outcomes = await Promise.all([leave(), leave()]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    // Said after it was left out: the numbers of this import's records stay.
    await save();
    await read(id);
    expect(await state(id)).toMatchObject({ state: "done", newCount: 2n, rejectedCount: 1n, position: 3n });
    expect(await db().rejectedRecord.findFirst({ where: { importId: id } })).toMatchObject({ reason: "csv" });
  });
});

test("a mapping of a column that the table does not have is none", async () => {
  await expect(save({ fields: { ...MAPPING.fields, image: { column: "Image" } } })).rejects.toThrow(
    "The table has no such column.",
  );
});
