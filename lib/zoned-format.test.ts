import { expect, test } from "vitest";
import { isZone, zonedFormat } from "./zoned-format.ts";

test("zones that exist, and others", () => {
  expect(["UTC", "Asia/Kolkata", "europe/berlin"].map(isZone)).toEqual([true, true, true]);
  expect(["Mars/Base", "", "'; drop table", "\0"].map(isZone)).toEqual([false, false, false, false]);
});

test("a way to write times is made once for each zone", () => {
  const hourIn = zonedFormat({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const noon = new Date("2026-03-04T12:00:00Z");
  expect(["UTC", "Asia/Kolkata"].map((zone) => hourIn(zone).format(noon))).toEqual(["12:00", "17:30"]);
  expect(hourIn("UTC")).toBe(hourIn("UTC"));
});
