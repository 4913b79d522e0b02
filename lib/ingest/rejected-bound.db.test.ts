import { expect, test, vi } from "vitest";
import { db } from "#lib/db/client.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { requestDeletion } from "./commands/deletion.ts";
import { deleteImport } from "./jobs/delete-import.ts";
import { runImport, Stopped } from "./jobs/run-import.ts";
import { getDeletion, previewDeletion } from "./queries/deletion.ts";
import { countRejectedByReason, rejectedLines } from "./queries/rejected.ts";
import { listRejected } from "./queries.ts";
import { deliver, importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";

/** Runs before anything reads the environment. */
vi.hoisted(() => vi.stubEnv("BARNACLE_MAX_REJECTED_RECORDS", "5000"));

ownStore();

/** 9,000 lines of rubbish of two kinds, an event behind every thousand: three batches. */
const content = Array.from({ length: 9000 }, (_, at) => {
  const rubbish = at % 3 === 0 ? "7" : "rubbish";
  return at % 1000 === 999
    ? `${rubbish}\n${JSON.stringify(cloudTrailRecord({ eventID: `event-${at}` }))}`
    : rubbish;
}).join("\n");
const ADMIN = { id: "0198c5a0-0000-7000-8000-000000000001" };
const live = new AbortController().signal;

async function told(id: string) {
  const { state, newCount, rejectedCount } = await db().import.findUniqueOrThrow({ where: { id } });
  const rows = await db().rejectedRecord.findMany({
    where: { importId: id },
    orderBy: { recordIndex: "asc" },
  });
  const blocks = await db().rawBlock.aggregate({ where: { importId: id }, _sum: { recordCount: true } });
  return {
    ...{ state, newCount, rejectedCount },
    kept: [rows.length, rows[0]?.recordIndex, rows.at(-1)?.recordIndex],
    records: blocks._sum.recordCount,
    reasons: await countRejectedByReason({ import: id }),
  };
}

const EXPECTED = {
  ...{ state: "done", newCount: 9n, rejectedCount: 9000n },
  kept: [5000, 1n, 5004n],
  records: 5009,
  reasons: [
    { reason: "not-json", count: 3333, unkept: 2667 },
    { reason: "not-an-object", count: 1667, unkept: 1333 },
  ],
};

test("of an import's rejected records the first are kept, and all are counted by reason", async () => {
  const id = await importFile(content);
  expect(await told(id)).toEqual(EXPECTED);
  expect((await listRejected(id, 5000)).rows).toHaveLength(4);

  const lines: string[] = [];
  for await (const line of rejectedLines({ import: id, reason: "not-an-object" })) lines.push(line);
  expect(lines).toHaveLength(1668);
  expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
    ...{ import: id, file: "test.json", reason: "not-an-object", notKept: 1333 },
  });
});

test("a reading that breaks off behind each batch keeps and counts the same", async () => {
  const id = await deliver(content);
  let stops = 0;
  for (let ended = false; !ended && stops < 10; ) {
    const stop = new AbortController();
    ended = await runImport(
      id,
      () => new Date(),
      stop.signal,
      () => stop.abort(),
    ).then(
      () => true,
      (error) => {
        if (!(error instanceof Stopped)) throw error;
        stops++;
        return false;
      },
    );
  }
  expect(stops).toBeGreaterThan(1);
  expect(await told(id)).toEqual(EXPECTED);
});

test("a deletion counts those that were not kept, and leaves nothing of them", async () => {
  const id = await importFile(content);
  expect(await previewDeletion(id)).toMatchObject({ events: 9, rejected: 9000 });
  const asked = await requestDeletion({ id, state: "done", typedName: "test.json" }, ADMIN, new Date());
  expect(asked).toMatchObject({ ok: true });
  await deleteImport(id, () => new Date(), live);
  expect(await getDeletion(id)).toMatchObject({ state: "done", events: 9, rejected: 9000 });
  expect(await db().unkeptRejection.count()).toBe(0);
  expect(await db().rejectedRecord.count()).toBe(0);
});
