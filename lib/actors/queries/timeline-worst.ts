import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { findRule } from "#lib/detection/rules.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { isWorse, type WorstDetection } from "../timeline/point.ts";
import type { Histogram } from "../timeline/timeline.ts";
import type { Span } from "../timeline/window.ts";

type Asked = { actorId: string; window: Span; histogram: Histogram };

/**
 * The worst detection of each bucket and service. A detection does not say its service: its rule mostly does, which an
 * index answers by itself; only where it leaves several open are the events asked, which takes as long as they are many.
 */
export async function readWorst(
  client: Transaction,
  { actorId, window, histogram }: Asked,
): Promise<WorstDetection[]> {
  const { step } = histogram;
  const detected = histogram.buckets.filter(({ detections }) => detections > 0);
  const services = [...new Set(detected.map(({ service }) => service))];
  const starts = [...new Set(detected.map(({ start }) => start))];
  const values = [
    actorId,
    starts.map((start) => new Date(start)),
    starts.map((start) => new Date(Math.max(start, window.from))),
    starts.map((start) => new Date(Math.min(start + step - 1, window.to))),
  ];
  const { rows } = await client.query(BY_RULE, values);
  const found = byRuleSchema
    .parse(rows)
    .map((row) => ({ ...row, service: serviceOf(row.rule_id, services) }));
  const isCertain = found.every(({ service }) => service !== undefined);
  return worstOf(isCertain ? (found as Found[]) : await byEvent(client, values));
}

type Found = { start: number; service: string; open: number | null; score: number };

function worstOf(found: readonly Found[]): WorstDetection[] {
  const worst = new Map<string, WorstDetection>();
  for (const { start, service, open, score } of found) {
    const key = `${start} ${service}`;
    const one = { start, service, severity: severityOf(open ?? score), isSuppressed: open === null };
    const before = worst.get(key);
    if (!before || isWorse(one, before)) worst.set(key, one);
  }
  return [...worst.values()];
}

/** Bucket by bucket, so that each is a short stretch of the index and nothing is sorted or hashed. */
const perBucket = (what: string, from: string) => `
  select bucket.start, found.*
  from unnest($2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) as bucket (start, first, last)
  cross join lateral (
    select ${what}, max(score) filter (where entry_id is null) as open, max(score) as score
    from ${from} where actor_id = $1 and occurred_at >= first and occurred_at <= last group by 1
  ) found`;

const BY_RULE = perBucket("rule_id", "detection");
const BY_EVENT = perBucket(
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
  const match = findRule(ruleId)?.match;
  if (!match) return undefined;
  const named =
    match.platform === "azure" ? textsOf(match.operation).map(beforeSlash) : textsOf(match.service ?? []);
  const possible = services.filter((service) => named.includes(service));
  return possible.length === 1 ? possible[0] : undefined;
}

function textsOf(condition: readonly string[] | { contains: readonly string[] }): readonly string[] {
  return "contains" in condition ? condition.contains : condition;
}

function beforeSlash(operation: string): string {
  return operation.split("/")[0] ?? "";
}
