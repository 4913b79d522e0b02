import { z } from "zod";
import { isZone, zonedFormat } from "#lib/zoned-format.ts";

/** When people work. What closes at or before the time at which it opens does so on the day after. */
export type WorkingHours = {
  /** 1 for Monday to 7 for Sunday. */
  days: readonly number[];
  /** `08:00`. */
  opens: string;
  closes: string;
  /** IANA's name. */
  zone: string;
};

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Give a time such as 08:00.");

/** As a form sends them. */
export const workingHoursSchema = z.strictObject({
  days: z
    .array(z.int().min(1).max(7))
    .min(1, "Choose a day at least.")
    .max(7)
    .transform((days) => [...new Set(days)].sort()),
  opens: clock,
  closes: clock,
  zone: z
    .string()
    .trim()
    .max(60)
    .refine((zone) => zone !== "" && isZone(zone), "Give a time zone of IANA, such as Europe/Berlin."),
});

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY_MINUTES = 24 * 60;

const clockOf = zonedFormat({ weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Whether nobody is at work by the clock of the hours' zone. */
export function isOffHours({ days, opens, closes, zone }: WorkingHours, at: Date): boolean {
  const { day, minute } = clockAt(zone, at);
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  const yesterday = day === 1 ? 7 : day - 1;
  if (from < to) return !(days.includes(day) && minute >= from && minute < to);
  const sinceToday = days.includes(day) && minute >= from;
  const sinceYesterday = days.includes(yesterday) && minute < to;
  return !(sinceToday || sinceYesterday);
}

function clockAt(zone: string, at: Date): { day: number; minute: number } {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const minute = Number(parts.get("hour")) * 60 + Number(parts.get("minute"));
  return { day: DAYS.indexOf(parts.get("weekday") ?? "") + 1, minute: minute % DAY_MINUTES };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
