import type { Facts } from "#lib/allowlist/condition.ts";
import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { mainImage, ROLE_ORDER } from "#lib/detection/alert-key.ts";
import type { Detection } from "#lib/detection/detect.ts";
import { EC2, type Work, workOf } from "#lib/detection/image-work.ts";
import { type Addend, ownAddends } from "#lib/detection/points.ts";
import { SIGNALS, type Signal } from "#lib/detection/signal.ts";
import { parseAddress } from "#lib/logs/normalize/address.ts";
import type { FoundEvent } from "../pipeline.ts";

/** Names a detection. */
export type DetectionKey = { occurredAt: Date; eventId: string; ruleId: string };

/** A detection, new or stored, with all that signals and allowlist ask of it. */
export type Candidate = DetectionKey & {
  alertId: string;
  logSource: string;
  actorId: string | null;
  imageId: string | null;
  /** Of its own address. */
  network: string | null;
  /** The signals that the event carries by itself. */
  ownSignals: Signal[];
  /** What it scores by itself. */
  ownAddends: Addend[];
  work: Work;
  facts: Facts;
};

const OWN: readonly Signal[] = ["shared-with-everyone", "shared-with-foreign-account", "attack-tool"];

export function candidateOf(
  { event, network }: FoundEvent,
  { rule, alert, addends, signals }: Detection,
): Candidate {
  const image = mainImage(event.images);
  const { platform, operation, session, accessKey, account, region, userAgent, outcome } = event;
  return {
    occurredAt: event.occurredAt,
    eventId: event.id,
    ruleId: rule.id,
    alertId: alert.id,
    logSource: event.logSource,
    actorId: event.actor && nameId(platform, event.actor.key),
    imageId: image ? nameId(platform, image.key) : null,
    network: network?.key ?? null,
    ownSignals: signals,
    ownAddends: addends,
    work: workOf(event, image ?? null),
    facts: {
      actor: event.actor?.key ?? null,
      image: image?.key ?? null,
      tag: image?.tag ?? null,
      rule: rule.id,
      address: event.sourceIp === null ? null : parseAddress(event.sourceIp),
      platform,
      operation,
      session,
      accessKey,
      account,
      region,
      userAgent,
      outcome,
    },
  };
}

/** What is stored of a detection beside what a candidate says. */
export type StoredCandidate = Candidate & {
  score: number;
  addends: Addend[];
  signals: Signal[];
  networks: string[];
  entryId: string | null;
  brokeThrough: Signal[];
};

/** Stored detections by their keys; those that are not there are missing. */
export async function loadCandidates(
  client: Transaction,
  keys: readonly DetectionKey[],
): Promise<StoredCandidate[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<StoredRow>(
    `select detection.*, event.log_source, event.network as own_network, actor.key as actor, image.key as image,
       image.kind as image_kind, image.name as image_name,
       case when event.service = '${EC2}' then event.details ->> 'name' end as given_name,
       array(
         select role from event_image touched where touched.occurred_at = detection.occurred_at
           and touched.event_id = detection.event_id and touched.image_id = detection.image_id
       ) as image_roles
     from unnest($1::timestamptz[], $2::uuid[], $3::text[]) as wanted (occurred_at, event_id, rule_id)
     join detection using (occurred_at, event_id, rule_id)
     join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id
     left join actor on actor.id = detection.actor_id
     left join image on image.id = detection.image_id`,
    [
      keys.map(({ occurredAt }) => occurredAt),
      keys.map(({ eventId }) => eventId),
      keys.map(({ ruleId }) => ruleId),
    ],
  );
  return rows.map(fromRow);
}

type StoredRow = {
  occurred_at: Date;
  event_id: string;
  rule_id: string;
  alert_id: string;
  log_source: string;
  actor_id: string | null;
  image_id: string | null;
  score: number;
  addends: Addend[];
  own_network: string | null;
  signals: string[];
  networks: string[];
  entry_id: string | null;
  broke_through: string[];
  actor: string | null;
  image: string | null;
  image_kind: string | null;
  image_name: string | null;
  image_roles: string[];
  given_name: string | null;
  tag: string | null;
  address: string | null;
  platform: string;
  operation: string;
  session: string | null;
  access_key: string | null;
  account: string | null;
  region: string | null;
  user_agent: string | null;
  outcome: string;
};

function fromRow(row: StoredRow): StoredCandidate {
  const signals = SIGNALS.filter((signal) => row.signals.includes(signal));
  return {
    occurredAt: row.occurred_at,
    eventId: row.event_id,
    ruleId: row.rule_id,
    alertId: row.alert_id,
    logSource: row.log_source,
    actorId: row.actor_id,
    imageId: row.image_id,
    network: row.own_network,
    ownSignals: signals.filter((signal) => OWN.includes(signal)),
    ownAddends: ownAddends(row.addends),
    work: workIn(row),
    score: row.score,
    addends: row.addends,
    signals,
    networks: row.networks,
    entryId: row.entry_id,
    brokeThrough: SIGNALS.filter((signal) => row.broke_through.includes(signal)),
    facts: {
      actor: row.actor,
      image: row.image,
      tag: row.tag,
      rule: row.rule_id,
      address: row.address === null ? null : parseAddress(row.address),
      platform: row.platform,
      operation: row.operation,
      session: row.session,
      accessKey: row.access_key,
      account: row.account,
      region: row.region,
      userAgent: row.user_agent,
      outcome: row.outcome,
    },
  };
}

function workIn(row: StoredRow): Work {
  const { platform, account, tag, image_id: id, image_kind: kind, image_name: name } = row;
  const role = ROLE_ORDER.find((one) => row.image_roles.includes(one));
  const image = id !== null && kind !== null && name !== null && role ? { id, kind, name, role } : null;
  return { platform, account, image, tag, givenName: row.given_name };
}
