import { expect, test } from "vitest";
import { readTime } from "./mapped-time.ts";

const read = (text: string, zone = "UTC", dayFirst = false) => {
  const time = readTime(text, { zone, dayFirst });
  return time.ok ? time.value.toISOString() : time.reason;
};

test.for([
  ["2026-03-04T09:12:33Z", "2026-03-04T09:12:33.000Z"],
  ["2026-03-04 09:12:33.1234567 +02:00", "2026-03-04T07:12:33.123Z"],
  ["2026-03-04T09:12:33,5-0530", "2026-03-04T14:42:33.500Z"],
  ["2026/03/04 09:12", "2026-03-04T09:12:00.000Z"],
  ["04/Mar/2026:09:12:33 +0000", "2026-03-04T09:12:33.000Z"],
  ["Wed, 04 Mar 2026 09:12:33 GMT", "2026-03-04T09:12:33.000Z"],
  ["Mar 4, 2026 9:12:33 PM", "2026-03-04T21:12:33.000Z"],
  ["March 4, 2026 at 12:12:33 a.m. UTC", "2026-03-04T00:12:33.000Z"],
  ["3/4/2026, 9:12:33 AM", "2026-03-04T09:12:33.000Z"],
  ["04.03.2026 09:12:33", "2026-03-04T09:12:33.000Z"],
  ["1772615553", "2026-03-04T09:12:33.000Z"],
  ["1772615553123", "2026-03-04T09:12:33.123Z"],
  ["1772615553.25", "2026-03-04T09:12:33.250Z"],
] as const)("%s", ([text, expected]) => {
  expect(read(text)).toBe(expected);
});

test("a date of numbers is read as it was said, and never otherwise", () => {
  expect(read("03/04/2026 09:12:33", "UTC", true)).toBe("2026-04-03T09:12:33.000Z");
  expect(read("03/04/2026 09:12:33", "UTC", false)).toBe("2026-03-04T09:12:33.000Z");
  expect(read("23/04/2026 09:12:33", "UTC", false)).toBe("has no such month when the month is first");
  expect(read("04/23/2026 09:12:33", "UTC", true)).toBe("has no such month when the day is first");
});

test.for([
  ["2026-01-15 12:00:00", "Europe/Berlin", "2026-01-15T11:00:00.000Z"],
  ["2026-07-15 12:00:00", "Europe/Berlin", "2026-07-15T10:00:00.000Z"],
  ["2026-07-15 12:00:00", "Asia/Kolkata", "2026-07-15T06:30:00.000Z"],
  ["2026-03-29 01:59:59", "Europe/Berlin", "2026-03-29T00:59:59.000Z"],
  ["2026-03-29 03:00:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ["2026-07-15 12:00:00 UTC", "Europe/Berlin", "2026-07-15T12:00:00.000Z"],
  ["1772615553", "Europe/Berlin", "2026-03-04T09:12:33.000Z"],
] as const)("%s by the clocks of %s", ([text, zone, expected]) => {
  expect(read(text, zone)).toBe(expected);
});

test.for([
  ["2026-07-15 12:00:00 CST", /zone \(CST\) that may be several/],
  ["2026-02-30 12:00:00", /no date/],
  ["1999-01-01 12:00:00", /no date/],
  ["2026-07-15 13:00:00 PM", /no time of a day/],
  ["yesterday", /no time that can be read/],
  [`2026-07-15 12:00:00 ${"x".repeat(5000)}`, /no time that can be read/],
] as const)("%s is refused with why", ([text, reason]) => {
  expect(read(text)).toMatch(reason);
});
