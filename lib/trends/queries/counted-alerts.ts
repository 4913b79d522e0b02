import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES, SEVERITY_FLOORS } from "#lib/detection/severity.ts";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey } from "#lib/triage/alert-filter.ts";
import { alertWhere } from "#lib/triage/queries/alert-where.ts";
import type { Span } from "../buckets.ts";
import { DAY_MS } from "../calendar.ts";

const { sql, join } = Prisma;

/** What `alert_day` tells apart: a filter that asks for more is answered from the alerts themselves. */
const KEPT_BY_DAY: readonly ChoiceKey[] = ["severity", "status", "verdict", "platform", "account", "rule"];

/** Beyond this share of days or months that are cut, reading the alerts at once is quicker. */
export const MOST_CUT = 0.5;

/** The alerts of a filter in a span, in two parts of which either can be missing. */
export type CountedAlerts = {
  /** The condition on rows of `alert_day` whose kinds (`kindsOf`) the filter asks for: whole days (UTC). */
  days: Prisma.Sql | null;
  /** What follows `from`: the single alerts, as `alert`. */
  single: Prisma.Sql | null;
};

/**
 * Whole days come from the numbers kept by day wherever these can answer, days that a border cuts from the alerts: the same
 * either way.
 */
export function countedAlerts(alerts: AlertFilter, span: Span, borders: readonly number[]): CountedAlerts {
  const cut = cutDays([span.from, span.to, ...borders]);
  const days = (span.to - span.from) / DAY_MS;
  if (!asksNoMoreThan(alerts, KEPT_BY_DAY) || cut.length > days * MOST_CUT) {
    return { days: null, single: sql`alert ${spanWhere(alerts, span)}` };
  }
  return {
    days: daysWhere(span, cut),
    single: cut.length > 0 ? piecesOf(alerts, cutSpans(cut, span)) : null,
  };
}

/** The whole days (UTC) of a span. */
function daysWhere({ from, to }: Span, cut: readonly number[]): Prisma.Sql {
  const within = sql`day >= ${dateOf(from)}::date and day <= ${dateOf(to - 1)}::date`;
  return cut.length > 0 ? sql`${within} and day <> all(${cut.map(dateOf)}::date[])` : within;
}

/** What follows `from`: the alerts of a filter in one of several spans, as `alert`. */
export function piecesOf(alerts: AlertFilter, pieces: readonly Span[]): Prisma.Sql {
  const [first, ...others] = pieces;
  // The planner chooses better when it sees how long a single one is.
  if (first && others.length === 0) return sql`alert ${spanWhere(alerts, first)}`;
  const [from, to] = [pieces.map((piece) => piece.from), pieces.map((piece) => piece.to)];
  return sql`unnest(${timesParameter(from)}, ${timesParameter(to)}) as piece (from_at, to_at)
    join alert on alert.last_at >= piece.from_at and alert.last_at < piece.to_at ${anytimeWhere(alerts)}`;
}

/** The day (UTC) within which a time lies. */
export function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether all alerts are asked for. */
export function isUnfiltered(alerts: AlertFilter): boolean {
  return asksNoMoreThan(alerts, []);
}

/** Whether a filter asks for all lists, and for no other choices than of some keys. */
export function asksNoMoreThan(alerts: AlertFilter, keys: readonly ChoiceKey[]): boolean {
  const { q, count, timing, visibleFrom, visibleTo } = alerts;
  const others = q ?? count ?? timing ?? visibleFrom ?? visibleTo;
  return (
    alerts.queue === "all" &&
    others === undefined &&
    CHOICE_KEYS.every((key) => alerts[key].length === 0 || keys.includes(key))
  );
}

/** What of a span lies within days that are cut. */
function cutSpans(cut: readonly number[], span: Span): Span[] {
  return cut
    .map((day) => ({ from: Math.max(day, span.from), to: Math.min(day + DAY_MS, span.to) }))
    .filter(({ from, to }) => from < to);
}

/** The days (UTC) within which a border lies. */
function cutDays(borders: readonly number[]): number[] {
  const days = borders
    .filter((time) => time % DAY_MS !== 0)
    .map((time) => Math.floor(time / DAY_MS) * DAY_MS);
  return [...new Set(days)].sort((a, b) => a - b);
}

const worstFirst = [...SEVERITIES].reverse();

/** An alert's severity, as the list's filter tells it. */
export const SEVERITY = sql`case ${join(
  worstFirst.map((level) => sql`when alert.score >= ${SEVERITY_FLOORS[level]}::int then ${level}::text`),
  " ",
)} end`;

/** Rows of `alert_day` in the shape of alerts, so that the list's own filter applies to them. */
const DAYS = sql`(
  select alert_day.*, case alert_day.severity ${join(
    SEVERITIES.map((level) => sql`when ${level} then ${SEVERITY_FLOORS[level]}::int`),
    " ",
  )} end as score
  from alert_day
)`;

/**
 * The kinds of alerts that whole days count, those that a filter asks for, as `alert` with all columns of a day: few, however
 * many days there are, because a kind has the same id on each. `sums` is what is summed of each over its days.
 */
export function kindsOf(alerts: AlertFilter, days: Prisma.Sql, sums: Prisma.Sql = sql`1`): Prisma.Sql {
  return sql`(select id, min(day) as day, ${sums} from alert_day where ${days} group by id) kind
    join ${DAYS} alert using (day, id) ${anytimeWhere(alerts)}`;
}

/** The list's `where` of a filter within a span. */
function spanWhere(alerts: AlertFilter, { from, to }: Span): Prisma.Sql {
  return alertWhere(
    { ...alerts, range: undefined, from: new Date(from), to: new Date(to - 1) },
    new Date(to),
  );
}

/** Times as a parameter. */
export function timesParameter(times: readonly number[]): Prisma.Sql {
  return sql`${times.map((time) => new Date(time).toISOString())}::timestamptz[]`;
}

/** The list's `where` of a filter, of any time. */
export function anytimeWhere(alerts: AlertFilter): Prisma.Sql {
  return alertWhere({ ...alerts, range: undefined, from: undefined, to: undefined }, new Date(0));
}
