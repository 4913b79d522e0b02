import fc from "fast-check";
import { expect, test } from "vitest";
import { normalize } from "../normalize/normalize.ts";
import { openLog } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadItem } from "./record.ts";

async function read(text: string, limits = DEFAULT_READ_LIMITS) {
  async function* source() {
    yield Buffer.from(text);
  }
  const log = await openLog(source(), limits);
  if (!log.ok) throw new Error(log.reason.detail);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return { form: log.value.form, items };
}

const table = (columns: readonly string[], rows: readonly unknown[]) => ({
  name: "PrimaryResult",
  columns: columns.map((name) => ({ name, type: "string" })),
  rows,
});
const told = (item: ReadItem) => (item.ok ? item.value : `${item.reason}: ${item.detail}`);

test("a row is an object of its table's columns, with its own place and its values as they are written", async () => {
  const text = `{"tables": [\n {"name": "T", "columns": [{"name":"a","type":"long"},{"name":"b"}], "rows": [\n[1e2, {"x": 12345678901234567890}],\n["]}", null]]}]}`;
  const { form, items } = await read(text);
  expect(form).toMatchObject({ shape: "query-answer", sender: null });
  expect(items).toMatchObject([
    {
      index: 1,
      line: 3,
      byteOffset: text.indexOf("[1e2"),
      value: { a: 100, b: { x: "12345678901234567890" } },
    },
    { index: 2, line: 4, byteOffset: text.indexOf('["]}"'), value: { a: "]}", b: null } },
  ]);
  expect(String(items[0]?.bytes)).toBe('{"a":1e2,"b":{"x": 12345678901234567890}}');
});

test("each table has columns of its own, and several answers may stand in one file", async () => {
  const one = JSON.stringify({
    tables: [table(["a"], [["1"]]), table(["b", "b"], [["2", "3"]]), table([], [])],
  });
  const { items } = await read(`${one}\n${one}{"eventName":"PutImage"}`);
  const rows = [{ a: "1" }, { b: "2", "b (2)": "3" }];
  expect(items.map(told)).toEqual([...rows, ...rows, { eventName: "PutImage" }]);
});

test.for<[name: string, answer: unknown, said: unknown[]]>([
  [
    "too few values",
    { tables: [table(["a", "b"], [["1"]])] },
    ["broken-row: 1 fields in a table of 2 columns"],
  ],
  ["no list", { tables: [table(["a"], [{ a: 1 }, 7])] }, Array(2).fill("broken-row: the row is no list")],
  [
    "columns behind rows",
    { tables: [{ name: "T", rows: [["1"]], columns: [{ name: "a" }] }] },
    ["broken-row: its table does not name its columns before its rows"],
  ],
  [
    "too many columns",
    {
      tables: [
        table(
          Array.from({ length: 2001 }, (_, at) => `c${at}`),
          [[]],
        ),
      ],
    },
    ["broken-row: its table has more than 2000 columns"],
  ],
  [
    "an answer that is not whole",
    { tables: [table(["a"], [["1"]])], error: { code: "PartialError" } },
    [{ a: "1" }, 'cut-off: its sender says that it is not whole: {"code":"PartialError"}'],
  ],
  [
    "statistics beside",
    { tables: [table(["a"], [["1"]])], statistics: { query: { rows: [[2]] } } },
    [{ a: "1" }],
  ],
])("%s", async ([, answer, said]) => {
  expect((await read(JSON.stringify(answer))).items.map(told)).toEqual(said);
});

test("an answer that breaks off says so, and a row that is too long does not hold back the next", async () => {
  const whole = JSON.stringify({ tables: [table(["a"], [["1"], ["x".repeat(300)], ["2"]])] });
  expect((await read(whole.slice(0, -8))).items.map(told)).toEqual([
    { a: "1" },
    { a: "x".repeat(300) },
    "cut-off: the file ends within the row",
  ]);
  const { items } = await read(whole, { ...DEFAULT_READ_LIMITS, maxRecordBytes: 100, keptBytes: 10 });
  expect(items.map(told)).toEqual([{ a: "1" }, "too-long: 304 bytes; a record may have 100", { a: "2" }]);
});

test("whatever stands among the rows, each is read or rejected", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }), async (rows) => {
      const { items } = await read(JSON.stringify({ tables: [table(["a", "b"], rows)] }));
      expect(items.map((item) => (item.ok ? String(item.bytes) : item.reason))).toEqual(
        rows.map((row) =>
          Array.isArray(row) && row.length === 2 ? JSON.stringify({ a: row[0], b: row[1] }) : "broken-row",
        ),
      );
    }),
    { numRuns: 200 },
  );
});

test("rows of AzureActivity, AWSCloudTrail and ContainerRegistryRepositoryEvents are events", async () => {
  const answer = {
    tables: [
      table(
        [
          "TimeGenerated",
          "OperationNameValue",
          "ActivityStatusValue",
          "Caller",
          "CallerIpAddress",
          "_ResourceId",
        ],
        [
          [
            "2026-03-04T09:12:33.123Z",
            "MICROSOFT.COMPUTE/IMAGES/WRITE",
            "Success",
            "ada@example.com",
            "198.51.100.7",
            "/subscriptions/0/resourcegroups/g/providers/microsoft.compute/images/golden",
          ],
        ],
      ),
      table(
        [
          "TimeGenerated",
          "EventName",
          "EventSource",
          "UserIdentityArn",
          "RequestParameters",
          "SourceIpAddress",
        ],
        [
          [
            "2026-03-04T09:12:33Z",
            "CreateImage",
            "ec2.amazonaws.com",
            "arn:aws:iam::111122223333:user/ada",
            '{"name":"golden"}',
            "198.51.100.7",
          ],
        ],
      ),
      table(
        [
          "TimeGenerated",
          "OperationName",
          "LoginServer",
          "Repository",
          "Tag",
          "Identity",
          "CallerIpAddress",
          "ResultDescription",
        ],
        [["2026-03-04T09:12:33Z", "Push", "team.azurecr.io", "web/app", "v1", "ci", "198.51.100.7", "201"]],
      ),
    ],
  };
  const { items } = await read(JSON.stringify(answer));
  const events = items.map((item) => item.ok && normalize(item.value));
  expect(events).toMatchObject([
    {
      ok: true,
      value: {
        logSource: "azure-activity",
        operation: "MICROSOFT.COMPUTE/IMAGES/WRITE",
        principal: "ada@example.com",
      },
    },
    { ok: true, value: { logSource: "cloudtrail", operation: "CreateImage", sourceIp: "198.51.100.7" } },
    { ok: true, value: { platform: "azure", operation: "Push" } },
  ]);
});
