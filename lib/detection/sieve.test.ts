import { expect, test } from "vitest";
import { azureRecord, cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import type { Rule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { sieveOf } from "./sieve.ts";

const { isFamiliar, isWanted, needles } = sieveOf(RULES);
const push = JSON.stringify(cloudTrailRecord({ eventSource: "ecr.amazonaws.com", eventName: "PutImage" }));
const write = JSON.stringify(azureRecord({ operationName: "Microsoft.Compute/images/write" }));

test.for<[name: string, record: string, expected: boolean]>([
  ["a push", push, true],
  ["a push in a text in a text", JSON.stringify({ message: JSON.stringify(push) }), true],
  ["a letter as its number", push.replace("PutImage", "Put\\u0049mage"), true],
  ["a slash that is escaped", write.replace("/images", "\\/images"), true],
  ["an image is written, in capitals", write.toUpperCase(), true],
  ["the Kelvin sign, which is a k in lower case", write.replace("Microsoft.Compute/images", "\u212a"), true],
  ["DescribeImages", JSON.stringify(cloudTrailRecord()), false],
  ["an operation of AWS in another case", push.replace("PutImage", "PUTIMAGE"), false],
])("%s: %s", ([, record, expected]) => {
  expect(isWanted(Buffer.from(record))).toBe(expected);
});

test.for<[record: string, expected: boolean]>([
  [push, true],
  [push.replace("1.09", "1.10"), true],
  [push.replace('"userIdentity":{', '"userIdentity":"{'), false],
  [` ${push}`, false],
  [push.slice(0, 20), false],
  [write, false],
  [JSON.stringify({ eventVersion: "1.09", eventName: "PutImage" }), false],
])("begins as CloudTrail's records do: %s", ([record, expected]) => {
  expect(isFamiliar(Buffer.from(record), 0)).toBe(expected);
  expect(isFamiliar(Buffer.from(`xx${record}`), 2)).toBe(expected);
});

test("one of the needles stands in each operation of AWS that a rule names", () => {
  const operations = RULES.flatMap(({ match }) =>
    match.flatMap(({ platform, operation }) =>
      platform === "aws" && Array.isArray(operation) ? operation : [],
    ),
  );
  expect(operations.length).toBeGreaterThan(5);
  expect(operations.filter((name) => !needles.some((needle) => name.includes(needle.toString())))).toEqual(
    [],
  );
  expect(needles.length).toBeLessThan(operations.length);
});

const [someRule] = RULES as [Rule];
const withMatch = (match: Partial<Rule["match"][number]>) => [
  { ...someRule, match: [{ ...someRule.match[0], ...match }] } as Rule,
];

test("where the rules do not say which operations, everything is looked at", () => {
  for (const rules of [[{ ...someRule, match: [] }], withMatch({ operation: ["\u00e9"] })]) {
    const sieve = sieveOf(rules);
    expect(sieve.isWanted(Buffer.from("{}"))).toBe(true);
    expect(sieve.isFamiliar(Buffer.from(push), 0)).toBe(false);
  }
  const anyCase = sieveOf(withMatch({ operation: { contains: ["image"] } }));
  expect(anyCase.isFamiliar(Buffer.from(push), 0)).toBe(false);
  expect(anyCase.isWanted(Buffer.from(push))).toBe(true);
});

test("an operation that is put together is sought in its parts", () => {
  const sieve = sieveOf(withMatch({ platform: "container", operation: ["create pods/exec"] }));
  const audit = { verb: "create", objectRef: { resource: "pods", subresource: "exec" } };
  expect(sieve.isWanted(Buffer.from(JSON.stringify(audit)))).toBe(true);
  expect(sieve.isWanted(Buffer.from(JSON.stringify({ ...audit, verb: "get" })))).toBe(false);
});
