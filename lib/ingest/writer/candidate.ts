import type { Facts } from "#lib/allowlist/condition.ts";
import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { mainImage } from "#lib/detection/alert-key.ts";
import type { Detection } from "#lib/detection/detect.ts";
import { ownSignals, SIGNALS, type Signal } from "#lib/detection/signal.ts";
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
  facts: Facts;
};

const OWN: readonly Signal[] = ["shared-with-everyone", "shared-with-foreign-account", "attack-tool"];

export function candidateOf({ event, network }: FoundEvent, { rule, alert }: Detection): Candidate {
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
    ownSignals: ownSignals(event),
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
    `select detection.*, event.log_source, event.network as own_network, actor.key as actor, image.key as image
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
  own_network: string | null;
  signals: string[];
  networks: string[];
  entry_id: string | null;
  broke_through: string[];
  actor: string | null;
  image: string | null;
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
    score: row.score,
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
