import { firstValueId } from "#lib/aggregates/first.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { type FirstWork, FOLLOWS_MS, type History } from "#lib/detection/history.ts";
import { BUILD_PATTERN, COMMIT_PATTERN, PULL_PATTERN } from "#lib/detection/image-use.ts";
import { callId, familyOf, type WorkKind, workScopes } from "#lib/detection/image-work.ts";
import { MOVING_TAG } from "#lib/detection/signal.ts";
import type { Candidate } from "./candidate.ts";
import type { Known } from "./signals.ts";

/** What the store tells of the time before each candidate, in their order. `known`: what its signals have asked already. */
export async function historiesOf(
  client: Transaction,
  candidates: readonly Candidate[],
  known: readonly Known[],
): Promise<History[]> {
  if (candidates.length === 0) return [];
  const operations = await firstOperations(client, candidates);
  const places = await firstPlaces(client, candidates);
  const works = await firstWorks(client, candidates);
  const refusals = await refusalsOf(client, candidates);
  const pulls = await pullsOf(client, candidates);
  return candidates.map((candidate, at): History => {
    const { occurredAt, actorId, facts, work } = candidate;
    const context = known[at];
    if (!context) throw new Error("A detection has no context.");
    const scopes = workScopes(work);
    const workIn = (kind: WorkKind) => works.get(`${scopes[kind]} ${actorId}`) ?? null;
    const placed = (field: Place, value: string | null) => ({
      name: value ?? "",
      first: value === null ? null : (places.get(placeName(actorId, field, value)) ?? null),
    });
    const named = workIn("name");
    return {
      occurredAt,
      actorId,
      outcome: facts.outcome ?? "unknown",
      from: context.historyFrom,
      networks: context.firstSeen,
      operation: {
        name: facts.operation ?? "",
        first: operations.get(`${actorId} ${storable(facts.operation ?? "")}`) ?? null,
      },
      account: placed("account", facts.account),
      region: placed("region", facts.region),
      image: workIn("image"),
      latest: workIn("latest"),
      name: named && { ...named, family: familyOf(work) ?? "" },
      tag: facts.tag,
      digest: context.digest,
      before: context.before,
      refusedAt: refusals.get(at) ?? null,
      pulled: pulls.get(at) ?? null,
      isWatched: context.isWatched,
    };
  });
}

/** Logs write an operation in more than one case. */
async function firstOperations(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<string, Date>> {
  const wanted = new Map(
    candidates.flatMap(({ actorId, facts }) => {
      const operation = storable(facts.operation ?? "");
      return actorId === null ? [] : [[`${actorId} ${operation}`, { actorId, operation }] as const];
    }),
  );
  const { rows } = await client.query<{ actor_id: string; operation: string; first: Date }>(
    `select wanted.actor_id, operation, min(first_seen) as first
     from unnest($1::uuid[], $2::text[]) as wanted (actor_id, operation)
     join actor_first on actor_first.actor_id = wanted.actor_id and field = 'operation' and lower(value) = lower(operation)
     group by wanted.actor_id, operation`,
    [[...wanted.values()].map(({ actorId }) => actorId), [...wanted.values()].map((one) => one.operation)],
  );
  return new Map(rows.map((row) => [`${row.actor_id} ${row.operation}`, row.first]));
}

type Place = "account" | "region";

function placeName(actorId: string | null, field: Place, value: string): string {
  return `${actorId} ${field} ${firstValueId(field, storable(value))}`;
}

async function firstPlaces(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<string, Date>> {
  const wanted = new Map<string, [actorId: string, field: Place, valueId: string]>();
  for (const { actorId, facts } of candidates) {
    for (const field of ["account", "region"] as const) {
      const value = facts[field];
      if (actorId === null || value === null) continue;
      wanted.set(placeName(actorId, field, value), [actorId, field, firstValueId(field, storable(value))]);
    }
  }
  const all = [...wanted.values()];
  const { rows } = await client.query<{ actor_id: string; field: string; value_id: string; first: Date }>(
    `select actor_id, field, value_id, first_seen as first
     from unnest($1::uuid[], $2::text[], $3::uuid[]) as wanted (actor_id, field, value_id)
     join actor_first using (actor_id, field, value_id)`,
    [all.map(([actorId]) => actorId), all.map(([, field]) => field), all.map(([, , valueId]) => valueId)],
  );
  return new Map(rows.map((row) => [`${row.actor_id} ${row.field} ${row.value_id}`, row.first]));
}

async function firstWorks(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<string, FirstWork>> {
  const wanted = new Map(
    candidates.flatMap(({ actorId, work }) =>
      actorId === null
        ? []
        : Object.values(workScopes(work)).map(
            (scope) => [`${scope} ${actorId}`, { scope, actorId }] as const,
          ),
    ),
  );
  if (wanted.size === 0) return new Map();
  const { rows } = await client.query<{ scope: string; actor_id: string; own: Date; any: Date }>(
    `select wanted.*, own.occurred_at as own, anyone.occurred_at as "any"
     from unnest($1::uuid[], $2::uuid[]) as wanted (scope, actor_id)
     cross join lateral (
       select occurred_at from image_work where image_work.scope = wanted.scope and image_work.actor_id = wanted.actor_id
       order by occurred_at limit 1
     ) own
     cross join lateral (
       select occurred_at from image_work where image_work.scope = wanted.scope order by occurred_at limit 1
     ) anyone`,
    [[...wanted.values()].map(({ scope }) => scope), [...wanted.values()].map(({ actorId }) => actorId)],
  );
  return new Map(rows.map(({ scope, actor_id, own, any }) => [`${scope} ${actor_id}`, { own, any }]));
}

/** When a call like a candidate's, of the same image where both name one, was last refused to its actor. */
async function refusalsOf(client: Transaction, candidates: readonly Candidate[]): Promise<Map<number, Date>> {
  const asked = candidates.flatMap(({ actorId, imageId, facts, occurredAt, eventId }, at) =>
    actorId !== null && facts.outcome === "success"
      ? [{ at, actorId, callId: callId(facts.operation ?? ""), imageId, occurredAt, eventId }]
      : [],
  );
  if (asked.length === 0) return new Map();
  const { rows } = await client.query<{ at: number; refused: Date }>(
    `select asked.at, max(refused.occurred_at) as refused
     from unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[])
       as asked (at, actor_id, call_id, image_id, time)
     join refused_call refused on refused.actor_id = asked.actor_id and refused.call_id = asked.call_id
       and refused.occurred_at <= asked.time and refused.occurred_at >= asked.time - $6 * interval '1 millisecond'
       and (refused.image_id is null or asked.image_id is null or refused.image_id = asked.image_id)
     group by asked.at`,
    [
      asked.map(({ at }) => at),
      asked.map(({ actorId }) => actorId),
      asked.map((one) => one.callId),
      asked.map(({ imageId }) => imageId),
      asked.map(({ occurredAt }) => occurredAt),
      FOLLOWS_MS,
    ],
  );
  return new Map(rows.map(({ at, refused }) => [at, refused]));
}

/**
 * When the tag of a push was last pulled by whoever pushes, and whether it was built upon since. Docker's events name nobody:
 * what the same log tells is of the same host. A build on a tag that is meant to move is everyday work, a commit is not.
 */
async function pullsOf(
  client: Transaction,
  candidates: readonly Candidate[],
): Promise<Map<number, { at: Date; isBuilt: boolean }>> {
  const pushes = candidates.flatMap(({ actorId, imageId, facts, work, logSource, occurredAt }, at) => {
    const isPush = work.image?.role === "made" && facts.tag !== null && facts.outcome !== "failure";
    const isKnown = actorId !== null || logSource === "docker";
    return isPush && isKnown && imageId !== null
      ? [{ at, actorId, imageId, tag: storable(facts.tag ?? ""), logSource, occurredAt }]
      : [];
  });
  if (pushes.length === 0) return new Map();
  const { rows } = await client.query<{ at: number; pulled: Date; is_built: boolean }>(
    `select pushed.at, pulled.occurred_at as pulled, exists (
       select from event_image built join event on event.occurred_at = built.occurred_at and event.id = built.event_id
       where built.image_id = pushed.image_id and built.tag = pushed.tag and event.log_source = 'docker'
         and built.occurred_at >= pulled.occurred_at and built.occurred_at <= pushed.time
         and event.operation ~* case when pushed.tag = '${MOVING_TAG}' then '${COMMIT_PATTERN}' else '${BUILD_PATTERN}' end
     ) as is_built
     from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
       as pushed (at, actor_id, image_id, tag, log_source, time)
     cross join lateral (
       select pull.occurred_at
       from event_image pull join event on event.occurred_at = pull.occurred_at and event.id = pull.event_id
       where pull.image_id = pushed.image_id and pull.tag = pushed.tag and pull.role = 'used'
         and pull.occurred_at <= pushed.time and pull.occurred_at >= pushed.time - $7 * interval '1 millisecond'
         and event.actor_id is not distinct from pushed.actor_id and event.log_source = pushed.log_source
         and event.outcome <> 'failure' and event.operation ~* '${PULL_PATTERN}'
       order by pull.occurred_at desc limit 1
     ) pulled`,
    [
      pushes.map(({ at }) => at),
      pushes.map(({ actorId }) => actorId),
      pushes.map(({ imageId }) => imageId),
      pushes.map(({ tag }) => tag),
      pushes.map(({ logSource }) => logSource),
      pushes.map(({ occurredAt }) => occurredAt),
      FOLLOWS_MS,
    ],
  );
  return new Map(rows.map((row) => [row.at, { at: row.pulled, isBuilt: row.is_built }]));
}
