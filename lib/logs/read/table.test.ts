import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openLog } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits } from "./record.ts";
import { fieldsOf, RowSplitter } from "./split-rows.ts";
import { type KnowsTable, NO_TABLES, type UnknownTable } from "./unknown-table.ts";

type Options = { sizes?: readonly number[]; limits?: ReadLimits; knows?: KnowsTable };

async function read(
  content: string | Buffer,
  { sizes = [1 << 20], limits = DEFAULT_READ_LIMITS, knows = NO_TABLES }: Options = {},
) {
  const bytes = Buffer.from(content as string);
  async function* pieces() {
    for (let from = 0, piece = 0; from < bytes.length; piece++) {
      const to = from + Math.max(1, sizes[piece % sizes.length] ?? 1);
      yield bytes.subarray(from, to);
      from = to;
    }
  }
  const log = await openLog(pieces(), limits, knows);
  if (!log.ok) return log.reason;
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return { form: log.value.form, items };
}

async function summary(content: string | Buffer, options?: Options): Promise<string[]> {
  const result = await read(content, options);
  if ("reason" in result) return [`${result.reason}: ${result.detail}`];
  return result.items.map((item) => {
    const place = `${item.index} ${item.line}:${item.byteOffset}`;
    return item.ok ? `${place} ${item.bytes}` : `${place} ${item.reason} ${item.bytes}`;
  });
}

function csv(rows: readonly (readonly string[])[], { delimiter = ",", end = "\n" } = {}): string {
  return rows
    .map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter) + end)
    .join("");
}

const RECORD = '{ "eventName":"PutImage", "text":"a,b;\\t\\"c\\"",\n "n":1682444457640940207 }';
const SUMO = ["_messagetimems", "_messagetime", "_raw", "_collector", "_size"];

describe("a column that holds the record gives it as it stands there", () => {
  const rows = [
    SUMO,
    ["1767225600000", "01/01/2026 00:00:00", RECORD, "c", "9"],
    ["1", "x", '{"a":2}', "", ""],
  ];
  test.for<[name: string, content: string | Buffer]>([
    ["Sumo Logic's export of all fields", csv(rows)],
    ["with Windows line ends", csv(rows, { end: "\r\n" })],
    ["with semicolons", csv(rows, { delimiter: ";" })],
    ["with tabs", csv(rows, { delimiter: "\t" })],
    ["with a byte order mark", `\ufeff${csv(rows)}`],
    ["without quotes where none are needed", csv(rows).replace(/"([\w/]+)"(?=[,\n])/g, "$1")],
    ["with blank lines", csv(rows).replaceAll("}", "}").replace(/\n"1"/, '\n\n\n"1"')],
    ["without a line break at its end", csv(rows).trimEnd()],
    ["with the name in another case", csv(rows).replace("_raw", "_RAW")],
    ["with the column alone", csv(rows.map(([, , raw = ""]) => [raw]))],
  ])("%s", async ([, content]) => {
    const result = await read(content);
    if ("reason" in result) throw new Error(result.reason);
    expect(result.form).toEqual({ layers: [], shape: "csv", sender: expect.toBeOneOf(["sumo", null]) });
    expect(result.items.map(({ bytes }) => bytes.toString())).toEqual([RECORD, '{"a":2}']);
    expect(result.items).toMatchObject([
      { ok: true, index: 1, value: { n: "1682444457640940207" } },
      { index: 2 },
    ]);
  });

  test("a body of several, an event in an envelope, words, and nothing", async () => {
    const inside = ['{"Records":[{"a":1},{"a":2}]}', '{"_raw":"{\\"a\\":3}"}', "words", ""];
    expect(await summary(csv([["time", "_raw"], ...inside.map((text) => ["x", text])]))).toEqual([
      '1 2:14 {"a":1}',
      '2 2:14 {"a":2}',
      '3 3:56 {"a":3}',
      "4 4:89 not-json words",
      "5 5:101 not-json ",
    ]);
  });
});

describe("a row of a known table is an object of texts", () => {
  test.for<[name: string, header: string]>([
    ["Athena", "eventversion,eventname,eventsource"],
    ["Sentinel", "EventName,EventSource,TimeGenerated [UTC]"],
    ["Azure Activity", "TimeGenerated,OperationNameValue,Caller"],
    ["repository events", "OperationName,LoginServer,Tag"],
  ])("%s", async ([, header]) => {
    const [first, second, third] = header.replace(" [UTC]", "").split(",");
    expect(await summary(`${header}\n1,"a ""b""",\n`)).toEqual([
      `1 2:${header.length + 1} {"${first}":"1","${second}":"a \\"b\\"","${third}":""}`,
    ]);
  });

  test("names that stand twice, or that are no names for an object", async () => {
    expect(await summary("eventname,eventsource,x,x,__proto__\n1,2,3,4,5\n")).toEqual([
      '1 2:36 {"eventname":"1","eventsource":"2","x":"3","x (2)":"4","__proto__":"5"}',
    ]);
  });
});

describe("tables that cannot be read", () => {
  test("an export of Sumo Logic without the messages", async () => {
    expect(
      await summary(
        csv([
          ["_messagetimems", "_messagetime", "dest_host"],
          ["1", "2", "3"],
        ]),
      ),
    ).toEqual(["csv-without-raw: its columns are _messagetimems, _messagetime, dest_host"]);
  });

  test("columns that are not known are named", async () => {
    expect(await summary("when,who,what\n1,2,3\n")).toEqual(["csv: its columns are when, who, what"]);
  });

  test("a million columns", async () => {
    expect(await summary(`_raw,${"x,".repeat(1_000_000)}\n1,2,3\n`)).toEqual([
      "too-many-columns: more than 2000 columns, which begin _raw, x, x (2)",
    ]);
  });

  test("names without rows", async () => {
    expect(await summary("when,who,what\n")).toEqual(["csv-without-rows: its columns are when, who, what"]);
  });

  test.for([
    ["lines with commas here and there", "a, b, c\nd\ne, f\ng, h, i, j\n"],
    ["lines with one comma each", "INFO, started\nINFO, went on\nINFO, ended\n"],
  ])("%s are no table", async ([, content = ""]) => {
    expect((await summary(content))[0]).toMatch(/^not-json-text/);
  });

  test("prose with commas is no table", async () => {
    expect(await summary("Jan 1, 2026, 10:00 the message, was sent.\nmore")).toEqual([
      "not-json-text: Jan 1, 2026, 10:00 the message, was sent.",
    ]);
  });
});

describe("a table of no known log", () => {
  const told = async (content: string | Buffer): Promise<UnknownTable | undefined> => {
    const result = await read(content);
    return "reason" in result ? result.table : undefined;
  };

  test.for<[name: string, content: string | Buffer]>([
    ["commas", "when,who,what\n1,2,3\n"],
    ["semicolons and Windows line ends", "when;who;what\r\n1;2;3\r\n"],
    ["tabs, quotes and a byte order mark", '\ufeff"when"\t"who"\twhat\n1\t"2"\t3'],
    ["UTF-16", Buffer.from("\ufeffwhen,who,what\n1,2,3\n", "utf16le")],
  ])("is told with its first rows: %s", async ([, content]) => {
    expect(await told(content)).toEqual({
      columns: ["when", "who", "what"],
      sample: [{ line: 2, cells: ["1", "2", "3"] }],
    });
  });

  test("names that are empty or stand twice are told apart", async () => {
    expect((await told("when,,who,,who\n1,2,3,4,5\n"))?.columns).toEqual([
      "when",
      "",
      "who",
      " (2)",
      "who (2)",
    ]);
    expect((await told("x,x,x (2),y\n1,2,3,4\n"))?.columns).toEqual(["x", "x (2)", "x (2) (2)", "y"]);
  });

  test("ten rows are enough, long cells are cut, and a row that does not fit says why", async () => {
    const rows = Array.from({ length: 20 }, (_, at) => (at === 1 ? "1,2" : `${at},2,${"x".repeat(5000)}`));
    const table = await told(`when,who,what\n${rows.join("\n")}\n`);
    expect(table?.sample).toHaveLength(10);
    expect(table?.sample[0]).toMatchObject({ cells: ["0", "2", expect.stringMatching(/^x{1999}…$/)] });
    expect(table?.sample[1]).toEqual({ line: 3, problem: "2 fields in a table of 3 columns" });
  });

  test("words in a column called message are no records", async () => {
    expect((await told("time,user,message\n1,2,pushed an image\n"))?.columns).toContain("message");
    expect(await summary('time,user,message\n1,2,"{""a"":1}"\n')).toEqual(['1 2:18 {"a":1}']);
  });

  test("is read when its columns are known, each row an object of texts", async () => {
    const asked: string[][] = [];
    const knows: KnowsTable = ({ columns }) => asked.push([...columns]) > 0;
    expect(await summary("when;what\n1;2\n", { knows })).toEqual(['1 2:10 {"when":"1","what":"2"}']);
    expect(asked).toEqual([["when", "what"]]);
  });
});

describe("rows that do not fit are rejected, and the rest goes on", () => {
  const good = '"1","{""a"":1}"';
  test.for<[name: string, row: string, expected: string]>([
    ["too few fields", '"1"', 'broken-row "1"'],
    ["too many fields", "1,2,3", "broken-row 1,2,3"],
    ["a quote after a field", '"1"x,"{}"', 'broken-row "1"x,"{}"'],
    ["a quote in a bare field", 'a"b,{}', 'broken-row a"b,{}'],
  ])("%s", async ([, row, expected]) => {
    const start = "t,_raw\n".length;
    expect(await summary(`t,_raw\n${row}\n${good}\n`)).toEqual([
      `1 2:${start} ${expected}`,
      `2 3:${start + row.length + 1} {"a":1}`,
    ]);
  });

  test("a quote that is never closed", async () => {
    expect(await summary(`t,_raw\n${good}\n1,"{""a"":1`)).toEqual([
      '1 2:7 {"a":1}',
      '2 3:23 cut-off 1,"{""a"":1',
    ]);
  });

  test("a row that is too long", async () => {
    const limits = { ...DEFAULT_READ_LIMITS, maxRecordBytes: 100, keptBytes: 5 };
    expect(await summary(`t,_raw\n1,${"x".repeat(200)}\n${good}\n`, { limits })).toEqual([
      "1 2:7 too-long 1,xxx",
      '2 3:210 {"a":1}',
    ]);
  });

  test("bytes that are not UTF-8", async () => {
    const content = Buffer.concat([Buffer.from("t,_raw\n1,"), Buffer.from([0xff]), Buffer.from(`\n${good}`)]);
    expect((await summary(content)).map((line) => line.slice(0, 14))).toEqual([
      "1 2:7 not-utf8",
      '2 3:11 {"a":1}',
    ]);
  });
});

const field = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", "é", " ", ";"), maxLength: 6 });
const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });

test("rows and fields are those that csv-parse finds", () => {
  fc.assert(
    fc.property(rows, fc.constantFrom("\n", "\r\n"), (table, end) => {
      const content = csv(table, { end });
      const splitter = new RowSplitter(0x2c, DEFAULT_READ_LIMITS);
      const slices = [...splitter.push(Buffer.from(content)), ...splitter.end()];
      const found = slices.map(({ bytes }) => fieldsOf(bytes.toString(), ","));
      expect(found).toEqual(parse(content, { relax_column_count: true, skip_empty_lines: true }));
      expect(found).toEqual(table);
    }),
  );
});

test("any cut of a table gives the same records", async () => {
  const line = fc.oneof(
    rows.map((table) => csv(table)),
    fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(9), { minLength: 1 }), async (lines, sizes) => {
      const content = `t,_raw\n${lines.join("\n")}`;
      const limits = { ...DEFAULT_READ_LIMITS, maxRecordBytes: 60, keptBytes: 10 };
      expect(await summary(content, { sizes, limits })).toEqual(await summary(content, { limits }));
    }),
    { numRuns: 50 },
  );
});
