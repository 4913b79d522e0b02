import { Prisma } from "#lib/db/generated/client.ts";
import { SEVERITIES, SEVERITY_FLOORS } from "#lib/detection/severity.ts";
import { type AlertFilter, CHOICE_KEYS, type ChoiceKey } from "#lib/triage/alert-filter.ts";
import { alertWhere } from "#lib/triage/queries/alert-where.ts";
import type { Span } from "../buckets.ts";
import { DAY_MS } from "../calendar.ts";

const { sql, join } = Prisma;

/** What `alert_day` tells apart: a filter that asks for more is answered from the alerts themselves. */
const KEPT_BY_DAY: readonly ChoiceKey[] = ["severity", "status", "verdict", "platform", "account", "rule"];

/** Beyond this share of days that are cut, reading the alerts at once is quicker. */
const MOST_CUT = 0.5;

/**
 * The alerts of a filter in a span, as rows of `last_at, severity, platform, rules, accounts, verdict, queue, alerts`, of which
 * the last says for how many alerts a row stands. `last_at` is exact as to between which of the borders it lies. Whole days
 * (UTC) come from the numbers kept by day wherever these can answer, days that a border cuts from the alerts: the same either
 * way.
 */
export function countedAlerts(alerts: AlertFilter, span: Span, borders: readonly number[]): Prisma.Sql {
  const cut = cutDays([span.from, span.to, ...borders]);
  const days = (span.to - span.from) / DAY_MS;
  if (!isKeptByDay(alerts) || cut.length > days * MOST_CUT) return sql`(${fromAlerts(alerts, span)})`;
  const pieces = cutSpans(cut, span).map((piece) => fromAlerts(alerts, piece));
  return sql`(${join([fromDays(alerts, span, cut), ...pieces], " union all ")})`;
}

/** Whether all alerts are asked for. */
export function isUnfiltered(alerts: AlertFilter): boolean {
  return isKeptByDay(alerts) && CHOICE_KEYS.every((key) => alerts[key].length === 0);
}

/** Whether the numbers kept by day can answer a filter. */
function isKeptByDay(alerts: AlertFilter): boolean {
  const { q, count, timing, visibleFrom, visibleTo } = alerts;
  const others = q ?? count ?? timing ?? visibleFrom ?? visibleTo;
  return (
    alerts.queue === "all" &&
    others === undefined &&
    CHOICE_KEYS.every((key) => alerts[key].length === 0 || KEPT_BY_DAY.includes(key))
  );
}

/** What of a span lies within days that are cut. */
export function cutSpans(cut: readonly number[], span: Span): Span[] {
  return cut
    .map((day) => ({ from: Math.max(day, span.from), to: Math.min(day + DAY_MS, span.to) }))
    .filter(({ from, to }) => from < to);
}

/** The days (UTC) within which a border lies. */
export function cutDays(borders: readonly number[]): number[] {
  const days = borders
    .filter((time) => time % DAY_MS !== 0)
    .map((time) => Math.floor(time / DAY_MS) * DAY_MS);
  return [...new Set(days)].sort((a, b) => a - b);
}

const worstFirst = [...SEVERITIES].reverse();

/** An alert's severity, as the list's filter tells it. */
const SEVERITY = sql`case ${join(
  worstFirst.map((level) => sql`when alert.score >= ${SEVERITY_FLOORS[level]}::int then ${level}::text`),
  " ",
)} end`;

const COLUMNS = sql`alert.last_at, ${SEVERITY} as severity, alert.platform, alert.rules, alert.accounts, alert.verdict,
  alert.queue`;

function fromAlerts(alerts: AlertFilter, span: Span): Prisma.Sql {
  return sql`select ${COLUMNS}, 1 as alerts from alert ${spanWhere(alerts, span)}`;
}

/** The kept numbers in the shape of alerts, so that the list's own filter applies to them. */
const DAYS = sql`(
  select day::timestamp at time zone 'UTC' as last_at, case severity ${join(
    SEVERITIES.map((level) => sql`when ${level} then ${SEVERITY_FLOORS[level]}::int`),
    " ",
  )} end as score, platform, rules, accounts, status, verdict, queue, alerts
  from alert_day
)`;

function fromDays(alerts: AlertFilter, span: Span, cut: readonly number[]): Prisma.Sql {
  const whole = cut.map((day) => new Date(day).toISOString());
  return sql`select ${COLUMNS}, alert.alerts from ${DAYS} alert ${spanWhere(alerts, span)}
    and not alert.last_at = any(${whole}::timestamptz[])`;
}

/** The list's `where` of a filter within a span. */
export function spanWhere(alerts: AlertFilter, { from, to }: Span): Prisma.Sql {
  return alertWhere(
    { ...alerts, range: undefined, from: new Date(from), to: new Date(to - 1) },
    new Date(to),
  );
}

/** Times as a parameter. */
export function timesParameter(times: readonly number[]): Prisma.Sql {
  return sql`${times.map((time) => new Date(time).toISOString())}::timestamptz[]`;
}
