import { expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import { NO_MAPPINGS } from "#lib/logs/normalize/table-mapping.ts";
import { openLog } from "#lib/logs/read/read.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { processRecords } from "../pipeline.ts";
import { trickyRecords } from "../testing/records.ts";
import { GrowingBatch } from "./growing-batch.ts";

const SETTINGS = { rules: RULES, organisation: unknownOrganisation(), mappings: NO_MAPPINGS };

async function itemsOf(content: string): Promise<ReadItem[]> {
  const log = await openLog(
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  if (!log.ok) throw new Error(log.reason.reason);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return items;
}

test("records that come a few at a time say what they say at once", async () => {
  const records = trickyRecords().map((record) => JSON.stringify(record));
  const items = await itemsOf([...records, "rubbish", ...records.slice(3, 9), "rubbish"].join("\n"));
  const batch = new GrowingBatch(SETTINGS);
  for (let at = 0; at < items.length; at += 7) batch.add(items.slice(at, at + 7));
  const atOnce = processRecords(items, SETTINGS);
  expect(atOnce.repeated).toBe(6);
  expect(batch.take()).toEqual(atOnce);
  expect(batch.take()).toBeUndefined();
});

test.for<[name: string, records: number, length: number, full: boolean]>([
  ["a few small records leave room", 10, 100, false],
  ["4,000 records fill it", 4000, 10, true],
  ["a few records of 8 MB fill it", 5, 1_900_000, true],
])("%s", async ([, records, length, full]) => {
  const content = Array.from({ length: records }, (_, at) => `{"a":"${at}${"x".repeat(length)}"}`).join("\n");
  const batch = new GrowingBatch(SETTINGS);
  batch.add(await itemsOf(content));
  expect(batch.isFull).toBe(full);
  batch.take();
  expect(batch.isFull).toBe(false);
});
