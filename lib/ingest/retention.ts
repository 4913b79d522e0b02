import { z } from "zod";

const DAY_MS = 86_400_000;
/** Shorter would take from analysts what they work with: alerts are history after a week, first times count after two. */
const LEAST_DAYS = 30;
const MOST_DAYS = 36_500;

const days = z
  .int({ error: "Give a number of days." })
  .min(LEAST_DAYS, { error: `At least ${LEAST_DAYS} days.` })
  .max(MOST_DAYS, { error: `At most ${MOST_DAYS.toLocaleString("en-GB")} days.` })
  .nullable();

/** For how many days what is kept; null: for ever. What explains a thing is kept no shorter than the thing. */
export const retentionSchema = z
  .strictObject({ rawDays: days, eventDays: days, alertDays: days })
  .refine(({ rawDays, eventDays }) => isNoLonger(rawDays, eventDays), {
    error: "Original records cannot be kept longer than their events.",
    path: ["rawDays"],
  })
  .refine(({ eventDays, alertDays }) => isNoLonger(eventDays, alertDays), {
    error: "Events cannot be kept longer than alerts.",
    path: ["eventDays"],
  });
export type Retention = z.infer<typeof retentionSchema>;

function isNoLonger(shorter: number | null, longer: number | null): boolean {
  return longer === null || (shorter !== null && shorter <= longer);
}

/** The times before which what goes; null: nothing does. A UTC day goes whole, so that the numbers kept by day stay whole. */
export type Cutoffs = { rawBefore: Date | null; eventsBefore: Date | null; alertsBefore: Date | null };

export function cutoffsOf({ rawDays, eventDays, alertDays }: Retention, now: Date): Cutoffs {
  const before = (count: number | null) =>
    count === null ? null : new Date(Math.floor(now.getTime() / DAY_MS - count) * DAY_MS);
  return { rawBefore: before(rawDays), eventsBefore: before(eventDays), alertsBefore: before(alertDays) };
}
