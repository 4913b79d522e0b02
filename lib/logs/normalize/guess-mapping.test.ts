import { expect, test } from "vitest";
import { guessMapping } from "./guess-mapping.ts";

const fieldsOf = (columns: string[], ...rows: string[][]) => {
  const { fields } = guessMapping({ columns, rows });
  return Object.fromEntries(
    Object.entries(fields).map(([field, source]) => [
      field,
      "column" in source ? source.column : `= ${source.value}`,
    ]),
  );
};

test("columns by their names, in any writing", () => {
  expect(
    fieldsOf(
      ["Event Time (UTC)", "EVENT_NAME", "user", "Source IP", "user-agent", "Status", "Note"],
      ["2026-03-04 09:12:33", "CreateImage", "ci", "198.51.100.7", "x", "ok", ""],
    ),
  ).toEqual({
    time: "Event Time (UTC)",
    operation: "EVENT_NAME",
    principal: "user",
    sourceIp: "Source IP",
    userAgent: "user-agent",
    outcome: "Status",
    platform: "= aws",
  });
});

test("a column is taken once, and the time is one that holds times", () => {
  const fields = fieldsOf(["Created", "Logged", "Action"], ["by ci", "2026-03-04 09:12:33", "push"]);
  expect(fields).toEqual({ time: "Logged", operation: "Action", platform: "= container" });
  const alone = fieldsOf(["Event Time", "Note"], ["2026-03-04 09:12:33", "x"]);
  expect(alone).toEqual({ time: "Event Time", platform: "= aws" });
});

test.for([
  ["Microsoft.Compute/images/write", "azure"],
  ["v1.compute.images.insert", "gcp"],
  ["ec2:CreateImage", "aws"],
  ["PutImage", "aws"],
  ["push", "container"],
] as const)("%s is an operation of %s", ([operation, platform]) => {
  expect(fieldsOf(["time", "action"], ["1772615553", operation]).platform).toBe(`= ${platform}`);
});

test("whether the day is first, where a date says so", () => {
  const dayFirst = (...times: string[]) =>
    guessMapping({ columns: ["time", "action"], rows: times.map((time) => [time, "x"]) }).dayFirst;
  expect(dayFirst("03/04/2026 09:00:00", "23/04/2026 09:00:00")).toBe(true);
  expect(dayFirst("03/04/2026 09:00:00")).toBe(false);
});

test("of two thousand columns without rows", () => {
  const columns = Array.from({ length: 2000 }, (_, at) => `column ${at}`);
  expect(fieldsOf([...columns, ""])).toEqual({ platform: "= aws" });
});
