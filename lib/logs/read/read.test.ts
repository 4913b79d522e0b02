import { constants, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LogForm } from "./form.ts";
import { MAX_VALUES } from "./parse.ts";
import { openLog } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits, type Unreadable } from "./record.ts";

const SMALL: ReadLimits = { ...DEFAULT_READ_LIMITS, maxRecordBytes: 200, keptBytes: 20 };

async function* inPieces(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) {
  let from = 0;
  for (let piece = 0; from < bytes.length; piece++) {
    const size = Math.max(1, sizes[piece % sizes.length] ?? 1);
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

async function readAll(
  content: string | Uint8Array,
  options: { sizes?: readonly number[]; limits?: ReadLimits } = {},
): Promise<{ form: LogForm; items: ReadItem[] } | Unreadable> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const log = await openLog(inPieces(bytes, options.sizes), options.limits);
  if (!log.ok) return log.reason;
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return { form: log.value.form, items };
}

/** One line an item: its index, line and byte, and its value or why there is none. */
async function summary(content: string | Uint8Array, options?: Parameters<typeof readAll>[1]) {
  const result = await readAll(content, options);
  if ("reason" in result) return [result.reason];
  return result.items.map(
    (item) =>
      `${item.index} ${item.line}:${item.byteOffset} ${item.ok ? JSON.stringify(item.value) : item.reason}`,
  );
}

describe("the shapes that logs come in", () => {
  const pretty = (value: unknown) => JSON.stringify(value, null, 2);
  const a = { a: 1 };
  const b = { b: { c: ["}", '"{'] } };
  test.for<[name: string, content: string, shape: LogForm["shape"]]>([
    ["one object", JSON.stringify(a), "json-lines"],
    ["JSON Lines", `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`, "json-lines"],
    ["JSON Lines with Windows line ends", `${JSON.stringify(a)}\r\n${JSON.stringify(b)}\r\n`, "json-lines"],
    ["blank lines between", `\n\n${JSON.stringify(a)}\n\n  \n${JSON.stringify(b)}\n\n`, "json-lines"],
    ["a byte order mark", `\ufeff${JSON.stringify(a)}\n`, "json-lines"],
    ["a list", JSON.stringify([a, b]), "json"],
    ["a list, pretty-printed", pretty([a, b]), "json"],
    ["a list, one element a line", `[\n${JSON.stringify(a)},\n${JSON.stringify(b)}\n]\n`, "json"],
    ["CloudTrail's Records", JSON.stringify({ Records: [a, b] }), "json"],
    ["CloudTrail's Records, pretty-printed", pretty({ Records: [a, b] }), "json"],
    ["Event Hub's records", JSON.stringify({ records: [a, b] }), "json"],
    ["a records line for each delivery", `{"records":[{"a":1}]}\n{"records":[{"b":2}]}\n`, "json"],
    [
      "Azure REST's value, its link first",
      JSON.stringify({ nextLink: "https://x/[{", value: [a, b] }),
      "json",
    ],
    ["one object, pretty-printed", pretty(b), "json"],
    ["pretty-printed objects one after another", `${pretty(a)}\n${pretty(b)}`, "json"],
    ["objects with nothing between", `${JSON.stringify(a)}${JSON.stringify(b)}`, "json"],
    ["a list of lists of records", JSON.stringify([{ Records: [a] }, { Records: [b] }]), "json"],
    ["an empty list of records", JSON.stringify({ Records: [] }), "json"],
  ])("%s", async ([, content, shape]) => {
    const result = await readAll(content);
    expect(result).toMatchObject({ form: { layers: [], shape } });
    const zipped = await readAll(gzipSync(content));
    expect(zipped).toMatchObject({ form: { layers: ["gzip"], shape } });
    const values = (await summary(content)).map((line) => line.replace(/^\d+ \d+:\d+ /, ""));
    expect(await summary(gzipSync(content))).toEqual(await summary(content));
    const all = content.replace(/\s|\ufeff/g, "");
    for (const value of values) expect(all).toContain(value);
    const expected = content.includes("[]")
      ? 0
      : Number(all.includes('{"a":1}')) + Number(all.includes('"b"'));
    expect(values).toHaveLength(expected);
  });

  test("a field of a record named like a list of records is a field", async () => {
    expect(await summary('{"id":1,\n"value":["x","y"]}')).toEqual(['1 1:0 {"id":1,"value":["x","y"]}']);
    expect(await summary('{"id":1,"tags":{"Records":[{"a":1}]}}')).toEqual([
      '1 1:0 {"id":1,"tags":{"Records":[{"a":1}]}}',
    ]);
  });

  test("the original bytes of a record are kept as they stood in its container", async () => {
    const result = await readAll('{"Records":[\n  { "z": 1.0,  "a": "\\u00e9" } , {"b":2}]}');
    if ("reason" in result) throw new Error(result.reason);
    expect(result.items.map((item) => item.bytes.toString())).toEqual([
      '{ "z": 1.0,  "a": "\\u00e9" }',
      '{"b":2}',
    ]);
  });
});

describe("what cannot be read is rejected with its place, and the rest goes on", () => {
  test.for<[name: string, content: string, expected: string[]]>([
    ["a broken line", '{"a":1}\n{"a":\n{"a":3}\n', ['1 1:0 {"a":1}', "2 2:8 not-json", '3 3:14 {"a":3}']],
    [
      "blank lines do not count, unreadable ones do",
      'rubbish\n\n{"a":1}\n  nonsense  \n{"a":2}',
      ["1 1:0 not-json", '2 3:9 {"a":1}', "3 4:19 not-json", '4 5:30 {"a":2}'],
    ],
    [
      "values that are no objects",
      '{"Records":[1,"a,b",null,[2],{"a":1},true]}',
      [
        "1 1:12 not-an-object",
        "2 1:14 not-an-object",
        "3 1:20 not-an-object",
        "4 1:26 not-an-object",
        '5 1:29 {"a":1}',
        "6 1:37 not-an-object",
      ],
    ],
    [
      "a broken element between sound ones",
      '[{"a":1},{"a":oops},{"a":3}]',
      ['1 1:1 {"a":1}', "2 1:9 not-json", '3 1:20 {"a":3}'],
    ],
    [
      "an unclosed string in a pretty-printed list",
      '[\n  {\n    "a": "b\n  },\n  {\n    "a": 2\n  }\n]\n',
      ["1 2:4 not-json", '2 5:25 {"a":2}'],
    ],
    [
      "an unclosed bracket in a pretty-printed list",
      '[\n  {\n    "a": {\n  },\n  {\n    "a": 2\n  }\n]\n{\n  "b": 3\n}',
      ["1 2:4 not-json", '2 5:24 {"a":2}', '3 9:43 {"b":3}'],
    ],
    ["a list that is cut off between records", '{"Records":[{"a":1},', ['1 1:12 {"a":1}', "2 1:20 cut-off"]],
    ["a list that is cut off in a record", '{"Records":[{"a":1},{"a":', ['1 1:12 {"a":1}', "2 1:20 cut-off"]],
    ["a last line that is cut off", '{"a":1}\n{"a":', ['1 1:0 {"a":1}', "2 2:8 cut-off"]],
    [
      "a line that is a list of records",
      '{"a":1}\n{"Records":[{"a":2},{"a":3}]}\n',
      ['1 1:0 {"a":1}', '2 2:20 {"a":2}', '3 2:28 {"a":3}'],
    ],
    [
      "a line that is a list",
      '{"a":1}\n[{"a":2},7]\n',
      ['1 1:0 {"a":1}', '2 2:9 {"a":2}', "3 2:17 not-an-object"],
    ],
    [
      "a damaged delivery between sound ones",
      '{"records":[{"a":1}]}\n{"records":[{"a":"\n{"records":[{"a":3}]}\n',
      ['1 1:12 {"a":1}', "2 2:34 not-json", '3 3:53 {"a":3}'],
    ],
    ["brackets of the wrong kind", '[{"a":[1}},{"a":2}]', ["1 1:1 not-json", '2 1:11 {"a":2}']],
    [
      "a line break in a text of a minified list",
      '{"Records":[{"a":1},{"a":"x\n y"},{"a":{"b":"\n\n"}},{"a":4}]}',
      ['1 1:12 {"a":1}', "2 1:20 not-json", "3 2:33 not-json", '4 4:50 {"a":4}'],
    ],
    [
      "a line break in a text of a minified list, a bracket after it",
      '[{"a":"x\n]}"},{"a":2}]',
      ["1 1:1 not-json", '2 2:14 {"a":2}'],
    ],
    [
      "line breaks and more space in a text of a minified list than one looks through",
      `[{"a":"${"\n ".repeat(150)}"},{"a":2}]`,
      ["1 1:1 not-json", '2 151:310 {"a":2}'],
    ],
    [
      "a line break in a text of a list that is cut off",
      '[{"a":1},{"a":"x\n',
      ['1 1:1 {"a":1}', "2 1:9 cut-off"],
    ],
    ["a last line that is broken, but whole", '{"a":1}\n{"a":2}}', ['1 1:0 {"a":1}', "2 2:8 not-json"]],
    ["a last line of rubbish", '{"a":1}\nrubbish', ['1 1:0 {"a":1}', "2 2:8 not-json"]],
    [
      "a record that is broken to the end of the file, which does not break off",
      '[{"a":1},{"a":"x\n{y"},\n{"a":{"b":3}}]',
      ['1 1:1 {"a":1}', "2 1:9 not-json", "3 2:17 not-json", "4 3:23 not-json"],
    ],
  ])("%s", async ([, content, expected]) => {
    expect(await summary(content)).toEqual(expected);
  });

  test("bytes that are not UTF-8", async () => {
    const content = Buffer.concat([
      Buffer.from('{"a":1}\n{"a":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}\n{"a":3}'),
    ]);
    expect(await summary(content)).toEqual(['1 1:0 {"a":1}', "2 2:8 not-utf8", '3 3:19 {"a":3}']);
  });

  test.for<[name: string, before: string, after: string]>([
    ["a line", '{"a":1}\n', '\n{"a":3}'],
    ["an element of a list", '[{"a":1},', ',{"a":3}]'],
    ["an element of a pretty-printed list", '[\n{\n"a":1\n},\n', ',\n{"a":3}\n]'],
  ])("%s that is too long is rejected, its beginning and length kept", async ([, before, after]) => {
    const long = `{"a":"${"x".repeat(300)}"}`;
    const result = await readAll(before + long + after, { limits: SMALL });
    if ("reason" in result) throw new Error(result.reason);
    const [first, second, third] = result.items;
    expect(first).toMatchObject({ ok: true, value: { a: 1 } });
    expect(second).toMatchObject({
      ok: false,
      reason: "too-long",
      detail: "308 bytes; a record may have 200",
    });
    expect(second?.bytes).toHaveLength(20);
    expect(third).toMatchObject({ ok: true, value: { a: 3 } });
  });

  test("a record that never ends costs only itself when the next begins in its column", async () => {
    const content = `{"a":{\n${'{"b":1}\n'.repeat(100)}`;
    const result = await summary(content, { limits: SMALL });
    expect(result[0]).toBe("1 1:0 not-json");
    expect(result).toHaveLength(101);
    expect(result.at(-1)).toBe('101 101:799 {"b":1}');
  });

  test("nesting a million deep", async () => {
    const deep = `{"a":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`;
    const [first, second] = await summary(`{"b":1}\n${"[".repeat(1_000_000)}\n`);
    expect(first).toBe('1 1:0 {"b":1}');
    expect(second).toBe("2 2:8 too-many-values");
    const result = await readAll(`${deep}\n{"b":2}\n`);
    if ("reason" in result) throw new Error(result.reason);
    expect(result.items).toHaveLength(2);
  });

  test("a text with a line break in a record that is too long", async () => {
    const long = `{"a":"${"x".repeat(300)}\\n${" ".repeat(300)}\\n"}`;
    const raw = long.replaceAll("\\n", "\n");
    const expected = ['1 1:1 {"a":1}', "2 1:9 too-long", `3 3:${10 + raw.length} {"a":3}`];
    expect(await summary(`[{"a":1},${raw},{"a":3}]`, { limits: SMALL })).toEqual(expected);
  });

  test.for<[name: string, list: string]>([
    ["objects", `[${"{},".repeat(MAX_VALUES)}{}]`],
    ["lists in lists", "[".repeat(MAX_VALUES + 1) + "]".repeat(MAX_VALUES + 1)],
    ["values in a text, where logs keep JSON too", JSON.stringify(`[${"0,".repeat(MAX_VALUES)}0]`)],
  ])("a record of too many %s is rejected before it takes memory", async ([, list]) => {
    const long = `{"x":${list}}`;
    const end = 8 + long.length + 1;
    const expected = ['1 1:0 {"b":1}', "2 2:8 too-many-values", `3 3:${end} {"b":2}`];
    expect(await summary(`{"b":1}\n${long}\n{"b":2}\n`)).toEqual(expected);
    const minified = (await summary(`[{"b":1},${long},{"b":2}]`)).map((line) => line.replace(/:\d+/, ""));
    expect(minified).toEqual(['1 1 {"b":1}', "2 1 too-many-values", '3 1 {"b":2}']);
    expect((await summary(`${long}\n{"b":2}\n`))[0]).toBe("1 1:0 too-many-values");
  });

  test("a record of as many values as it may have is read", async () => {
    const result = await readAll(`{"x":[${"0,".repeat(MAX_VALUES - 2)}0]}`);
    expect(result).toMatchObject({ items: [{ ok: true }] });
  });

  test("a record longer than 2 MB is too long", async () => {
    const { maxRecordBytes } = DEFAULT_READ_LIMITS;
    expect(maxRecordBytes).toBe(2 * 1024 * 1024);
    const long = `{"a":"${"x".repeat(maxRecordBytes - 8)}"}`;
    expect(await readAll(long)).toMatchObject({ items: [{ ok: true }] });
    expect(await summary(`${long.replace("x", "xx")}\n{"b":2}`)).toEqual([
      "1 1:0 too-long",
      `2 2:${maxRecordBytes + 2} {"b":2}`,
    ]);
  });

  test("a number that a double would change in a record deeper than the stack", async () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    expect(await summary(`{"n":1682444457640940207,"a":${deep}}\n{"b":2}`)).toEqual([
      "1 1:0 too-deep",
      '2 2:40031 {"b":2}',
    ]);
  });

  test("records are handed on before they take much memory", async () => {
    const record = `{"a":"${"x".repeat(10_000)}"}\n`;
    const log = await openLog(inPieces(Buffer.from(record.repeat(300))));
    if (!log.ok) throw new Error(log.reason.reason);
    const sizes: number[] = [];
    for await (const some of log.value.items) sizes.push(some.length);
    expect(Math.max(...sizes)).toBeLessThan(30);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(300);
  });

  test("a gzip stream that breaks off gives what came before, and says so", async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => JSON.stringify({ at, noise: Math.sin(at) })).join(
      "\n",
    );
    const zipped = gzipSync(lines);
    const result = await readAll(zipped.subarray(0, zipped.length / 2));
    if ("reason" in result) throw new Error(result.reason);
    expect(result.items.length).toBeGreaterThan(1000);
    expect(result.items.at(-1)).toMatchObject({ ok: false, reason: "broken-compression" });
    expect(result.items.at(-2)).toMatchObject({ ok: false, reason: "cut-off" });
    expect(result.items.slice(0, -2).every((item) => item.ok)).toBe(true);
  });

  describe("a gzip stream that is damaged gives the same however it comes", () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => JSON.stringify({ at, noise: Math.sin(at) })).join(
      "\n",
    );
    const zipped = gzipSync(lines);
    const ways = [{}, { sizes: [64 * 1024] }, { sizes: [1000, 1, 70_000] }];
    const flipped = Buffer.from(zipped);
    flipped.fill(0xff, zipped.length / 2, zipped.length / 2 + 20);

    test.for([0.3, 0.7, 0.999])("%d of it: all that can be decompressed", async (part) => {
      const cut = zipped.subarray(0, zipped.length * part);
      const whole =
        gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString().split("\n").length - 1;
      for (const way of ways) {
        const result = await summary(cut, way);
        expect(result.filter((line) => line.endsWith("}"))).toHaveLength(whole);
        expect(result.at(-1)).toMatch(/broken-compression$/);
      }
    });

    test("spoilt in the middle: all but the last moment before", async () => {
      const [first, ...others] = await Promise.all(ways.map((way) => summary(flipped, way)));
      for (const other of others) expect(other).toEqual(first);
      expect(first?.length).toBeGreaterThan(9000);
      expect(first?.at(-1)).toMatch(/broken-compression$/);
    });

    test("with the wrong checksum at its end: all", async () => {
      const wrong = Buffer.from(zipped);
      wrong.writeUInt32LE(0, wrong.length - 8);
      expect(await summary(wrong)).toHaveLength(20_001);
    });

    test("with something else after its end: all, and no fault", async () => {
      const tail = Buffer.alloc(100_000);
      for (const way of ways) expect(await summary(Buffer.concat([zipped, tail]), way)).toHaveLength(20_000);
    });
  });

  test("several gzip members are one stream", async () => {
    const members = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync('{"a":2}\n')]);
    expect(await summary(members)).toEqual(['1 1:0 {"a":1}', '2 2:8 {"a":2}']);
  });
});

describe("files in which nothing can be read", () => {
  test.for<[name: string, content: string | Uint8Array, reason: Unreadable["reason"]]>([
    ["an empty file", "", "empty"],
    ["white space", " \n\n\t", "empty"],
    ["an empty gzip", gzipSync(""), "empty"],
    ["a gzip of nothing but its head", gzipSync('{"a":1}').subarray(0, 10), "broken-compression"],
    ["bytes", Buffer.from([1, 2, 3, 0, 255, 254]), "binary"],
    ["a zip archive that is none", Buffer.from("PK\u0003\u0004rest"), "broken-archive"],
    ["a CSV with unknown columns", "time,what,who\n2024-01-01,PutImage,ecr\n", "csv"],
    [
      "prose",
      "                              Apache License\n   Version 2.0, January 2004.\n",
      "not-json-text",
    ],
    ["a number", "42", "not-json-text"],
  ])("%s", async ([, content, reason]) => {
    expect(await summary(content)).toEqual([reason]);
  });
});

describe("numbers that a double would change are kept as text", () => {
  test.for([
    ['{"n":1682444457640940207}', { n: "1682444457640940207" }],
    ['{"n":-9007199254740993}', { n: "-9007199254740993" }],
    ['{"n":9007199254740991}', { n: 9007199254740991 }],
    ['{"n":1e400}', { n: "1e400" }],
    ['{"id":"1682444457640940207","n":1.5}', { id: "1682444457640940207", n: 1.5 }],
  ] as const)("%s", async ([content, value]) => {
    const result = await readAll(content);
    if ("reason" in result) throw new Error(result.reason);
    expect(result.items[0]).toMatchObject({ value });
  });
});

test("any cut of the stream gives the same records", async () => {
  const record = fc.oneof(
    fc
      .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
      .map((value) => JSON.stringify(value)),
    fc
      .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
      .map((value) => JSON.stringify(value, null, 2)),
    fc.constantFrom(
      '{"a":"\n',
      '{"a":{',
      "rubbish",
      "]",
      '"',
      '{"a":"\\',
      "{}",
      `{"long":"${"é".repeat(150)}"}`,
      "7",
    ),
  );
  const content = fc.oneof(
    fc.array(record).map((records) => records.join("\n")),
    fc.array(record).map((records) => `[${records.join(",")}]`),
    fc.array(record).map((records) => `{"x":1,"Records":[\n${records.join(",\n")}\n]}`),
    fc.array(record).map((records) => `{"value" : [${records.join(" , ")}`),
  );
  await fc.assert(
    fc.asyncProperty(content, fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), async (text, sizes) => {
      const whole = await summary(text, { limits: SMALL });
      expect(await summary(text, { limits: SMALL, sizes })).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});
