import { bucketsOf, coarsen, type Span, type Step, usualStep } from "./buckets.ts";
import { dayAt, dayOf, startOfDay } from "./calendar.ts";
import { PERIODS, type TrendsFilter } from "./trends-filter.ts";

/** Outside these no log tells the truth about its time, and no bars could be drawn. */
const EARLIEST_DAY = dayOf("1970-01-01");
const LATEST_DAY = dayOf("2099-12-31");

/** What about a period is not as it was asked for. */
export type PeriodNote = "reversed" | "shortened" | "coarser";

/** The time that trends are about, with what it is compared with. */
export type Period = Span & {
  zone: string;
  firstDay: number;
  lastDay: number;
  days: number;
  step: Step;
  buckets: Span[];
  /** As many days just before; of a period that is not over, only as far as the period has come. */
  before: Span;
  notes: PeriodNote[];
};

/** Resolves a filter's period at a time. Whatever was asked for, there are some buckets, and no more than can be drawn. */
export function periodOf(filter: TrendsFilter, now: Date): Period {
  const { zone } = filter;
  const today = dayAt(now.getTime(), zone);
  const asked = askedDays(filter, today);
  const [first, last] = asked.first > asked.last ? [asked.last, asked.first] : [asked.first, asked.last];
  const firstDay = within(first);
  const lastDay = within(last);
  const days = lastDay - firstDay + 1;
  const step = filter.by ? coarsen(filter.by, days) : usualStep(days);
  const span = { from: startOfDay(firstDay, zone), to: startOfDay(lastDay + 1, zone) };
  return {
    ...span,
    zone,
    firstDay,
    lastDay,
    days,
    step,
    buckets: bucketsOf(firstDay, lastDay, step, zone),
    before: before(span, startOfDay(firstDay - days, zone), now.getTime()),
    notes: [
      ...(asked.first > asked.last ? (["reversed"] as const) : []),
      ...(firstDay !== first || lastDay !== last ? (["shortened"] as const) : []),
      ...(filter.by && filter.by !== step ? (["coarser"] as const) : []),
    ],
  };
}

function askedDays({ period, from, to }: TrendsFilter, today: number): { first: number; last: number } {
  const last = to ? dayOf(to) : Math.max(today, from ? dayOf(from) : today);
  return { first: from ? dayOf(from) : last - PERIODS[period] + 1, last };
}

function within(day: number): number {
  return Math.min(LATEST_DAY, Math.max(EARLIEST_DAY, day));
}

function before({ from, to }: Span, start: number, now: number): Span {
  const isOver = now >= to || now <= from;
  return { from: start, to: isOver ? from : Math.min(from, start + (now - from)) };
}
