import { expect, test } from "vitest";
import type { PreviewRow } from "#lib/ingest/mappings/preview.ts";
import { nameOf, withField } from "./draft.ts";
import { previewSentence } from "./preview-words.ts";
import { columnWords } from "./words.ts";

test.for([
  ["vendor-2026.csv.gz", "vendor-2026"],
  ["logs/inside/export.tsv", "export"],
  ["C:\\logs\\a\u0007b.csv", "a b"],
  [`${"x".repeat(200)}.csv`, "x".repeat(80)],
  [".csv", ""],
] as const)("%j is a log called %j", ([file, name]) => {
  expect(nameOf(file)).toBe(name);
});

test("a field that nothing says any more is no part of the draft", () => {
  const draft = { name: "x", fields: {}, zone: "UTC", dayFirst: false };
  const said = withField(draft, "image", { column: "AMI" });
  expect(said.fields).toEqual({ image: { column: "AMI" } });
  expect(withField(said, "image", null)).toEqual(draft);
});

test("a column without a name is shown as such", () => {
  expect(["", " (2)", "who", "who (2)"].map(columnWords)).toEqual([
    "(no name)",
    "(no name) (2)",
    "who",
    "who (2)",
  ]);
});

const bad: PreviewRow = { line: 2, ok: false, sentence: "x", detail: "x" };
const good = (detections: string[]) =>
  ({ line: 3, ok: true, event: { detections } }) as unknown as PreviewRow;

test.for<[rows: PreviewRow[], sentence: string]>([
  [[], "No rows of this table are kept, so there is no preview."],
  [[bad], "The first row would be rejected."],
  [[good([])], "The first row can be read; none matches a rule."],
  [[good(["a", "b"]), bad], "1 of the first 2 rows can be read; 1 matches a rule."],
  [[good(["a"]), good(["a"])], "The first 2 rows can be read; 2 match a rule."],
])("what is previewed in a sentence, %#", ([rows, sentence]) => {
  expect(previewSentence(rows)).toBe(sentence);
});
