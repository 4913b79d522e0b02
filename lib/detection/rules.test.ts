import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { cloudTrailRecord, eventOf } from "#lib/logs/normalize/fixtures.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { detect } from "./detect.ts";
import { RULES } from "./rules.ts";

const folder = new URL("./rules/", import.meta.url);

test("every rule has a file of its name, and tests beside it", () => {
  expect(RULES.length).toBeGreaterThan(0);
  for (const { id } of RULES) {
    expect(existsSync(new URL(`${id}.ts`, folder)), `${id}.ts`).toBe(true);
    expect(existsSync(new URL(`${id}.test.ts`, folder)), `${id}.test.ts`).toBe(true);
  }
});

test("every rule's file is shipped", () => {
  const files = readdirSync(folder).filter((name) => !name.endsWith(".test.ts"));
  expect(files.map((name) => name.replace(/\.ts$/, "")).sort()).toEqual(RULES.map(({ id }) => id).sort());
});

test("ids are unique", () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test("titles are unique", () => {
  expect(new Set(RULES.map(({ title }) => title)).size).toBe(RULES.length);
});

test("an operation of AWS makes no detection at another service that has one of its name", () => {
  const operations = RULES.flatMap(({ match }) =>
    match.flatMap(({ logs, operation }) =>
      logs.includes("cloudtrail") && Array.isArray(operation) ? operation : [],
    ),
  );
  expect(operations).toContain("CreateImage");
  for (const eventName of operations) {
    const event = eventOf(cloudTrailRecord({ eventName, eventSource: "appstream.amazonaws.com" }));
    expect(
      detect(event, { rules: RULES, organisation: unknownOrganisation() }).map(({ rule }) => rule.id),
      eventName,
    ).toEqual([]);
  }
});
