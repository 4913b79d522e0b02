import { expect, test } from "vitest";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { azureRecord, cloudTrailRecord, eventOf } from "#lib/logs/normalize/fixtures.ts";
import { defineRule, type Match } from "./rule.ts";
import { rulesFor } from "./rule-index.ts";

const aws = eventOf(cloudTrailRecord());
const azure = eventOf(azureRecord());

function ruleOf(id: string, ...match: Match[]) {
  return defineRule({
    id,
    title: `The rule ${id}`,
    why: "To see whether it is found where it looks.",
    logic: "Whatever stands in its match.",
    family: "machine-image",
    technique: "T1525",
    references: ["https://attack.mitre.org/techniques/T1525/"],
    falsePositives: ["None"],
    base: 10,
    match,
  });
}

const logs: Match["logs"] = ["cloudtrail"];
const RULES = [
  ruleOf("exact", { platform: "aws", logs, service: ["ec2.amazonaws.com"], operation: ["A", "B"] }),
  ruleOf(
    "twice",
    { platform: "aws", logs, operation: ["B"] },
    { platform: "aws", logs, operation: ["B", "C"] },
    { platform: "azure", logs, operation: { contains: ["images"] }, except: ["delete"] },
  ),
  ruleOf("parts", { platform: "azure", logs, operation: { contains: ["images/write", "disks/"] } }),
];

test.for<[name: string, event: LogEvent, found: string[]]>([
  ["one operation", { ...aws, operation: "A" }, ["exact"]],
  ["two places of one rule", { ...aws, operation: "B" }, ["exact", "twice"]],
  ["another service", { ...aws, operation: "B", service: "ecr.amazonaws.com" }, ["twice"]],
  ["no service", { ...aws, operation: "A", service: null }, []],
  ["another case", { ...aws, operation: "a" }, []],
  ["another platform", { ...azure, operation: "A" }, []],
  ["a part, in any case", { ...azure, operation: "x/IMAGES/Write" }, ["twice", "parts"]],
  ["an exception", { ...azure, operation: "x/images/DELETE" }, []],
  ["the name of what every object has", { ...aws, operation: "constructor" }, []],
])("%s", ([, event, found]) => {
  const ids = () => rulesFor(event, RULES).map(({ id }) => id);
  expect(ids()).toEqual(found);
  expect(ids(), "once more, when it is remembered").toEqual(found);
});

test("after very many operations that nobody knows the rules are still found", () => {
  for (let at = 0; at < 10_000; at++) {
    expect(rulesFor({ ...aws, operation: `Unknown${at}` }, RULES)).toEqual([]);
  }
  expect(rulesFor({ ...aws, operation: "A" }, RULES).map(({ id }) => id)).toEqual(["exact"]);
});
