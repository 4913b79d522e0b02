import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { RULES } from "#lib/detection/rules.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import { BUCKET_ORIGIN_MS } from "../timeline/bucket.ts";
import { isWorse, type WorstDetection } from "../timeline/point.ts";
import type { Span } from "../timeline/window.ts";

const BIN = `date_bin(make_interval(secs => $4::float8 / 1000), occurred_at,
  timestamptz '${new Date(BUCKET_ORIGIN_MS).toISOString()}')`;

type Asked = { actorId: string; window: Span; step: number; services: readonly string[] };

/**
 * The worst detection of each bucket and service. A detection does not say its service: its rule and operation mostly do,
 * and only where they leave several open are the events asked, which takes as long as there are detections.
 */
export async function readWorst(client: Transaction, asked: Asked): Promise<WorstDetection[]> {
  const rows = await byRule(client, asked);
  const found = rows.map((row) => ({ ...row, service: serviceOf(row, asked.services) }));
  const isCertain = found.every(({ service }) => service !== undefined);
  return worstOf(isCertain ? (found as Found[]) : await byEvent(client, asked));
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

async function byRule(client: Transaction, { actorId, window, step }: Asked) {
  const { rows } = await client.query(
    `select ${BIN} as bucket, rule_id, platform, operation, max(score) filter (where entry_id is null) as open,
       max(score) as score
     from detection where actor_id = $1 and occurred_at >= $2 and occurred_at <= $3
     group by 1, rule_id, platform, operation`,
    [actorId, new Date(window.from), new Date(window.to), step],
  );
  return byRuleSchema.parse(rows).map(({ bucket, ...row }) => ({ start: bucket.getTime(), ...row }));
}

async function byEvent(client: Transaction, { actorId, window, step }: Asked): Promise<Found[]> {
  const { rows } = await client.query(
    `select ${BIN} as bucket, coalesce(service, '') as service, max(score) filter (where entry_id is null) as open,
       max(score) as score
     from (
       select occurred_at, score, entry_id,
         (select service from event where event.occurred_at = detection.occurred_at and id = event_id) as service
       from detection where actor_id = $1 and occurred_at >= $2 and occurred_at <= $3
     ) detection group by 1, 2`,
    [actorId, new Date(window.from), new Date(window.to), step],
  );
  return byEventSchema.parse(rows).map(({ bucket, ...row }) => ({ start: bucket.getTime(), ...row }));
}

const worst = { bucket: z.date(), open: z.int().nullable(), score: z.int() };
const byRuleSchema = z.array(
  z.object({ ...worst, rule_id: z.string(), platform: z.enum(PLATFORMS), operation: z.string() }),
);
const byEventSchema = z.array(z.object({ ...worst, service: z.string() }));

type ByRule = { rule_id: string; platform: Platform; operation: string };

/** The one service that a rule and an operation leave, of those that the actor used. */
function serviceOf(
  { rule_id, platform, operation }: ByRule,
  services: readonly string[],
): string | undefined {
  if (services.length === 1) return services[0];
  if (platform === "azure") return operation.split("/")[0]?.toLowerCase();
  const named = RULES.find(({ id }) => id === rule_id)?.match.service;
  const possible = Array.isArray(named) ? services.filter((service) => named.includes(service)) : [];
  return possible.length === 1 ? possible[0] : undefined;
}
