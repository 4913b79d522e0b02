import { expect, test } from "vitest";
import { toCsv } from "./csv.ts";

test.for<[cell: string | number | null, text: string]>([
  ["plain", "plain"],
  ["with, comma", '"with, comma"'],
  ['a "quote"', '"a ""quote"""'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@sum(A1)", "'@sum(A1)"],
  ["\tcmd", "'\tcmd"],
  ["\rcmd", '"\'\rcmd"'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  [" =1", " =1"],
  [-1, "-1"],
  [0.5, "0.5"],
  [null, ""],
])("%j is written as %s", ([cell, text]) => {
  expect(toCsv([[cell]])).toBe(`${text}\r\n`);
});

test("cells are parted by commas and rows by line ends", () => {
  expect(
    toCsv([
      ["a", 1],
      ["b", null],
    ]),
  ).toBe("a,1\r\nb,\r\n");
});
