import { type ClientBehind, hidesClient } from "#lib/events/client.ts";
import type { AlertRow, NamedLink } from "./alert.ts";
import { countOperations, type Deed, isPush, outcomeOf } from "./deed.ts";
import type { DetectionFacts, DetectionRow, StoryActor } from "./detection.ts";
import type { Replaced, StoryFacts } from "./sentence.ts";

type Around = {
  alert: Pick<AlertRow, "image" | "subject">;
  /** Who stands behind those of its calls that hide it. */
  client: ClientBehind | null;
  replaced: Replaced | null;
};

/** What the sentence about a deed is made from. A refused part of one that went through is no part of its facts. */
export function deedFacts(deed: Deed, { alert, client, replaced }: Around): StoryFacts {
  const outcome = outcomeOf(deed);
  const all = deed.rows;
  const rows = all.filter((row) => outcome === "failure" || row.outcome !== "failure");
  const pushes = rows.filter(({ operation }) => isPush(operation));
  // Of a push for several architectures the list of them has the name, its images have the layers.
  const whole = pushes.filter(({ facts }) => (facts.architectures ?? []).length > 0);
  const named = whole.length > 0 ? whole : pushes;
  const layers = whole.length > 0 ? null : agreed(pushes, ({ facts }) => facts.layers);
  return {
    operations: unique(rows.map(({ operation }) => operation)),
    outcome,
    operationCount: countOperations(deed),
    actors: actorsOf(rows),
    inConsole: rows.some(({ facts }) => Boolean(facts.inConsole)),
    image: alert.image,
    subject: alert.subject,
    name: agreed(rows, nameOf),
    tags: tagsOf(rows),
    digests: unique(named.flatMap(({ digest }) => digest ?? [])),
    layers: layers ?? layersOf(rows),
    bytes: whole.length > 0 ? null : agreed(pushes, ({ facts }) => facts.bytes),
    architectures: unique(whole.flatMap(({ facts }) => facts.architectures ?? [])),
    origin: rows.map(originOf).find((from) => from !== null) ?? null,
    sharedWith: unique(rows.flatMap(({ facts }) => facts.sharedWith ?? [])),
    unsharedFrom: unique(rows.flatMap(({ facts }) => facts.unsharedFrom ?? [])),
    sourceIps: unique(rows.flatMap(({ sourceIp }) => sourceIp ?? [])),
    client: rows.some(hidesClient) ? client : null,
    replaced,
  };
}

function tagsOf(rows: readonly DetectionRow[]): string[] {
  return unique(rows.flatMap(({ tag }) => tag ?? []));
}

/** A machine image has one beside its id. An engine's is the reference over again. */
function nameOf({ logSource, facts }: DetectionRow): string | null | undefined {
  return logSource === "docker" ? null : facts.name;
}

/** In the order of their first detections. */
function actorsOf(rows: readonly DetectionRow[]): StoryActor[] {
  const found = new Map<string, StoryActor>();
  for (const { actor } of rows) if (actor && !found.has(actor.id)) found.set(actor.id, actor);
  return [...found.values()];
}

/** What all say that say anything; null where they differ. */
function agreed<Value>(
  rows: readonly DetectionRow[],
  of: (row: DetectionRow) => Value | null | undefined,
): Value | null {
  const said = unique(rows.flatMap((row) => of(row) ?? []));
  return said.length === 1 ? (said[0] as Value) : null;
}

/** The layers that came with it, where no manifest says how many it has. */
function layersOf(rows: readonly DetectionRow[]): number | null {
  const layers = new Set(rows.flatMap(({ facts }) => facts.layer ?? []));
  return layers.size > 0 ? layers.size : null;
}

/** Names of facts that say from what an image was made, and the words before them. */
const ORIGINS = [
  ["instance", "instance"],
  ["sourceInstance", "instance"],
  ["snapshot", "snapshot"],
  ["sourceSnapshot", "snapshot"],
  ["sourceDisk", "disk"],
  ["rawDisk", "a raw disk at"],
  ["sourceImage", "image"],
  ["bucket", "bucket"],
] as const satisfies readonly (readonly [keyof DetectionFacts, string])[];

/** Operations that put an image elsewhere: where to is no origin. */
const PUTS_ELSEWHERE = /^(CreateStoreImageTask|ExportImage|CreateInstanceExportTask)$/;

function originOf({ source, facts, operation }: DetectionRow): StoryFacts["origin"] {
  if (source) return { words: source.name, image: source };
  const found = ORIGINS.find(([fact]) => facts[fact]);
  if (!found || PUTS_ELSEWHERE.test(operation)) return null;
  const [fact, words] = found;
  const registry = fact === "sourceImage" && facts.sourceRegistry ? `${facts.sourceRegistry}/` : "";
  return { words: `${words} ${registry}${facts[fact]}` };
}

/** The deed that the sentence on top of an alert tells: that of its worst detection, else the last that went through. */
export function leadingDeed<Told extends Deed>(
  deeds: readonly Told[],
  worstEventId: string | null,
): Told | undefined {
  return (
    deeds.find(({ rows }) => rows.some(({ eventId }) => eventId === worstEventId)) ??
    deeds.findLast((deed) => outcomeOf(deed) === "success") ??
    deeds.at(-1)
  );
}

type Whole = {
  alert: AlertRow;
  /** All its actors. */
  actors: readonly NamedLink[];
  /** Of what succeeded, or may have; of an alert that failed those that were refused. */
  tags: readonly string[];
  sharedWith: readonly string[];
  /** Null where not all deeds were looked at. */
  operationCount: number | null;
  /** Null where none of its detections is stored any more. */
  lead: StoryFacts | null;
};

/** What the sentence on top of an alert is made from: the facts of its leading deed, and who and what else is in it. */
export function alertFacts({ alert, actors, tags, sharedWith, operationCount, lead }: Whole): StoryFacts {
  const first = lead?.actors[0];
  const others = actors.filter(({ id }) => id !== first?.id);
  return {
    ...(lead ?? NO_FACTS),
    image: alert.image,
    subject: alert.subject,
    operations: unique([...(lead?.operations ?? []), ...alert.operations]),
    outcome: alert.outcome,
    operationCount: operationCount ?? alert.operationCount,
    actors: [...(first ? [first] : []), ...others.map((actor) => ({ ...actor, kind: "unknown" }))],
    tags: unique([...(lead?.tags ?? []), ...tags]),
    sharedWith: unique([...(lead?.sharedWith ?? []), ...sharedWith]),
    sourceIps: unique([...(lead?.sourceIps ?? []), ...alert.sourceIps]),
  };
}

const NO_FACTS = {
  inConsole: false,
  name: null,
  digests: [],
  layers: null,
  bytes: null,
  architectures: [],
  origin: null,
  unsharedFrom: [],
  client: null,
  replaced: null,
} as const satisfies Partial<StoryFacts>;

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
