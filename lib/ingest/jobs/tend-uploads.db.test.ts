import { randomUUID } from "node:crypto";
import { access, readdir, utimes, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { createImport } from "../commands.ts";
import type { ImportState } from "../import.ts";
import { ownStore } from "../testing/own-store.ts";
import { ensureUploadsFolder, openUploadStore, uploadPath } from "../uploads.ts";
import { tendUploads } from "./tend-uploads.ts";

const NOW = new Date("2026-03-10T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const OWNER = "018e0000-0000-7000-8000-000000000001";
const CONTENT = "0123456789";

ownStore();

type Left = { bytes?: number; touched?: Date; state?: ImportState; ended?: Date; described?: boolean };

/** Leaves a file in the uploads folder as an upload would, and an import of it when it has a state. */
async function leave({ bytes = CONTENT.length, touched = NOW, state, ended, described = true }: Left) {
  await ensureUploadsFolder();
  const id = randomUUID();
  const metadata = { filename: "trail.json", takenAs: "history", owner: OWNER };
  const upload = { id, size: CONTENT.length, offset: 0, metadata, creation_date: touched.toISOString() };
  await writeFile(uploadPath(id), CONTENT.slice(0, bytes));
  await utimes(uploadPath(id), touched, touched);
  if (described) {
    await writeFile(`${uploadPath(id)}.json`, JSON.stringify(upload));
    await utimes(`${uploadPath(id)}.json`, touched, touched);
  }
  if (state) {
    const importId = await createImport({ ...DELIVERY, storedAs: id });
    await db().import.update({ where: { id: importId }, data: { state, finishedAt: ended ?? null } });
  }
  return id;
}

const DELIVERY = {
  kind: "upload",
  name: "trail.json",
  byteSize: CONTENT.length,
  takenAs: "history",
  createdBy: OWNER,
} as const;

const isThere = (id: string) =>
  access(uploadPath(id)).then(
    () => true,
    () => false,
  );

async function countJobs(importId: string): Promise<number> {
  const { rowCount } = await pool().query("select 1 from pgboss.job where data ->> 'importId' = $1", [
    importId,
  ]);
  return rowCount ?? 0;
}

describe("a file in the uploads folder", () => {
  test.for<[name: string, left: Left, stays: boolean, imports: number]>([
    ["that is complete and no import becomes one", {}, true, 1],
    ["that is complete, however old, becomes an import", { touched: daysAgo(30) }, true, 1],
    ["that waits to be read stays", { state: "queued", touched: daysAgo(30) }, true, 1],
    ["that is being read stays", { state: "running", touched: daysAgo(30) }, true, 1],
    ["that was read goes", { state: "done" }, false, 1],
    ["whose import failed stays for a while", { state: "failed", ended: daysAgo(2) }, true, 1],
    ["whose import failed goes", { state: "failed", ended: daysAgo(3.1) }, false, 1],
    ["whose import was cancelled stays for a while", { state: "cancelled", ended: daysAgo(2) }, true, 1],
    ["whose import was cancelled goes", { state: "cancelled", ended: daysAgo(3.1) }, false, 1],
    ["that is being sent stays", { bytes: 4 }, true, 0],
    ["that nobody has gone on sending for three days goes", { bytes: 4, touched: daysAgo(3.1) }, false, 0],
    ["that nobody has gone on sending for two days stays", { bytes: 4, touched: daysAgo(2) }, true, 0],
    ["of which nothing is known stays for a while", { described: false, touched: daysAgo(2) }, true, 0],
    ["of which nothing is known goes", { described: false, touched: daysAgo(3.1) }, false, 0],
  ])("%s", async ([, left, stays, imports]) => {
    const id = await leave(left);
    await tendUploads(NOW);
    await tendUploads(NOW);
    expect(await isThere(id)).toBe(stays);
    expect(await db().import.count({ where: { storedAs: id } })).toBe(imports);
    if (!stays)
      expect((await readdir(await ensureUploadsFolder())).filter((name) => name.includes(id))).toEqual([]);
  });

  test("becomes an import of the person who sent it, under its name, and is queued", async () => {
    const id = await leave({});
    await tendUploads(NOW);
    const found = await db().import.findFirstOrThrow({ where: { storedAs: id } });
    expect(found).toMatchObject({ ...DELIVERY, byteSize: 10n, state: "queued" });
    expect(await countJobs(found.id)).toBe(1);
  });

  test("that cannot be looked after does not keep others from it", async () => {
    const ids = [await leave({}), await leave({}), await leave({})];
    await writeFile(
      `${uploadPath(ids[1] ?? "")}.json`,
      `{"id":"${ids[1]}","size":10,"metadata":{"owner":7}}`,
    );
    await writeFile(uploadPath("not ours"), "");
    await tendUploads(NOW);
    expect(await db().import.count({ where: { storedAs: { in: ids } } })).toBe(2);
  });
});

test("the same file delivered twice at once is one import", async () => {
  const storedAs = await leave({});
  const ids = await Promise.all(Array.from({ length: 4 }, () => createImport({ ...DELIVERY, storedAs })));
  expect(new Set(ids).size).toBe(1);
  expect(await db().import.count()).toBe(1);
  expect(await countJobs(ids[0] ?? "")).toBe(1);
});

test("the upload server's store is the folder that is looked after", async () => {
  const id = await leave({ bytes: 4 });
  expect(await (await openUploadStore()).getUpload(id)).toMatchObject({ offset: 4, size: 10 });
});
