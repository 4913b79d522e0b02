import type { Watch } from "#lib/allowlist/watch.ts";
import type { Transaction } from "#lib/db/client.ts";
import { findRule } from "#lib/detection/rules.ts";
import {
  contextSignals,
  GUARD_MS,
  guardScope,
  LOGIN_MS,
  SIGNALS,
  type Signal,
} from "#lib/detection/signal.ts";
import type { Candidate } from "./candidate.ts";

export type Signalled = { networks: string[]; signals: Signal[]; known: Known };

/** What was asked for the signals and scores ask too. */
export type Known = {
  historyFrom: Date | null;
  /** When the actor was first seen in each network. */
  firstSeen: Date[];
  digest: string | null;
  before: Before | null;
  isWatched: boolean;
};

/** What stood behind a tag before. */
type Before = { digest: string; at: Date; actorId: string | null };

/** The networks that each candidate may come from and the signals that it carries, in the candidates' order. */
export async function signalsOf(
  client: Transaction,
  candidates: readonly Candidate[],
  isWatched: Watch,
): Promise<Signalled[]> {
  if (candidates.length === 0) return [];
  const networks = await networksOf(client, candidates);
  const firstSeen = await firstSeenOf(client, candidates, networks);
  const histories = await historiesOf(client, candidates);
  const digests = await digestsOf(client, candidates);
  const guards = await guardsOf(client, candidates);
  return candidates.map((candidate, at) => {
    const own = networks[at] ?? [];
    const known: Known = {
      ...(digests.get(at) ?? { digest: null, before: null }),
      firstSeen: own.flatMap((network) => firstSeen.get(`${candidate.actorId} ${network}`) ?? []),
      historyFrom: histories.get(historyKey(candidate)) ?? null,
      isWatched: isWatched(candidate.facts),
    };
    const found = contextSignals({
      ...known,
      occurredAt: candidate.occurredAt,
      tag: candidate.facts.tag,
      digestBefore: known.before?.digest ?? null,
      guardLoweredAt: guards.get(at) ?? null,
    });
    return {
      known,
      networks: own,
      signals: SIGNALS.filter((signal) => candidate.ownSignals.includes(signal) || found.includes(signal)),
    };
  });
}

/**
 * A push's own address, or where its access key fetched the registry's tokens that may have been used for it: AWS logs
 * pushes as "AWS Internal".
 */
async function networksOf(client: Transaction, candidates: readonly Candidate[]): Promise<string[][]> {
  const hidden = candidates.flatMap(({ network, facts, occurredAt }, at) =>
    network === null && facts.address === null && facts.accessKey !== null
      ? [{ at, accessKey: facts.accessKey, occurredAt }]
      : [],
  );
  const inferred = new Map<number, string[]>();
  if (hidden.length > 0) {
    const { rows } = await client.query<{ at: number; networks: string[] }>(
      `select pushed.at, array_agg(distinct network order by network) as networks
       from unnest($1::int[], $2::text[], $3::timestamptz[]) as pushed (at, access_key, time)
       join registry_login login on login.access_key = pushed.access_key and login.occurred_at <= pushed.time
         and login.occurred_at > pushed.time - $4 * interval '1 millisecond'
       group by pushed.at`,
      [
        hidden.map(({ at }) => at),
        hidden.map(({ accessKey }) => accessKey),
        hidden.map(({ occurredAt }) => occurredAt),
        LOGIN_MS,
      ],
    );
    for (const { at, networks } of rows) inferred.set(at, networks);
  }
  return candidates.map(({ network }, at) => (network === null ? (inferred.get(at) ?? []) : [network]));
}

async function firstSeenOf(
  client: Transaction,
  candidates: readonly Candidate[],
  networks: readonly (readonly string[])[],
): Promise<Map<string, Date>> {
  const pairs = new Map<string, [actorId: string, network: string]>();
  candidates.forEach(({ actorId }, at) => {
    for (const network of networks[at] ?? [])
      if (actorId) pairs.set(`${actorId} ${network}`, [actorId, network]);
  });
  if (pairs.size === 0) return new Map();
  const { rows } = await client.query<{ actor_id: string; network: string; first_seen: Date }>(
    `select actor_id, network, first_seen
     from actor_network join unnest($1::uuid[], $2::text[]) as wanted (actor_id, network) using (actor_id, network)`,
    [[...pairs.values()].map(([actorId]) => actorId), [...pairs.values()].map(([, network]) => network)],
  );
  return new Map(rows.map((row) => [`${row.actor_id} ${row.network}`, row.first_seen]));
}

function historyKey({ logSource, facts }: Candidate): string {
  return `${logSource} ${facts.account ?? ""}`;
}

async function historiesOf(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<string, Date>> {
  const accounts = [...new Set(candidates.map(({ facts }) => facts.account ?? ""))];
  const { rows } = await client.query<{ account: string; log_source: string; first_at: Date }>(
    "select account, log_source, first_at from log_history where account = any($1::text[])",
    [accounts],
  );
  return new Map(rows.map((row) => [`${row.log_source} ${row.account}`, row.first_at]));
}

/** What a push puts behind its tag, and what stood there before it. */
async function digestsOf(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<number, { digest: string; before: Before | null }>> {
  const pushes = candidates.flatMap(({ imageId, facts, occurredAt, eventId }, at) =>
    imageId !== null && facts.tag !== null && facts.outcome !== "failure"
      ? [{ at, imageId, tag: facts.tag, occurredAt, eventId }]
      : [],
  );
  if (pushes.length === 0) return new Map();
  const { rows } = await client.query<DigestRow>(
    `select pushed.at, own.digest, before.digest as before, before.occurred_at as before_at, before.actor_id as before_actor
     from unnest($1::int[], $2::uuid[], $3::text[], $4::timestamptz[], $5::uuid[])
       as pushed (at, image_id, tag, time, event_id)
     join event_image own on own.occurred_at = pushed.time and own.event_id = pushed.event_id
       and own.image_id = pushed.image_id and own.role = 'made' and own.digest is not null
     left join lateral (
       select earlier.digest, earlier.occurred_at, event.actor_id
       from event_image earlier
       join event on event.occurred_at = earlier.occurred_at and event.id = earlier.event_id
       where earlier.image_id = pushed.image_id and earlier.tag = pushed.tag and earlier.role = 'made'
         and earlier.digest is not null and (earlier.occurred_at, earlier.event_id) < (pushed.time, pushed.event_id)
         and event.outcome <> 'failure'
       order by earlier.occurred_at desc, earlier.event_id desc limit 1
     ) before on true`,
    [
      pushes.map(({ at }) => at),
      pushes.map(({ imageId }) => imageId),
      pushes.map(({ tag }) => tag),
      pushes.map(({ occurredAt }) => occurredAt),
      pushes.map(({ eventId }) => eventId),
    ],
  );
  return new Map(rows.map((row) => [row.at, { digest: row.digest, before: beforeIn(row) }]));
}

type DigestRow = { at: number; digest: string } & (
  | { before: string; before_at: Date; before_actor: string | null }
  | { before: null; before_at: null; before_actor: null }
);

function beforeIn(row: DigestRow): Before | null {
  if (row.before === null) return null;
  return { digest: row.before, at: row.before_at, actorId: row.before_actor };
}

/** When a guard of a candidate's image, or of the images of its account's region, was last lowered before it: not by itself. */
async function guardsOf(client: Transaction, candidates: readonly Candidate[]): Promise<Map<number, Date>> {
  const guarded = candidates.flatMap((candidate, at) =>
    scopesOf(candidate).map((scope) => ({
      at,
      scope,
      occurredAt: candidate.occurredAt,
      eventId: candidate.eventId,
    })),
  );
  const { rows } = await client.query<{ at: number; lowered: Date }>(
    `select guarded.at, max(guard_lowered.occurred_at) as lowered
     from unnest($1::int[], $2::text[], $3::timestamptz[], $5::uuid[]) as guarded (at, scope, time, event_id)
     join guard_lowered on guard_lowered.scope = guarded.scope and guard_lowered.occurred_at <= guarded.time
       and guard_lowered.occurred_at >= guarded.time - $4 * interval '1 millisecond'
       and guard_lowered.event_id <> guarded.event_id
     group by guarded.at`,
    [
      guarded.map(({ at }) => at),
      guarded.map(({ scope }) => scope),
      guarded.map(({ occurredAt }) => occurredAt),
      GUARD_MS,
      guarded.map(({ eventId }) => eventId),
    ],
  );
  return new Map(rows.map(({ at, lowered }) => [at, lowered]));
}

/** The guards of a region are those of machine images. */
function scopesOf({ imageId, facts }: Candidate): string[] {
  const { account, region, rule } = facts;
  const isMachineImage = rule !== null && findRule(rule)?.family === "machine-image";
  return [
    ...(imageId === null ? [] : [guardScope({ imageId })]),
    ...(isMachineImage ? [guardScope({ account, region })] : []),
  ];
}
