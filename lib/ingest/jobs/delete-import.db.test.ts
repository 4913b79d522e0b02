import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { moveAlert } from "#lib/triage/commands.ts";
import { requestDeletion } from "../commands/deletion.ts";
import { create, is, saving, somebody } from "../testing/allowlist.ts";
import { importFile } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { trickyRecords } from "../testing/records.ts";
import { signalRecords } from "../testing/signal-records.ts";
import { dumpStore, emptyStore, emptyStoreButEntries, miscounts } from "../testing/store.ts";
import { deleteImport } from "./delete-import.ts";
import { Stopped } from "./run-import.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const NOW = new Date("2026-05-25T00:00:00Z");
const clock = () => NOW;
const lines = (records: readonly JsonObject[]) => records.map((record) => JSON.stringify(record)).join("\n");

async function remove(id: string): Promise<void> {
  const { name, state } = await db().import.findUniqueOrThrow({ where: { id } });
  const asked = await requestDeletion({ id, state: state as "done", typedName: name }, admin, NOW);
  expect(asked).toEqual({ ok: true, value: undefined });
  await deleteImport(id, clock, new AbortController().signal);
}

/** What a network, an actor or an image is called stays, though another record said so first. */
async function dump() {
  const { network: _, actor = [], image = [], ...rest } = await dumpStore();
  const nameless = (rows: unknown[]) => rows.map((row) => ({ ...(row as object), name: "" }));
  return { ...rest, actor: nameless(actor), image: nameless(image) };
}

async function counters(id: string) {
  const row = await db().import.findUniqueOrThrow({ where: { id } });
  return [row.newCount, row.duplicateCount, row.rejectedCount, row.detectionCount].map(Number);
}

describe("a deleted import", () => {
  test("leaves the store as if it had never been, whatever others delivered too", async () => {
    const records = [...trickyRecords(), ...signalRecords()];
    const some = fc.subarray(records, { minLength: 20 });
    const takenAs = fc.constantFrom("live" as const, "history" as const);
    let handedOver = 0;
    await fc.assert(
      fc.asyncProperty(some, some, some, takenAs, async (first, second, third, how) => {
        await emptyStore();
        await create(admin, saving(admin, { conditions: [is("actor", "111122223333/role/ci")] }), NOW);
        const secondId = await importFile(lines(second), { now: NOW, takenAs: how });
        const thirdId = await importFile(lines(third), { now: NOW });
        const expected = {
          store: await dump(),
          counters: [await counters(secondId), await counters(thirdId)],
        };
        await emptyStoreButEntries();
        const firstId = await importFile(`${lines(first)}\nbroken`, { now: NOW, takenAs: "live" });
        const again = await importFile(lines(second), { now: NOW, takenAs: how });
        const yetAgain = await importFile(lines(third), { now: NOW });
        await remove(firstId);
        expect(await dump()).toEqual(expected.store);
        expect([await counters(again), await counters(yetAgain)]).toEqual(expected.counters);
        expect(await miscounts()).toEqual({});
        const done = await db().importDeletion.findUniqueOrThrow({ where: { importId: firstId } });
        expect(done).toMatchObject({ state: "done", rejected: 1n });
        handedOver += Number(done.handedOver);
      }),
      { numRuns: 8 },
    );
    expect(handedOver).toBeGreaterThan(50);
  });

  test("breaks off and goes on where it was, and of two that ask only one does it", async () => {
    const many = Array.from({ length: 6000 }, (_, at) => ({ ...trickyRecords()[at % 40], at }));
    await importFile(lines(trickyRecords()), { now: NOW });
    const expected = await dump();
    const id = await importFile(lines(many), { now: NOW });
    const { name } = await db().import.findUniqueOrThrow({ where: { id } });
    const ask = () => requestDeletion({ id, state: "done", typedName: name }, admin, NOW);
    const asked = await Promise.all([ask(), ask()]);
    expect(asked.map((outcome) => outcome.ok || outcome.reason).sort()).toEqual(["changed-meanwhile", true]);

    const stopping = new AbortController();
    let looked = 0;
    const stopLater = () => {
      if (++looked === 2) stopping.abort();
      return NOW;
    };
    await expect(deleteImport(id, stopLater, stopping.signal)).rejects.toThrow(Stopped);
    const between = await db().importDeletion.findUniqueOrThrow({ where: { importId: id } });
    expect(between.state).toBe("running");
    expect(Number(between.done)).toBeGreaterThan(0);
    expect(Number(between.done)).toBeLessThan(6000);
    const both = () => deleteImport(id, clock, new AbortController().signal);
    expect((await Promise.all([both(), both()])).sort()).toEqual(["busy", "ended"]);
    expect(await dump()).toEqual(expected);
    expect(await miscounts()).toEqual({});
    expect(await db().importDeletion.findUniqueOrThrow({ where: { importId: id } })).toMatchObject({
      state: "done",
      done: 6000n,
      total: 6000n,
    });
  });

  test("leaves the alerts that somebody worked on, and says in their history what is gone", async () => {
    const id = await importFile(lines(trickyRecords()), { now: NOW, takenAs: "live" });
    const [alert] = await db().alert.findMany({ orderBy: { number: "asc" } });
    if (!alert) throw new Error("There is no alert.");
    const seen = { id: alert.id, revision: alert.revision, detectionCount: alert.detectionCount };
    expect(await moveAlert(admin, seen, { move: "take", text: null }, NOW)).toMatchObject({ ok: true });
    await remove(id);
    const left = await db().alert.findMany();
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({ id: alert.id, status: "in_progress", number: alert.number });
    expect(await db().event.count()).toBe(0);
    expect(await db().detection.count()).toBe(0);
    const activities = await db().activity.findMany({ where: { kind: "evidence" } });
    expect(activities).toMatchObject([
      {
        alertId: alert.id,
        personId: admin.id,
        text: "Evidence of it was deleted with the import “test.json”.",
      },
    ]);
    expect(await miscounts()).toEqual({});
  });

  test("is not deleted while it is read, nor without its name, nor by what was seen long ago", async () => {
    const id = await importFile(lines(trickyRecords()), { now: NOW });
    const ask = (state: "done" | "failed", typedName: string) =>
      requestDeletion({ id, state, typedName }, admin, NOW);
    expect(await ask("done", "other.json")).toEqual({ ok: false, reason: "not-confirmed" });
    expect(await ask("failed", "test.json")).toEqual({ ok: false, reason: "changed-meanwhile" });
    await db().import.update({ where: { id }, data: { state: "running" } });
    expect(await ask("done", "test.json")).toEqual({ ok: false, reason: "changed-meanwhile" });
    expect(await db().importDeletion.count()).toBe(0);
  });
});
