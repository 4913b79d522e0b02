import { describe, expect, test } from "vitest";
import { cutoffsOf, retentionSchema } from "./retention.ts";

describe("for how long what is kept", () => {
  test.for<[name: string, days: [number | null, number | null, number | null], wrong: string[]]>([
    ["everything for ever", [null, null, null], []],
    ["original records shortest, alerts longest", [30, 90, 365], []],
    ["alerts for ever", [30, 90, null], []],
    ["all the same", [90, 90, 90], []],
    ["original records longer than events", [91, 90, null], ["rawDays"]],
    ["original records for ever, events not", [null, 90, null], ["rawDays"]],
    ["events longer than alerts", [30, 400, 365], ["eventDays"]],
    ["events for ever, alerts not", [30, null, 365], ["eventDays"]],
    ["hardly a week", [7, 90, 365], ["rawDays"]],
  ])("%s", ([, [rawDays, eventDays, alertDays], wrong]) => {
    const parsed = retentionSchema.safeParse({ rawDays, eventDays, alertDays });
    expect(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0])).toEqual(wrong);
  });

  test("whole UTC days go", () => {
    const now = new Date("2026-05-25T23:59:00Z");
    expect(cutoffsOf({ rawDays: 30, eventDays: 90, alertDays: null }, now)).toEqual({
      rawBefore: new Date("2026-04-25T00:00:00Z"),
      eventsBefore: new Date("2026-02-24T00:00:00Z"),
      alertsBefore: null,
    });
  });
});
