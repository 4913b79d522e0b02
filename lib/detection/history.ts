import { type Addend, addendOf, type FIRST_POINTS, FURTHER_FIRST, spanOf } from "./points.ts";
import { HISTORY_NEEDED_MS, isNewNetwork, MOVING_TAG } from "./signal.ts";

const DAY_MS = 86_400_000;

/** What is new stays so for a day: what follows the first call is as telling. */
export const NEW_MS = DAY_MS;
/** So long before the first time others must have been there, and not only just. */
export const OTHERS_MS = DAY_MS;
/** A refusal, and a pull, are held against what follows within a day. */
export const FOLLOWS_MS = DAY_MS;
/** A tag that stood so long is a version, whoever moves it. */
const STABLE_MS = 7 * DAY_MS;

/** It is said how long history is by the greatest of these: to the day it would change with every record of older logs. */
export const HISTORY_STEPS_MS: readonly number[] = [
  HISTORY_NEEDED_MS,
  ...[30, 60, 90, 180, 365].map((days) => days * DAY_MS),
];

/** When the actor first did it, and when anybody did. */
export type FirstWork = { own: Date; any: Date };

/** What the store tells of the time before a detection. */
export type History = {
  occurredAt: Date;
  outcome: string;
  /** How far back the log of its account goes; null where there is none. */
  from: Date | null;
  /** When the actor was first seen in each network that its client may have. */
  networks: readonly Date[];
  operation: { name: string; first: Date | null };
  account: { name: string; first: Date | null };
  region: { name: string; first: Date | null };
  image: FirstWork | null;
  latest: FirstWork | null;
  name: (FirstWork & { family: string }) | null;
  tag: string | null;
  actorId: string | null;
  digest: string | null;
  before: { digest: string; at: Date; actorId: string | null } | null;
  /** When a call like it was last refused to the actor, within FOLLOWS_MS. */
  refusedAt: Date | null;
  /** When the tag was last pulled by the actor, within FOLLOWS_MS. `isBuilt`: it was built upon since. */
  pulled: { at: Date; isBuilt: boolean } | null;
  isWatched: boolean;
};

/** What the time before adds to a detection's score. */
export function historyAddends(history: History): Addend[] {
  return [...tagAddends(history), ...otherAddends(history), ...firstAddends(history)];
}

function tagAddends(history: History): Addend[] {
  const { tag, occurredAt, pulled } = history;
  if (tag === null) return [];
  const moved = tag === MOVING_TAG ? null : movedAddend(history, tag);
  if (!pulled) return moved ? [moved] : [];
  const ago = spanOf(occurredAt.getTime() - pulled.at.getTime());
  if (pulled.isBuilt) return [...(moved ? [moved] : []), addendOf("pulled-built-pushed", { ago })];
  return moved ? [moved, addendOf("pulled-and-pushed", { ago })] : [];
}

function movedAddend({ digest, before, occurredAt, actorId }: History, tag: string): Addend | null {
  if (digest === null || before === null || digest === before.digest) return null;
  const stoodMs = occurredAt.getTime() - before.at.getTime();
  const isOfAnother = actorId !== null && before.actorId !== null && actorId !== before.actorId;
  const id = isOfAnother ? "tag-of-another-moved" : stoodMs >= STABLE_MS ? "old-tag-moved" : "tag-moved";
  return addendOf(id, { tag, ago: spanOf(stoodMs) });
}

function otherAddends({ occurredAt, outcome, refusedAt, isWatched }: History): Addend[] {
  const found: Addend[] = [];
  if (refusedAt && outcome === "success") {
    found.push(addendOf("refused-before", { ago: spanOf(occurredAt.getTime() - refusedAt.getTime()) }));
  }
  if (isWatched) found.push(addendOf("watch-list"));
  return found;
}

type FirstId = keyof typeof FIRST_POINTS;

/** The weightiest first, whole; the others little. */
function firstAddends(history: History): Addend[] {
  const { occurredAt, from } = history;
  if (from === null) return [];
  const found: { id: FirstId; first: Date; facts: Record<string, string> }[] = [];
  const note = (id: FirstId, first: Date | null, facts: Record<string, string> = {}) => {
    if (first && isNew(first, occurredAt, from)) found.push({ id, first, facts });
  };
  const { latest, image, name, operation, account, region } = history;
  if (latest && isMovedByOthers(history) && isOthersToo(latest))
    note("first-latest", latest.own, { tag: MOVING_TAG });
  if (image && isOthersToo(image)) note("first-image", image.own);
  if (name && isOthersToo(name)) note("first-name", name.own, { name: name.family });
  for (const first of history.networks
    .filter((first) => isNewNetwork(first, { occurredAt, historyFrom: from }))
    .slice(0, 1))
    found.push({ id: "first-network", first, facts: {} });
  note("first-account", account.first, { account: account.name });
  note("first-operation", operation.first, { operation: operation.name });
  note("first-region", region.first, { region: region.name });
  const addends = found.map(({ id, first, facts }) => {
    const { why, ...rest } = addendOf(id, facts);
    return { ...rest, why: `${why}; more than ${historyDays(first, from)} days of history` };
  });
  return addends
    .sort((a, b) => b.points - a.points)
    .map((addend, at) => (at === 0 ? addend : { ...addend, points: FURTHER_FIRST }));
}

function isNew(first: Date, occurredAt: Date, from: Date): boolean {
  const since = occurredAt.getTime() - first.getTime();
  return since >= 0 && since <= NEW_MS && first.getTime() - from.getTime() >= HISTORY_NEEDED_MS;
}

function isOthersToo({ own, any }: FirstWork): boolean {
  return own.getTime() - any.getTime() >= OTHERS_MS;
}

function isMovedByOthers({ digest, before, actorId }: History): boolean {
  return digest !== null && before !== null && digest !== before.digest && before.actorId !== actorId;
}

function historyDays(first: Date, from: Date): number {
  const ms = first.getTime() - from.getTime();
  return (HISTORY_STEPS_MS.findLast((step) => ms >= step) ?? HISTORY_NEEDED_MS) / DAY_MS;
}
