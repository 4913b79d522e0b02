import { MONTHS } from "#lib/aggregates/month.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { AlertFilter, ChoiceKey } from "#lib/triage/alert-filter.ts";
import type { Span } from "../buckets.ts";
import type { Period } from "../period.ts";
import { anytimeWhere, asksNoMoreThan, MOST_CUT } from "./counted-alerts.ts";

const { sql, join, raw } = Prisma;

/** What `alert_year` tells apart: a filter that asks for more is answered from the alerts themselves. */
const KEPT_BY_YEAR: readonly ChoiceKey[] = ["platform", "rule"];

/** Years of which the same months are counted, and in which of the two periods. */
export type CountedYears = { years: number[]; now: number[]; before: number[] };

/** A period and the one before: whole months from the numbers kept by year where these can answer, the rest from alerts. */
export function countedMonths(
  alerts: AlertFilter,
  { before, from, to }: Period,
): { years: CountedYears[]; pieces: Span[] } {
  const span = { from: before.from, to };
  const cut = cutMonths([before.from, before.to, from, to], span);
  const cutLength = cut.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  if (!asksNoMoreThan(alerts, KEPT_BY_YEAR) || cutLength > (to - before.from) * MOST_CUT) {
    return { years: [], pieces: [span] };
  }
  return { years: sameYears({ from, to }, before), pieces: cut };
}

/** What some years count, in the shape of one row a value and kind. */
export function inYears(alerts: AlertFilter, { years, now, before }: CountedYears): Prisma.Sql {
  return sql`select field, value_id, null::text as value, ${sumOf(now)} as now, ${sumOf(before)} as before
    from (select * from alert_year where year = any(${years}::int[])) alert ${anytimeWhere(alerts)}`;
}

function sumOf(months: readonly number[]): Prisma.Sql {
  return months.length === 0
    ? sql`0`
    : sql`${join(
        months.map((month) => raw(MONTHS[month] ?? "")),
        " + ",
      )}`;
}

function sameYears(period: Span, before: Span): CountedYears[] {
  const found = new Map<string, CountedYears>();
  for (const year of yearsOf({ from: before.from, to: period.to })) {
    const [now, earlier] = [wholeMonths(year, period), wholeMonths(year, before)];
    if (now.length + earlier.length === 0) continue;
    const key = `${now} | ${earlier}`;
    const same = found.get(key) ?? { years: [], now, before: earlier };
    same.years.push(year);
    found.set(key, same);
  }
  return [...found.values()];
}

function yearsOf({ from, to }: Span): number[] {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to - 1).getUTCFullYear()];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Which months of a year (UTC) lie within a span whole. */
function wholeMonths(year: number, { from, to }: Span): number[] {
  return MONTHS.map((_, month) => month).filter(
    (month) => Date.UTC(year, month) >= from && Date.UTC(year, month + 1) <= to,
  );
}

/** What of a span lies within months (UTC) that a border cuts: a piece of each. */
function cutMonths(borders: readonly number[], span: Span): Span[] {
  const months = borders.map(monthOf).filter(({ from }, at) => borders[at] !== from);
  const starts = [...new Set(months.map(({ from }) => from))].sort((a, b) => a - b);
  return starts
    .map(monthOf)
    .map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter(({ from, to }) => from < to);
}

/** The month (UTC) within which a time lies. */
function monthOf(time: number): Span {
  const date = new Date(time);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return { from: Date.UTC(year, month), to: Date.UTC(year, month + 1) };
}
