import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { cancelImport, readOnImport } from "../commands.ts";
import { deliver } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { uploadPath } from "../uploads.ts";
import { failImport, runImport } from "./run-import.ts";

ownStore();

const NOW = new Date("2026-03-10T12:00:00Z");
const ADA = { id: "018e0000-0000-7000-8000-000000000001" };
const RECORDS = 6000;
const CONTENT = Array.from({ length: RECORDS }, (_, at) =>
  JSON.stringify(cloudTrailRecord({ eventID: `event-${at}` })),
).join("\n");

const run = (id: string, clock = () => new Date()) => runImport(id, clock, new AbortController().signal);
const rowOf = (id: string) => db().import.findUniqueOrThrow({ where: { id } });
const fileOf = async (id: string) => uploadPath((await rowOf(id)).storedAs);

async function countJobs(id: string): Promise<number> {
  const { rowCount } = await pool().query("select 1 from pgboss.job where data ->> 'importId' = $1", [id]);
  return rowCount ?? 0;
}

describe("an import that is cancelled", () => {
  test("while it waits is not read", async () => {
    const id = await deliver(CONTENT);
    expect(await cancelImport({ id, state: "queued" }, ADA, NOW)).toEqual({ ok: true, value: undefined });
    expect(await run(id)).toBe("ended");
    expect(await rowOf(id)).toMatchObject({
      state: "cancelled",
      position: 0n,
      cancelledBy: ADA.id,
      finishedAt: NOW,
    });
  });

  test("while it is read keeps what was read, and is read on to the very end", async () => {
    const id = await deliver(CONTENT);
    let batches = 0;
    let cancelled: Promise<unknown> = Promise.resolve();
    await run(id, () => {
      // Asked once when the run begins, and once for each batch.
      if (++batches === 2) cancelled = cancelImport({ id, state: "running" }, ADA, NOW);
      return NOW;
    });
    expect(await cancelled).toMatchObject({ ok: true });
    const { state, position } = await rowOf(id);
    expect(state).toBe("cancelled");
    expect(Number(position)).toBeLessThan(RECORDS);
    expect(await db().event.count()).toBe(Number(position));

    expect(await readOnImport({ id, state: "cancelled" })).toMatchObject({ ok: true });
    await run(id);
    expect(await rowOf(id)).toMatchObject({ state: "done", newCount: 6000n, duplicateCount: 0n });
    expect(await db().event.count()).toBe(RECORDS);
  });

  test("ends also when its file gives nothing any more", async () => {
    const id = await deliver(CONTENT);
    const file = await fileOf(id);
    await rm(file);
    execFileSync("mkfifo", [file]);
    const hanging = run(id);
    await expect.poll(async () => (await rowOf(id)).state).toBe("running");
    await cancelImport({ id, state: "running" }, ADA, NOW);
    expect(await hanging).toBe("ended");
    await (await open(file, "w")).close();
  });

  test("by one of two people at once tells the other", async () => {
    const id = await deliver(CONTENT);
    const press = () => cancelImport({ id, state: "queued" }, ADA, NOW);
    const outcomes = await Promise.all([press(), press()]);
    expect(outcomes.filter(({ ok }) => ok).length).toBe(1);
    expect(outcomes).toContainEqual({ ok: false, reason: "changed-meanwhile" });
  });
});

describe("an import that failed", () => {
  test("is tried again once, however often it is pressed, from where it was", async () => {
    const id = await deliver(CONTENT);
    await failImport(id, "gave-up", "no luck", NOW);
    const press = () => readOnImport({ id, state: "failed" });
    const outcomes = await Promise.all([press(), press(), press()]);
    expect(outcomes.filter(({ ok }) => ok).length).toBe(1);
    // One since it was delivered, and one more.
    expect(await countJobs(id)).toBe(2);
    await run(id);
    expect(await rowOf(id)).toMatchObject({ state: "done", failure: null, failureDetail: null });
  });

  test("and of which the file is gone stays failed", async () => {
    const id = await deliver(CONTENT);
    await failImport(id, "gave-up", "no luck", NOW);
    await rm(await fileOf(id));
    expect(await readOnImport({ id, state: "failed" })).toEqual({ ok: false, reason: "file-gone" });
    expect(await rowOf(id)).toMatchObject({ state: "failed", failure: "gave-up" });
    expect(await countJobs(id)).toBe(1);
  });
});

test("what has been read cannot be cancelled, and what is not there is told", async () => {
  const id = await deliver(CONTENT);
  await run(id);
  expect(await cancelImport({ id, state: "done" }, ADA, NOW)).toEqual({ ok: false, reason: "not-now" });
  expect(await cancelImport({ id, state: "running" }, ADA, NOW)).toEqual({
    ok: false,
    reason: "changed-meanwhile",
  });
  expect(await cancelImport({ id: randomUUID(), state: "running" }, ADA, NOW)).toEqual({
    ok: false,
    reason: "gone",
  });
});
