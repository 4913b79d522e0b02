import type { EventOutcome, LogSource } from "#lib/logs/normalize/event.ts";
import type { DetectionRow } from "./detection.ts";
import { groups } from "./groups.ts";

/** What was done once, however many records and sources tell of it: its detections in the order of time. */
export type Deed = { rows: [DetectionRow, ...DetectionRow[]] };

const MINUTE_MS = 60_000;
/** The layers of a push come before it, and the images of its architectures before their list. */
const LAYERS_MS = 60 * MINUTE_MS;
const LIST_MS = 10 * MINUTE_MS;
/** One digest pushed under several names is one push. */
const SAME_DIGEST_MS = 15 * MINUTE_MS;
/** Sources tell of one push within so long of one another. */
const SAME_TAG_MS = 5 * MINUTE_MS;
/** What an engine does with one name: it commits or builds, tags and pushes. */
const ENGINE_MS = 60 * MINUTE_MS;

const LAYER =
  /^(InitiateLayerUpload|UploadLayerPart|CompleteLayerUpload|Docker-StartUpload|Docker-FinishUpload)$/;
const PUSH =
  /^(PutImage|ECR Image Action PUSH|image push|push|PUSH_ARTIFACT|pushImage|repo\.tag\.push|Docker-PutManifest)$|\/registries\/push/i;

function isLayerUpload(operation: string): boolean {
  return LAYER.test(operation);
}

export function isPush(operation: string): boolean {
  return PUSH.test(operation);
}

/**
 * Puts together what tells of one deed: detections of one event or one operation; a push with its layers, under all its names,
 * as every source tells of it; what an engine did with a name until it pushed it. A function of the rows alone, whatever
 * their order. In the order in which the deeds began.
 */
export function groupDeeds(rows: readonly DetectionRow[]): Deed[] {
  const sorted = [...rows].sort(byTime);
  const { join, all } = groups(sorted);
  joinBy(sorted, join, ({ eventId }) => eventId);
  joinBy(sorted, join, ({ correlationId }) => correlationId);
  joinBy(sorted, join, ({ facts }) => facts.upload ?? null);
  joinLayers(sorted, join);
  joinArchitectures(sorted, join);
  joinPushes(sorted, join);
  joinEngine(sorted, join);
  return all().map((own) => ({ rows: own.sort(byTime) as Deed["rows"] }));
}

type Join = (a: DetectionRow, b: DetectionRow) => void;

/** At the same instant a layer comes before its push. */
function byTime(a: DetectionRow, b: DetectionRow): number {
  return (
    a.occurredAt.getTime() - b.occurredAt.getTime() ||
    Number(isPush(a.operation)) - Number(isPush(b.operation)) ||
    compare(a.eventId, b.eventId) ||
    compare(a.ruleId, b.ruleId)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function joinBy(rows: readonly DetectionRow[], join: Join, key: (row: DetectionRow) => string | null): void {
  const first = new Map<string, DetectionRow>();
  for (const row of rows) {
    const own = key(row);
    if (own === null) continue;
    const known = first.get(own);
    if (known) join(known, row);
    else first.set(own, row);
  }
}

/** Layers to the push that follows them by the same caller. */
function joinLayers(rows: readonly DetectionRow[], join: Join): void {
  const next = new Map<string, DetectionRow>();
  for (const row of rows.toReversed()) {
    const isLayer = isLayerUpload(row.operation);
    if (!isLayer && !isPush(row.operation)) continue;
    const following = next.get(callerOf(row));
    if (isLayer && following && gap(row, following) <= LAYERS_MS) join(row, following);
    next.set(callerOf(row), row);
  }
}

/** The images of single architectures, which have no tag, to the list of them that follows. */
function joinArchitectures(rows: readonly DetectionRow[], join: Join): void {
  const lists = new Map<string, DetectionRow>();
  for (const row of rows.toReversed()) {
    if (!isPush(row.operation)) continue;
    const whole = lists.get(callerOf(row));
    if (row.tag === null && whole && gap(row, whole) <= LIST_MS) join(row, whole);
    if ((row.facts.architectures ?? []).length > 0) lists.set(callerOf(row), row);
  }
}

function callerOf({ logSource, actor, session, accessKey, userAgent }: DetectionRow): string {
  return JSON.stringify([logSource, actor?.id, session, accessKey, userAgent]);
}

function gap(earlier: DetectionRow, later: DetectionRow): number {
  return later.occurredAt.getTime() - earlier.occurredAt.getTime();
}

/** What is known of a push so far. */
type Push = {
  last: DetectionRow;
  digest: string | null;
  tags: Set<string>;
  bySource: Map<LogSource, string | null>;
  isFailed: boolean;
};

const LOOKED_BACK = 20;

function joinPushes(rows: readonly DetectionRow[], join: Join): void {
  const pushes: Push[] = [];
  for (const row of rows.filter(({ operation }) => isPush(operation))) {
    const push = pushes.slice(-LOOKED_BACK).findLast((one) => isOf(row, one));
    if (push) join(push.last, row);
    const known = push ?? begun(row);
    if (!push) pushes.push(known);
    known.last = row;
    known.digest ??= row.digest;
    if (row.tag !== null) known.tags.add(row.tag);
    known.bySource.set(row.logSource, row.actor?.id ?? known.bySource.get(row.logSource) ?? null);
  }
}

function begun(row: DetectionRow): Push {
  return {
    last: row,
    digest: row.digest,
    tags: new Set(),
    bySource: new Map(),
    isFailed: row.outcome === "failure",
  };
}

/** Whether a record tells of a push that others told of. A source that named another actor for it speaks of another push. */
function isOf(row: DetectionRow, push: Push): boolean {
  const told = push.bySource.get(row.logSource);
  const isOther = told !== undefined && told !== null && row.actor !== null && told !== row.actor.id;
  if (isOther || push.isFailed !== (row.outcome === "failure")) return false;
  const since = gap(push.last, row);
  if (row.digest !== null && push.digest !== null)
    return row.digest === push.digest && since <= SAME_DIGEST_MS;
  return told === undefined && row.tag !== null && push.tags.has(row.tag) && since <= SAME_TAG_MS;
}

function joinEngine(rows: readonly DetectionRow[], join: Join): void {
  const last = new Map<string, DetectionRow>();
  for (const row of rows) {
    if (row.logSource !== "docker" || row.tag === null) continue;
    const before = last.get(row.tag);
    if (before && gap(before, row) <= ENGINE_MS) join(before, row);
    last.set(row.tag, row);
  }
}

/** The logs that told of a deed. */
export function sourcesOf({ rows }: Deed): LogSource[] {
  return [...new Set(rows.map(({ logSource }) => logSource))];
}

/** The event by which a deed is named. */
export function deedKey({ rows: [first] }: Deed): string {
  return `${first.eventId} ${first.ruleId}`;
}

/** As it is of an alert: `success` if any of it succeeded, else `unknown` if any may have. */
export function outcomeOf({ rows }: Deed): EventOutcome {
  if (rows.some(({ outcome }) => outcome === "success")) return "success";
  return rows.some(({ outcome }) => outcome === "unknown") ? "unknown" : "failure";
}

/** Calls, whatever rows tell of one: start and end, copies in two accounts, and of a push all sources together. */
export function countOperations({ rows }: Deed): number {
  const others = new Set<string>();
  const pushes = new Map<LogSource, Set<string>>();
  for (const { operation, correlationId, eventId, logSource } of rows) {
    const call = correlationId ?? eventId;
    if (!isPush(operation)) others.add(JSON.stringify([call, operation.toLowerCase()]));
    else pushes.set(logSource, (pushes.get(logSource) ?? new Set()).add(call));
  }
  return others.size + Math.max(0, ...[...pushes.values()].map((calls) => calls.size));
}
