import type { ActorChanges } from "#lib/aggregates/commands/keep-numbers.ts";
import type { Decision, Hit } from "#lib/allowlist/decide.ts";
import type { InForce } from "#lib/allowlist/queries/in-force.ts";
import type { Transaction } from "#lib/db/client.ts";
import { copyRows, jsonLiteral } from "#lib/db/copy.ts";
import { historyAddends } from "#lib/detection/history.ts";
import { type Addend, sumOf } from "#lib/detection/points.ts";
import type { Candidate, DetectionKey, StoredCandidate } from "./candidate.ts";
import { historiesOf } from "./history.ts";
import { type Signalled, signalsOf } from "./signals.ts";

export type Judgement = Pick<Signalled, "networks" | "signals"> &
  Decision & {
    /** With what the time before adds. */
    score: number;
    addends: Addend[];
  };

/** The signals of new detections, what they score and what the allowlist says of them, in their order. */
export async function judge(
  client: Transaction,
  candidates: readonly Candidate[],
  inForce: InForce,
): Promise<Judgement[]> {
  const signalled = await signalsOf(client, candidates, inForce.isWatched);
  const histories = await historiesOf(
    client,
    candidates,
    signalled.map(({ known }) => known),
  );
  return candidates.map((candidate, at) => {
    const [one, history] = [signalled[at], histories[at]];
    if (!one || !history) throw new Error("A detection was not judged.");
    const addends = [...candidate.ownAddends, ...historyAddends(history)];
    const { networks, signals } = one;
    return { networks, signals, addends, score: sumOf(addends), ...decideOn(candidate, signals, inForce) };
  });
}

export type JudgedAgain = {
  changed: number;
  /** Alerts of the detections that changed. */
  alertIds: string[];
  /** What it changed of the numbers of actors: detections that became suppressed, open, or of another score. */
  numbers: ActorChanges["detections"];
};

/**
 * The same for detections that are stored, and stores what is different. Returns the alerts of those that changed; they have
 * to be derived anew. `resignal`: their signals and scores too may be others than stored.
 */
export async function judgeAgain(
  client: Transaction,
  stored: readonly StoredCandidate[],
  inForce: InForce,
  { resignal }: { resignal: boolean },
): Promise<JudgedAgain> {
  const judgements = resignal
    ? await judge(client, stored, inForce)
    : stored.map((one) => ({
        networks: one.networks,
        signals: one.signals,
        score: one.score,
        addends: one.addends,
        ...decideOn(one, one.signals, inForce),
      }));
  const changed = stored.flatMap((before, at) => {
    const after = judgements[at];
    return after && isChanged(before, after) ? [{ before, after }] : [];
  });
  await updateDetections(client, changed);
  const rehit = await replaceHits(client, stored, judgements);
  return {
    changed: rehit,
    alertIds: [...new Set(changed.map(({ before }) => before.alertId))],
    numbers: changed.flatMap(({ before, after }) => numbersOf(before, after)),
  };
}

/** They are told apart by score: one whose score changes goes from one and comes to another. */
function numbersOf(before: StoredCandidate, after: Judgement): ActorChanges["detections"][number][] {
  const { occurredAt, eventId } = before;
  const [was, is] = [before.entryId === null ? 0 : 1, after.entryId === null ? 0 : 1];
  if (before.score === after.score) {
    const suppressed = is - was;
    return suppressed === 0 ? [] : [{ occurredAt, eventId, score: after.score, detections: 0, suppressed }];
  }
  return [
    { occurredAt, eventId, score: before.score, detections: -1, suppressed: was === 0 ? 0 : -1 },
    { occurredAt, eventId, score: after.score, detections: 1, suppressed: is },
  ];
}

function decideOn(candidate: Candidate, signals: Signalled["signals"], { decide }: InForce): Decision {
  return decide({ occurredAt: candidate.occurredAt, facts: candidate.facts, signals });
}

function isChanged(before: StoredCandidate, after: Judgement): boolean {
  return (
    before.entryId !== after.entryId ||
    before.signals.join() !== after.signals.join() ||
    before.networks.join() !== after.networks.join() ||
    before.score !== after.score ||
    textOfAddends(before.addends) !== textOfAddends(after.addends) ||
    before.brokeThrough.join() !== after.brokeThrough.join()
  );
}

function textOfAddends(addends: readonly Addend[]): string {
  return jsonLiteral(addends.map(({ id, points, why }) => [id, points, why]));
}

async function updateDetections(
  client: Transaction,
  changed: readonly { before: StoredCandidate; after: Judgement }[],
): Promise<void> {
  if (changed.length === 0) return;
  await client.query(
    `update detection set entry_id = changed.entry_id, signals = string_to_array(changed.signals, ','),
       networks = string_to_array(changed.networks, ','), broke_through = string_to_array(changed.broke_through, ','),
       score = changed.score, addends = changed.addends
     from unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[], $9::jsonb[])
       as changed (occurred_at, event_id, rule_id, entry_id, signals, networks, broke_through, score, addends)
     where detection.occurred_at = changed.occurred_at and detection.event_id = changed.event_id
       and detection.rule_id = changed.rule_id`,
    [
      changed.map(({ before }) => before.occurredAt),
      changed.map(({ before }) => before.eventId),
      changed.map(({ before }) => before.ruleId),
      changed.map(({ after }) => after.entryId),
      changed.map(({ after }) => after.signals.join()),
      changed.map(({ after }) => after.networks.join()),
      changed.map(({ after }) => after.brokeThrough.join()),
      changed.map(({ after }) => after.score),
      changed.map(({ after }) => jsonLiteral(after.addends)),
    ],
  );
}

const HIT_COLUMNS = ["entry_id", "occurred_at", "event_id", "rule_id", "kind"] as const;

export async function insertHits(
  client: Transaction,
  keys: readonly DetectionKey[],
  judgements: readonly { hits: readonly Hit[] }[],
): Promise<void> {
  const rows = keys.flatMap(({ occurredAt, eventId, ruleId }, at) =>
    (judgements[at]?.hits ?? []).map(({ entryId, kind }) => [entryId, occurredAt, eventId, ruleId, kind]),
  );
  await copyRows(client, "allow_hit", HIT_COLUMNS, rows);
}

/** Writes the hits of stored detections where they are others than before. Returns of how many detections they were. */
async function replaceHits(
  client: Transaction,
  keys: readonly DetectionKey[],
  judgements: readonly { hits: readonly Hit[] }[],
): Promise<number> {
  const before = await hitsOf(client, keys);
  const differing = keys.flatMap((key, at) => {
    const hits = judgements[at]?.hits ?? [];
    return textOf(hits) === (before.get(nameOf(key)) ?? "") ? [] : [{ key, hits }];
  });
  if (differing.length === 0) return 0;
  await client.query(
    `delete from allow_hit using unnest($1::timestamptz[], $2::uuid[], $3::text[]) as gone (occurred_at, event_id, rule_id)
     where allow_hit.occurred_at = gone.occurred_at and allow_hit.event_id = gone.event_id
       and allow_hit.rule_id = gone.rule_id`,
    keyArrays(differing.map(({ key }) => key)),
  );
  await insertHits(
    client,
    differing.map(({ key }) => key),
    differing,
  );
  return differing.length;
}

async function hitsOf(client: Transaction, keys: readonly DetectionKey[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ occurred_at: Date; event_id: string; rule_id: string; hits: Hit[] }>(
    `select occurred_at, event_id, rule_id,
       json_agg(json_build_object('entryId', entry_id, 'kind', kind) order by entry_id) as hits
     from allow_hit join unnest($1::timestamptz[], $2::uuid[], $3::text[]) as wanted (occurred_at, event_id, rule_id)
       using (occurred_at, event_id, rule_id)
     group by occurred_at, event_id, rule_id`,
    keyArrays(keys),
  );
  return new Map(
    rows.map((row) => [
      nameOf({ occurredAt: row.occurred_at, eventId: row.event_id, ruleId: row.rule_id }),
      textOf(row.hits),
    ]),
  );
}

function keyArrays(keys: readonly DetectionKey[]): unknown[] {
  return [
    keys.map(({ occurredAt }) => occurredAt),
    keys.map(({ eventId }) => eventId),
    keys.map(({ ruleId }) => ruleId),
  ];
}

function nameOf({ occurredAt, eventId, ruleId }: DetectionKey): string {
  return `${occurredAt.getTime()} ${eventId} ${ruleId}`;
}

function textOf(hits: readonly Hit[]): string {
  return hits.map(({ entryId, kind }) => `${entryId} ${kind}`).join();
}
