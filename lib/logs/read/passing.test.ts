import fc from "fast-check";
import { expect, test } from "vitest";
import { Passing, type Sieve } from "./passing.ts";
import { openLog } from "./read.ts";

/** Looks for records with an X; what begins with `{"k":` is told from others by that. */
const sieve: Sieve = {
  isFamiliar: (bytes, at) => bytes.toString("latin1", at, at + 5) === '{"k":',
  needles: [Buffer.from("X")],
  between: Buffer.from('},{"k":'),
  isWanted: (record) => record.includes("X"),
};

async function* inPieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

/** Where each record stands that has an X, and how many records there are. */
async function read(content: string, size: number, passing?: Passing) {
  const log = await openLog(inPieces(Buffer.from(content), size), undefined, undefined, passing);
  if (!log.ok) return { unreadable: log.reason.reason };
  const found: string[] = [];
  let records = 0;
  for await (const items of log.value.items) {
    records += items.length;
    for (const { bytes, index, line, byteOffset } of items)
      if (bytes.includes("X")) found.push(`${index} ${line}:${byteOffset} ${bytes}`);
  }
  return { found, records: records + (passing?.count ?? 0) };
}

const plain = fc
  .record({
    k: fc.constantFrom("X", "a", "[b]", 'c"d', "e\\u0058"),
    list: fc.constantFrom([], [{}], [{ k: "a" }, { k: "a" }], "a[", { a: ":[", b: [["]"], { k: 1 }] }),
  })
  .map((value) => JSON.stringify(value).replace("\\\\u", "\\u"));
/** What may stand in a list beside such records. */
const other = fc.constantFrom('{"o":1}', '{"o":{"p":1},"X":2}', "{}", "[]", "7", "null", '"t"', '"X"', " {}");
const texts = fc.array(plain, { maxLength: 3 }).map((records) => records.join("\n"));
const line = fc.oneof(
  { weight: 6, arbitrary: plain },
  fc.constantFrom("", "  ", "rubbish", '{"k":', '{"Records":[]}', "[1,2]"),
  fc.array(plain, { maxLength: 3 }).map((records) => `{"a":1, "Records" : [${records.join(", ")}]}`),
  fc.array(plain, { maxLength: 3 }).map((records) => `{"k":0,"value":[${records.join()}]}`),
  fc.array(plain, { maxLength: 9 }).map((records) => `{"Records":[${records.join()}]}`),
  fc
    .array(fc.oneof({ weight: 3, arbitrary: plain }, other), { maxLength: 9 })
    .map((records) => `[${records.join()}]`),
  fc.array(plain, { maxLength: 3 }).map((records) => `[${records.join(" ")}]`),
  texts.map((text) => JSON.stringify({ k: 1, _raw: text })),
  texts.map((text) => JSON.stringify({ message: text })),
  plain.map((record) => `{"event":${record},"time":1}`),
);

test("what is passed over changes neither the places of other records nor how many there are", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 12 }),
      fc.constantFrom("\n", "\r\n"),
      fc.integer({ min: 1, max: 200 }),
      async (lines, lineEnd, size) => {
        const content = lines.join(lineEnd);
        expect(await read(content, size, new Passing(sieve))).toEqual(await read(content, size));
      },
    ),
    { numRuns: 2000 },
  );
});

test("a record of another kind between two that are passed over is none of them", async () => {
  for (const between of ['{"o":1}', ' {"o":1}', '"t"', "7", '7,{"o":1}']) {
    const content = `{"Records":[{"k":0},{"k":{"l":[{}]},"m":1},${between},{"k":1},{"k":2}]}`;
    expect(await read(content, 1000, new Passing(sieve))).toEqual(await read(content, 1000));
    expect(await read(content, 1000)).toMatchObject({ records: between.startsWith("7,") ? 6 : 5 });
  }
});

test("of lines and of a list all are passed over but those that are looked for", async () => {
  const records = ["a", "b", "X", "d"].map((k) =>
    JSON.stringify({ k, of: { items: [{ n: 1 }] }, text: 'a "b"' }),
  );
  for (const content of [`${records.join("\n")}\n`, `{"Records":[${records}]}`]) {
    const passing = new Passing(sieve);
    expect(await read(content, 1000, passing)).toMatchObject({ found: [expect.stringMatching(/^3 /)] });
    expect(passing.count).toBe(3);
  }
});
