import type { Transaction } from "#lib/db/client.ts";
import type { DetectionKey } from "./candidate.ts";
import { takeWork } from "./gone-work.ts";
import { NO_SHIFTS, type Shifts } from "./store-context.ts";

/** Names an event. */
export type EventKey = { occurredAt: Date; id: string };

/** Hold what the transaction has taken away of the tables. */
export const GONE_EVENTS = "gone_event";
export const GONE_DETECTIONS = "gone_detection";

export type TakenDetection = DetectionKey & { alertId: string; live: boolean; detectedAt: Date };

export type Taken = {
  /** What may give other detections other signals. First times are not among them: `settleFirsts`. */
  shifts: Shifts;
  detections: TakenDetection[];
};

/**
 * Takes events away with all that hangs on them, but for their original records, the alerts and the kept numbers: what was
 * taken stands in GONE_EVENTS and GONE_DETECTIONS until the transaction ends. `holdStore` alone and `holdDerivation` come before.
 */
export async function takeEvents(client: Transaction, keys: readonly EventKey[]): Promise<Taken> {
  await emptyGone(client);
  await client.query(
    `insert into ${GONE_EVENTS} select event.*
     from event join unnest($1::timestamptz[], $2::uuid[]) as gone (occurred_at, id) using (occurred_at, id)`,
    [keys.map(({ occurredAt }) => occurredAt), keys.map(({ id }) => id)],
  );
  await client.query(
    `insert into ${GONE_DETECTIONS} select detection.*
     from detection join ${GONE_EVENTS} gone on gone.occurred_at = detection.occurred_at and gone.id = detection.event_id`,
  );
  const shifts: Shifts = {
    ...NO_SHIFTS,
    logins: await loginsOf(client),
    tags: await tagsOf(client),
    guards: await guardsOf(client),
    ...(await takeWork(client, GONE_EVENTS)),
  };
  const detections = await detectionsOf(client);
  for (const statement of DELETIONS) await client.query(statement);
  return { shifts, detections };
}

async function emptyGone(client: Transaction): Promise<void> {
  await client.query(`create temp table if not exists ${GONE_EVENTS} (like event) on commit delete rows`);
  await client.query(
    `create temp table if not exists ${GONE_DETECTIONS} (like detection) on commit delete rows`,
  );
  await client.query(`delete from ${GONE_EVENTS}`);
  await client.query(`delete from ${GONE_DETECTIONS}`);
}

const ofGone = (table: string, id = "event_id") =>
  `delete from ${table} using ${GONE_EVENTS} gone where ${table}.occurred_at = gone.occurred_at and ${table}.${id} = gone.id`;

const DELETIONS: readonly string[] = [
  ofGone("allow_hit"),
  ofGone("detection"),
  `${ofGone("registry_login")} and registry_login.access_key = gone.access_key`,
  ofGone("guard_lowered"),
  ofGone("event_image"),
  ofGone("event", "id"),
];

async function detectionsOf(client: Transaction): Promise<TakenDetection[]> {
  const { rows } = await client.query<TakenRow>(
    `select occurred_at, event_id, rule_id, alert_id, live, detected_at from ${GONE_DETECTIONS}`,
  );
  return rows.map(takenDetection);
}

export type TakenRow = {
  occurred_at: Date;
  event_id: string;
  rule_id: string;
  alert_id: string;
  live: boolean;
  detected_at: Date;
};

export function takenDetection(row: TakenRow): TakenDetection {
  return {
    occurredAt: row.occurred_at,
    eventId: row.event_id,
    ruleId: row.rule_id,
    alertId: row.alert_id,
    live: row.live,
    detectedAt: row.detected_at,
  };
}

async function loginsOf(client: Transaction): Promise<Shifts["logins"]> {
  const { rows } = await client.query<{ actor_id: string; access_key: string; occurred_at: Date }>(
    `select gone.actor_id, login.access_key, login.occurred_at
     from ${GONE_EVENTS} gone join registry_login login on login.access_key = gone.access_key
       and login.occurred_at = gone.occurred_at and login.event_id = gone.id
     where gone.actor_id is not null`,
  );
  return rows.map((row) => ({ actorId: row.actor_id, accessKey: row.access_key, at: row.occurred_at }));
}

async function tagsOf(client: Transaction): Promise<Shifts["tags"]> {
  const { rows } = await client.query<{ image_id: string; tag: string; occurred_at: Date; event_id: string }>(
    `select image_id, tag, touched.occurred_at, event_id
     from ${GONE_EVENTS} gone join event_image touched on touched.occurred_at = gone.occurred_at and event_id = gone.id
     where role = 'made' and tag is not null and digest is not null and outcome <> 'failure'`,
  );
  return rows.map((row) => ({
    imageId: row.image_id,
    tag: row.tag,
    at: row.occurred_at,
    eventId: row.event_id,
  }));
}

async function guardsOf(client: Transaction): Promise<Shifts["guards"]> {
  const { rows } = await client.query<{
    image_id: string | null;
    account: string | null;
    region: string | null;
    occurred_at: Date;
  }>(
    `select case when scope like 'image %' then substr(scope, 7)::uuid end as image_id, account, region, gone.occurred_at
     from ${GONE_EVENTS} gone join guard_lowered lowered on lowered.occurred_at = gone.occurred_at
       and lowered.event_id = gone.id`,
  );
  return rows.map((row) => ({
    imageId: row.image_id,
    account: row.account,
    region: row.region,
    at: row.occurred_at,
  }));
}
