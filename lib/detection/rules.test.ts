import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
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
