import { expect, test } from "vitest";
import { fromLocal, toLocal } from "./zone-time.ts";

test.for<[local: string, zone: string, iso: string]>([
  ["2026-03-04T12:00", "UTC", "2026-03-04T12:00:00.000Z"],
  ["2026-03-04T12:00", "Europe/Berlin", "2026-03-04T11:00:00.000Z"],
  ["2026-07-04T12:00", "Europe/Berlin", "2026-07-04T10:00:00.000Z"],
  ["2026-03-04T00:30", "Asia/Kolkata", "2026-03-03T19:00:00.000Z"],
  ["2026-03-04T12:00", "America/St_Johns", "2026-03-04T15:30:00.000Z"],
  ["0001-03-04T12:00", "UTC", "0001-03-04T12:00:00.000Z"],
])("%s in %s", ([local, zone, iso]) => {
  expect(fromLocal(local, zone)?.toISOString()).toBe(iso);
  expect(toLocal(new Date(iso), zone)).toBe(local);
});

test("a time that daylight saving skips is an instant all the same", () => {
  expect(fromLocal("2026-03-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
});

test.for([null, "", "yesterday"])("%j is no time", (text) => {
  expect(fromLocal(text, "Europe/Berlin")).toBeUndefined();
});
