import { expect, test } from "vitest";
import { inTransaction, pool } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { normalize } from "#lib/logs/normalize/normalize.ts";
import { ownStore } from "../testing/own-store.ts";
import { copyEventRows } from "./insert-events.ts";
import { eventRow } from "./rows.ts";

ownStore();

function rowOf(name: string): { id: string; row: ReturnType<typeof eventRow> } {
  const record = JSON.parse(JSON.stringify(cloudTrailRecord({ eventID: name }))) as JsonObject;
  const event = normalize(record);
  if (!event.ok) throw new Error(event.reason.detail);
  const raw = { index: 1, line: 1, byteOffset: 0, bytes: Buffer.alloc(0) };
  const found = { event: event.value, addressClass: "unknown", network: null, detections: [], raw } as const;
  return { id: event.value.id, row: eventRow({ ...found, detections: [] }, { blockId: "1", position: 0 }) };
}

const store = (...rows: ReturnType<typeof eventRow>[]) =>
  inTransaction(async (client) => {
    const stored = await copyEventRows(client, rows);
    // What comes after goes on, whichever way the rows went.
    await client.query("insert into network (key, name) values ('AS1', 'one') on conflict do nothing");
    return stored;
  });

async function storedIds(): Promise<string[]> {
  const { rows } = await pool().query<{ id: string }>("select id from event order by id");
  return rows.map(({ id }) => id);
}

test("rows that another worker was faster with are told from those that are new, and stand there once", async () => {
  const [one, two, three] = [rowOf("one"), rowOf("two"), rowOf("three")];
  expect(await store(one.row, two.row)).toEqual(new Set([one.id, two.id]));
  expect(await store(two.row, three.row, one.row)).toEqual(new Set([three.id]));
  expect(await store(one.row, two.row, three.row)).toEqual(new Set());
  expect(await storedIds()).toEqual([one.id, two.id, three.id].sort());
  expect((await pool().query("select from network")).rowCount).toBe(1);
});

test("of two who store the same at the same time one stores it", async () => {
  const rows = Array.from({ length: 300 }, (_, at) => rowOf(`event ${at}`));
  const told = await Promise.all([
    store(...rows.map(({ row }) => row)),
    store(...rows.map(({ row }) => row).reverse()),
  ]);
  expect(told.map(({ size }) => size).sort((a, b) => a - b)).toEqual([0, 300]);
  expect(await storedIds()).toHaveLength(300);
});

test("what is wrong with a row, and not that it is there, is thrown", async () => {
  const { row } = rowOf("one");
  await expect(store(row.with(1, "no id"))).rejects.toThrow(/uuid/);
});
