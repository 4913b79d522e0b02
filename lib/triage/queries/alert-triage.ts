import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { type NamedLink, VERDICT_REASONS } from "../alert.ts";
import { closedAsSchema, sinceClosed } from "../closed-as.ts";

/** What people decided about an alert and what came of it, beyond what its row in a list says. */
export type AlertTriage = {
  reasonClass: (typeof VERDICT_REASONS)[number] | null;
  caseLink: string | null;
  /** Number of the alert that this one repeats. */
  duplicateOf: number | null;
  /** Null until a person first acted. */
  frozenScore: number | null;
  currentScore: number;
  closedAt: Date | null;
  /** Null unless it is closed. */
  since: NamedSince | null;
  /** Numbers of the allowlist entries that suppress detections of it. */
  entryNumbers: number[];
};

/** What came after it was closed. */
type NamedSince = {
  detectionCount: number;
  /** Ids of rules. */
  rules: string[];
  actors: NamedLink[];
  networks: NamedLink[];
  isMoreSevere: boolean;
};

/** What is suppressed is no news: what came since counts open detections, as the return of a closed alert does. */
export async function getAlertTriage(alertId: string): Promise<AlertTriage> {
  const [row] = await db().$queryRaw<unknown[]>`
    select reason_class, case_link, duplicate_of, frozen_score, current_score, closed_at, closed_as,
      detection_count,
      array(select distinct rule_id from detection where alert_id = alert.id and entry_id is null order by 1) as rules,
      array(
        select distinct actor_id from detection where alert_id = alert.id and entry_id is null and actor_id is not null
      ) as actor_ids,
      array(
        select distinct network from detection, unnest(detection.networks) as network
        where alert_id = alert.id and entry_id is null order by network
      ) as networks,
      array(select number from allow_entry where id = any(alert.entry_ids) order by number) as entry_numbers
    from alert where id = ${alertId}::uuid`;
  const alert = triageSchema.parse(row);
  return {
    reasonClass: alert.reason_class,
    caseLink: alert.case_link,
    duplicateOf: alert.duplicate_of,
    frozenScore: alert.frozen_score,
    currentScore: alert.current_score,
    closedAt: alert.closed_at,
    since: await namedSince(alert),
    entryNumbers: alert.entry_numbers,
  };
}

async function namedSince(alert: z.infer<typeof triageSchema>): Promise<NamedSince | null> {
  if (alert.closed_as === null) return null;
  const since = sinceClosed(alert.closed_as, {
    detectionCount: alert.detection_count,
    rules: alert.rules,
    actorIds: alert.actor_ids,
    networks: alert.networks,
    score: alert.current_score,
  });
  const { actorIds, networks, ...rest } = since;
  const [actorNames, networkNames] = await Promise.all([
    db().actor.findMany({ where: { id: { in: actorIds } }, select: { id: true, name: true } }),
    db().network.findMany({ where: { key: { in: networks } } }),
  ]);
  const names = new Map(networkNames.map(({ key, name }) => [key, name]));
  return {
    ...rest,
    actors: actorNames,
    networks: networks.map((key) => ({ id: key, name: names.get(key) ?? key })),
  };
}

const texts = z.array(z.string());
const triageSchema = z.object({
  reason_class: z.enum(VERDICT_REASONS).nullable(),
  case_link: z.string().nullable(),
  duplicate_of: z.int().nullable(),
  frozen_score: z.int().nullable(),
  current_score: z.int(),
  closed_at: z.date().nullable(),
  closed_as: closedAsSchema.nullable(),
  detection_count: z.int(),
  rules: texts,
  actor_ids: texts,
  networks: texts,
  entry_numbers: z.array(z.int()),
});
