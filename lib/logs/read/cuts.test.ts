import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formText } from "./form.ts";
import { openFile } from "./open-file.ts";
import { Peekable } from "./peekable.ts";
import { type OpenLog, openLog } from "./read.ts";
import { readItems } from "./read-items.ts";
import { DEFAULT_READ_LIMITS } from "./record.ts";
import { sniff } from "./sniff.ts";
import { tar, tarMember, zip } from "./testing/archives.ts";
import { readStored } from "./text-record.ts";
import { NO_TABLES } from "./unknown-table.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cuts-"));
});
afterAll(() => rm(folder, { recursive: true }));

const RECORDS = [
  { eventVersion: "1.09", eventName: "PutImage", eventID: "a", n: 1, text: 'größe 😀 "}{', list: [[], {}] },
  { eventVersion: "1.09", eventName: "CreateImage", eventID: "b", empty: {}, long: "x".repeat(300) },
  { eventVersion: "1.09", eventName: "CopyImage", eventID: "c", nested: { a: [{ b: "\n\\" }] } },
];
const lines = (records: readonly object[]) => records.map((record) => JSON.stringify(record)).join("\n");
const pretty = (records: readonly object[]) =>
  records.map((record) => JSON.stringify(record, null, 2)).join("\n");
const csv = (records: readonly object[]) =>
  `_messagetime,_raw\n${records.map((record) => `1,"${JSON.stringify(record).replaceAll('"', '""')}"`).join("\r\n")}`;

const answer = (records: readonly object[]) => ({
  tables: [
    {
      name: "PrimaryResult",
      columns: [{ name: "größe", type: "string" }, { name: "EventName" }, { name: "n", type: "int" }],
      rows: records.map((record, at) => [JSON.stringify(record), "Put\\Image", at]),
    },
  ],
});

/** The ways in which a text holds records. */
const TEXTS: Readonly<Record<string, (records: readonly object[]) => string>> = {
  "JSON Lines": lines,
  "JSON Lines with empty lines": (records) =>
    `\r\n\n${lines(records).replaceAll("\n", "\r\n\r\n\n \n")}\r\n\r\n`,
  "JSON Lines with rubbish": (records) => `${lines(records)}\nrubbish\n{"a":\n${lines(records)}`,
  "one behind another": (records) => records.map((record) => JSON.stringify(record)).join(""),
  "a list": (records) => JSON.stringify(records),
  "set out": pretty,
  Records: (records) => JSON.stringify({ Records: records }),
  "value, set out": (records) => JSON.stringify({ value: records, nextLink: null }, null, 2),
  LookupEvents: (records) =>
    JSON.stringify({ Events: records.map((record) => ({ CloudTrailEvent: JSON.stringify(record) })) }),
  "Sumo Logic's messages": (records) =>
    JSON.stringify({ messages: records.map((record) => ({ map: { _raw: JSON.stringify(record) } })) }),
  "a text in a text": (records) =>
    lines(records.map((record) => ({ message: JSON.stringify(JSON.stringify(record)) }))),
  "a table with a column of records": csv,
  "a table with empty lines": (records) => csv(records).replaceAll("\r\n", "\r\n\r\n\n"),
  "a known table": (records) =>
    `eventname;eventsource\n${records.map((_, at) => `"Put""${at}";ecr`).join("\n")}`,
  "a query's answer": (records) => JSON.stringify(answer(records)),
  "a query's answers, set out": (records) => {
    const text = JSON.stringify(answer(records), null, 2);
    return `${text}\n${text}\n{"eventName":"PutImage"}`;
  },
  "Docker's text": (records) =>
    records.map((_, at) => `2026-03-04T09:12:33Z image push a/b:${at} (name=größe)`).join("\n"),
  "Falco's text": (records) =>
    `started\n${records.map((_, at) => `09:12:33.${at}: Notice Shell (user=ö${at} command=a b)`).join("\r\n")}\n`,
};

/** The ways in which bytes are packed, all of which come as a stream. */
const PACKINGS: Readonly<Record<string, (bytes: Buffer) => Buffer | Promise<Buffer>>> = {
  plain: (bytes) => bytes,
  "with a mark": (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  "UTF-16": (bytes) => Buffer.from(`\ufeff${bytes}`, "utf16le"),
  gzip: (bytes) => gzipSync(bytes),
  "gzip in two": (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 99)), gzipSync(bytes.subarray(99))]),
  zstd: (bytes) => zstdCompressSync(bytes),
  "zstd in two": (bytes) =>
    Buffer.concat([zstdCompressSync(bytes.subarray(0, 99)), zstdCompressSync(bytes.subarray(99))]),
  "tar.gz": (bytes) => gzipSync(tar(tarMember("a", bytes), tarMember("b", gzipSync(bytes)))),
  "zip in tar": async (bytes) => tar(tarMember("a.zip", await zip(["a", bytes], ["b", bytes]))),
  zip: (bytes) => zip(["a/b", bytes]),
};

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]) {
  let from = 0;
  for (let piece = 0; from < bytes.length; piece++) {
    const size = Math.max(1, sizes[piece % sizes.length] ?? 1);
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

/** All that a log says of itself and of each record. */
async function tell(log: Awaited<ReturnType<typeof openLog>>): Promise<string[]> {
  if (!log.ok) return [`${log.reason.reason}: ${log.reason.detail}`];
  const items = await itemsOf(log.value);
  return [
    formText(log.value.form, log.value.seen),
    ...items.map((item) => {
      const place = `${item.index} ${item.entry ?? "-"} ${item.line}:${item.byteOffset} ${item.bytes}`;
      return item.ok ? `${place} ${JSON.stringify(item.value)}` : `${place} ${item.reason}: ${item.detail}`;
    }),
  ];
}

async function itemsOf(log: OpenLog) {
  const items = [];
  for await (const some of log.items) items.push(...some);
  return items;
}

const FORMS = Object.entries(TEXTS).flatMap(([text, make]) =>
  Object.entries(PACKINGS).map(([packing, pack]) => ({
    name: `${text}, ${packing}`,
    bytes: async () => await pack(Buffer.from(make(RECORDS))),
  })),
);

describe("any cut of the stream gives the same records as the file", () => {
  test.for(FORMS)("$name", async ({ bytes }) => {
    const content = await bytes();
    const file = path.join(folder, "delivered");
    await writeFile(file, content);
    const opened = await openFile(file);
    const whole = await tell(opened);
    if (opened.ok) opened.value.close();
    expect(whole.length).toBeGreaterThan(2);
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, async (cut) => {
        expect(await tell(await openLog(inPieces(content, cut)))).toEqual(whole);
      }),
      { numRuns: 5, examples: [[[1]]] },
    );
  });
});

test.for(Object.entries(TEXTS))(
  "a record of %s is read from what is stored as it was read",
  async ([, make]) => {
    const log = await openLog(inPieces(Buffer.from(make(RECORDS)), [1000]));
    if (!log.ok) throw new Error(log.reason.reason);
    const items = await itemsOf(log.value);
    expect(items.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(RECORDS.length);
    for (const item of items.filter(({ ok }) => ok)) {
      expect(readStored(item.bytes)).toEqual({ ok: true, value: item.ok && item.value });
    }
  },
);

/** What a text says when it comes in such pieces: opening a log looks at its first megabyte, and hands that on in one. */
async function tellPieces(
  text: string,
  sizes: readonly number[],
  limits = DEFAULT_READ_LIMITS,
): Promise<string[]> {
  const bytes = Buffer.from(text);
  const shape = sniff(bytes, true, NO_TABLES);
  if (!shape.ok) return [shape.reason.reason];
  const pieces = new Peekable(inPieces(bytes, sizes));
  const told: string[] = [];
  for await (const items of readItems(pieces, shape.value, { limits, start: { byteOffset: 0, line: 1 } })) {
    for (const item of items) {
      const place = `${item.index} ${item.line}:${item.byteOffset} ${item.bytes}`;
      told.push(
        item.ok ? `${place} ${JSON.stringify(item.value)}` : `${place} ${item.reason}: ${item.detail}`,
      );
    }
  }
  return told;
}

const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test.for(Object.entries(TEXTS))("any cut of the text of %s gives the same records", async ([, make]) => {
  const text = make(RECORDS);
  const whole = await tellPieces(text, [text.length * 4]);
  expect(whole.length).toBeGreaterThanOrEqual(RECORDS.length);
  await fc.assert(
    fc.asyncProperty(cuts, async (sizes) => {
      expect(await tellPieces(text, sizes)).toEqual(whole);
    }),
    { numRuns: 20, examples: [[[1]], [[2]]] },
  );
});

describe("any cut of what is broken gives the same records and reasons", () => {
  const limits = { ...DEFAULT_READ_LIMITS, maxRecordBytes: 200, keptBytes: 20 };
  const value = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }));
  const record = fc.oneof(
    value.map((one) => JSON.stringify(one)),
    value.map((one) => JSON.stringify(one, null, 2)),
    fc.constantFrom('{"a":"\n', '{"a":{', "rubbish", "]", '"', '{"a":"\\', "{}", "7", "\r\n", "\r\n\r\n"),
    fc.constant(`{"long":"${"é".repeat(150)}"}`),
  );
  const records = fc.array(record);
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", "é", " "), maxLength: 8 });

  test.for<[name: string, content: fc.Arbitrary<string>]>([
    ["lines", records.map((all) => `{"a":1}\n${all.join("\n")}`)],
    ["a list", records.map((all) => `[${all.join(",")}]`)],
    ["Records", records.map((all) => `{"x":1,"Records":[\n${all.join(",\n")}\n]}`)],
    ["a list that breaks off", records.map((all) => `{"value" : [${all.join(" , ")}`)],
    [
      "a query's answer",
      records.map(
        (all) => `{"tables":[{"name":"T","columns":[{"name":"a"}],"rows":[[1],${all.join(",")}]}]}`,
      ),
    ],
    ["rows", fc.array(cell).map((all) => `t,_raw\n1,"{""a"":1}"\n${all.join("\n")}`)],
  ])("%s", async ([, content]) => {
    await fc.assert(
      fc.asyncProperty(content, cuts, async (text, sizes) => {
        expect(await tellPieces(text, sizes, limits)).toEqual(await tellPieces(text, [1e6], limits));
      }),
      { numRuns: 150 },
    );
  });
});
