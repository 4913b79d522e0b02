import { expect, test } from "vitest";
import { MOST_CSV_BYTES, readCsv } from "./csv.ts";

const ids = (read: ReturnType<typeof readCsv<"accounts">>) =>
  read.ok ? read.value.rows.map(({ line, row }) => `${line} ${row.id} ${row.name}`) : read.reason;

test.for<[name: string, text: string]>([
  ["commas", "platform,id,name\naws,111111111111,payments\naws,222222222222,shop"],
  [
    "semicolons, as some spreadsheets write them",
    "platform;id;name\naws;111111111111;payments\naws;222222222222;shop",
  ],
  [
    "tabs, a byte order mark and Windows lines",
    "\ufeffplatform\tid\tname\r\naws\t111111111111\tpayments\r\naws\t222222222222\tshop\r\n",
  ],
  [
    "columns in another order and case, in quotes",
    'Name,"ID",Platform\n"payments","111111111111",AWS\nshop,222222222222,aws\n',
  ],
])("reads %s", ([, text]) => {
  expect(ids(readCsv("accounts", text))).toEqual(["2 111111111111 payments", "3 222222222222 shop"]);
});

test("a line that cannot be taken is refused with its number, and the others are taken", () => {
  const read = readCsv(
    "accounts",
    [
      "platform,id,name,own",
      "aws,1111,payments,yes",
      'aws,222222222222,"a, ""b""",no',
      "aws,222222222222,again,yes",
      "aws,333333333333,x,yes,more",
      "",
      "aws,444444444444",
      "aws,555555555555,'=cmd(),yes",
    ].join("\n"),
  );
  if (!read.ok) throw new Error(read.reason.kind);
  expect(read.value.rows.map(({ line, row }) => [line, row.name, row.isOwn])).toEqual([
    [3, 'a, "b"', false],
    [8, "=cmd()", true],
  ]);
  expect(read.value.refused.map(({ line, faults }) => [line, faults[0]?.column, faults[0]?.value])).toEqual([
    [2, "id", "1111"],
    [4, "platform", "aws 222222222222"],
    [5, "", "5 cells"],
    [7, "name", ""],
  ]);
});

test.for<[name: string, text: string, reason: object]>([
  ["nothing", "", { kind: "empty" }],
  ["names alone", "platform,id,name\n", { kind: "empty" }],
  [
    "a column that is none",
    "platform,id,name,colour\naws,1,x,red",
    { kind: "unknown-column", detail: "colour" },
  ],
  ["no column of names", "platform,id\naws,1", { kind: "missing-column", detail: "name" }],
  ["a column twice", "platform,id,name,id\naws,1,x,2", { kind: "twice", detail: "id" }],
  ["a quote that is not closed", 'platform,id,name\naws,1,"x\naws,2,y', { kind: "broken" }],
  ["too much", `platform,id,name\n${"x".repeat(MOST_CSV_BYTES)}`, { kind: "too-large" }],
])("of %s nothing is taken", ([, text, reason]) => {
  const read = readCsv("accounts", text);
  expect(read.ok ? null : read.reason).toMatchObject(reason);
});
