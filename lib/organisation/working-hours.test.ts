import { expect, test } from "vitest";
import { isOffHours, type WorkingHours } from "./working-hours.ts";

const office: WorkingHours = {
  days: [1, 2, 3, 4, 5],
  opens: "08:00",
  closes: "18:30",
  zone: "Europe/Berlin",
};
const night: WorkingHours = { days: [5], opens: "22:00", closes: "06:00", zone: "Asia/Kolkata" };
const weekend: WorkingHours = { days: [6, 7], opens: "00:00", closes: "00:00", zone: "America/New_York" };

test.for<[string, WorkingHours, string, boolean]>([
  ["the first minute of a working day", office, "2026-11-24T07:00:00Z", false],
  ["the minute before", office, "2026-11-24T06:59:59Z", true],
  ["the last minute", office, "2026-11-24T17:29:59Z", false],
  ["closing time", office, "2026-11-24T17:30:00Z", true],
  ["a Sunday", office, "2026-11-29T11:00:00Z", true],
  ["summer time, an hour earlier by UTC", office, "2026-07-01T06:00:00Z", false],
  ["Friday's night shift", night, "2026-11-27T17:00:00Z", false],
  ["its end on Saturday, in a zone half an hour off", night, "2026-11-28T00:29:00Z", false],
  ["after its end", night, "2026-11-28T00:30:00Z", true],
  ["Saturday evening, which is nobody's shift", night, "2026-11-28T17:00:00Z", true],
  ["the whole of a Saturday", weekend, "2026-11-28T05:00:00Z", false],
  ["and of Sunday to its end", weekend, "2026-11-30T04:59:00Z", false],
  ["Monday", weekend, "2026-11-30T05:00:00Z", true],
])("%s", ([, hours, at, expected]) => {
  expect(isOffHours(hours, new Date(at))).toBe(expected);
});
