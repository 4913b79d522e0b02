import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import type { Match } from "#lib/detection/rule.ts";
import { findRule } from "#lib/detection/rules.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { brokenDays, bucketStart, DAY_MS, wholeDays } from "../timeline/bucket.ts";
import { isWorse, type WorstDetection } from "../timeline/point.ts";
import type { Histogram } from "../timeline/timeline.ts";
import type { Span } from "../timeline/window.ts";
import type { ActorDay } from "./timeline-rows.ts";

type Asked = { actorId: string; days: readonly ActorDay[]; window: Span; histogram: Histogram };

/** The worst detection of each bucket and service: of whole days as it is kept, of shorter stretches each of them asked. */
export async function readWorst(
  client: Transaction,
  { actorId, days, window, histogram }: Asked,
): Promise<WorstDetection[]> {
  const { step } = histogram;
  const detected = histogram.buckets.filter(({ detections }) => detections > 0);
  const starts = [...new Set(detected.map(({ start }) => start))];
  const stretches =
    step < DAY_MS ? starts.map((from) => ({ from, to: from + step - 1 })) : brokenDays(window);
  const cut = stretches.map(({ from, to }) => ({
    start: bucketStart(from, step),
    from: Math.max(from, window.from),
    to: Math.min(to, window.to),
  }));
  const services = [...new Set(detected.map(({ service }) => service))];
  const whole = step < DAY_MS ? null : wholeDays(window);
  return worstOf([
    ...(await ofStretches(client, actorId, cut, services)),
    ...(whole ? ofDays(days, whole, step) : []),
  ]);
}

function worstOf(found: readonly WorstDetection[]): WorstDetection[] {
  const worst = new Map<string, WorstDetection>();
  for (const one of found) {
    const key = `${one.start} ${one.service}`;
    const before = worst.get(key);
    if (!before || isWorse(one, before)) worst.set(key, one);
  }
  return [...worst.values()];
}

function ofDays(days: readonly ActorDay[], { from, to }: Span, step: number): WorstDetection[] {
  return days.flatMap(({ start, service, severity, detections, suppressed }) =>
    severity !== null && start >= from && start <= to
      ? [{ start: bucketStart(start, step), service, severity, isSuppressed: detections === suppressed }]
      : [],
  );
}

/** A part of a bucket that is asked for by itself. */
type Stretch = Span & { start: number };

/**
 * A detection does not say its service: its rule mostly does; only where it leaves several open are the events asked, which
 * takes as long as they are many.
 */
async function ofStretches(
  client: Transaction,
  actorId: string,
  stretches: readonly Stretch[],
  services: readonly string[],
): Promise<WorstDetection[]> {
  if (stretches.length === 0) return [];
  const values = [
    actorId,
    stretches.map(({ start }) => new Date(start)),
    stretches.map(({ from }) => new Date(from)),
    stretches.map(({ to }) => new Date(to)),
  ];
  const { rows } = await client.query(BY_RULE, values);
  const found = byRuleSchema
    .parse(rows)
    .map((row) => ({ ...row, service: serviceOf(row.rule_id, services) }));
  const isCertain = found.every(({ service }) => service !== undefined);
  return (isCertain ? (found as Found[]) : await byEvent(client, values)).map(
    ({ start, service, open, score }) => ({
      ...{ start, service },
      severity: severityOf(open ?? score),
      isSuppressed: open === null,
    }),
  );
}

type Found = { start: number; service: string; open: number | null; score: number };

/** Stretch by stretch, so that each is a short walk through the index. */
const perStretch = (what: string, from: string) => `
  select stretch.start, found.*
  from unnest($2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) as stretch (start, first, last)
  cross join lateral (
    select ${what}, max(score) filter (where entry_id is null) as open, max(score) as score
    from ${from} where actor_id = $1 and occurred_at >= first and occurred_at <= last group by 1
  ) found`;

const BY_RULE = perStretch("rule_id", "detection");
const BY_EVENT = perStretch(
  "service",
  `(select actor_id, occurred_at, score, entry_id, coalesce((select service from event
      where event.occurred_at = detection.occurred_at and event.id = detection.event_id), '') as service
    from detection) detection`,
);

async function byEvent(client: Transaction, values: unknown[]): Promise<Found[]> {
  const { rows } = await client.query(BY_EVENT, values);
  return byEventSchema.parse(rows);
}

const worst = {
  start: z.date().transform((time) => time.getTime()),
  open: z.int().nullable(),
  score: z.int(),
};
const byRuleSchema = z.array(z.object({ ...worst, rule_id: z.string() }));
const byEventSchema = z.array(z.object({ ...worst, service: z.string() }));

/** The one service that a rule leaves, of those with detections; an Azure operation begins with its service. */
function serviceOf(ruleId: string, services: readonly string[]): string | undefined {
  if (services.length === 1) return services[0];
  const named = findRule(ruleId)?.match.flatMap(servicesOf) ?? [];
  const possible = services.filter((service) => named.includes(service));
  return possible.length === 1 ? possible[0] : undefined;
}

function servicesOf({ platform, service, operation }: Match): readonly string[] {
  if (service) return service;
  if (platform !== "azure") return [];
  return ("contains" in operation ? operation.contains : operation).map(beforeSlash);
}

function beforeSlash(operation: string): string {
  return operation.split("/")[0] ?? "";
}
