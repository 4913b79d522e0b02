import { describe, expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import { LOG_SOURCES } from "#lib/logs/normalize/event.ts";
import { coverageOf } from "./coverage.ts";
import { GUIDED_LOGS } from "./log-guide.ts";
import { stepOf, techniqueUrl } from "./step.ts";

describe("coverage", () => {
  test("knows the step of every rule", () => {
    expect(RULES.filter((rule) => stepOf(rule) === undefined).map(({ id }) => id)).toEqual([]);
  });

  test("has a guide for every log but tables that somebody mapped", () => {
    expect(LOG_SOURCES.filter((log) => !GUIDED_LOGS.some((guided) => guided === log))).toEqual([
      "mapped-table",
    ]);
  });

  test("counts each rule once for every log that it looks at, and those that look nowhere else", () => {
    const coverage = coverageOf(RULES, [], new Map());
    const cells = coverage.flatMap(({ rules }) => rules.flatMap((one) => one.rules));
    expect(cells).toHaveLength(
      RULES.reduce((sum, rule) => sum + new Set(rule.match.flatMap(({ logs }) => logs)).size, 0),
    );
    const alone = RULES.filter((rule) => new Set(rule.match.flatMap(({ logs }) => logs)).size === 1);
    expect(coverage.reduce((sum, { only }) => sum + only, 0)).toBe(alone.length);
  });

  test("tells what arrived from what never did", () => {
    const lastAt = new Date("2026-03-04T12:00:00Z");
    const coverage = coverageOf(RULES, [{ log: "acr", lastAt }], new Map());
    expect(coverage.find(({ log }) => log === "acr")?.arrival).toEqual({ log: "acr", lastAt });
    expect(coverage.find(({ log }) => log === "harbor")?.arrival).toBeNull();
  });

  test("does not count a rule that is switched off, and says which it is", () => {
    const settings = new Map([["acr-push", { isOff: true, base: null }]]);
    const before = coverageOf(RULES, [], new Map());
    const after = coverageOf(RULES, [], settings);
    const count = (coverage: typeof before) =>
      coverage.flatMap(({ rules }) => rules.flatMap((one) => one.rules)).length;
    const off = after.flatMap(({ rules }) => rules.flatMap((one) => one.off));
    expect(off.map(({ id }) => id)).toContain("acr-push");
    expect(new Set(off).size).toBe(1);
    expect(count(after)).toBe(count(before) - off.length);
  });

  test("names MITRE's page of a technique and of one below it", () => {
    expect(techniqueUrl("T1525")).toBe("https://attack.mitre.org/techniques/T1525/");
    expect(techniqueUrl("T1562.001")).toBe("https://attack.mitre.org/techniques/T1562/001/");
  });
});
