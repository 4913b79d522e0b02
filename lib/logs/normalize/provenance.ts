import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { Outcome } from "#lib/outcome.ts";
import type { EventActor, EventImage, LogEvent, Unnormalized } from "./event.ts";
import { type RawNode, rawTree, withProbe } from "./raw-tree.ts";

/** A field of an event, one of its details, or one of its images as `imageField` names it. */
export type ProvenanceField =
  | Exclude<keyof LogEvent, "id" | "images" | "details">
  | `details.${string}`
  | `images.${string}`;

export function imageField(image: Pick<EventImage, "role" | "key" | "tag" | "digest">): ProvenanceField {
  return `images.${[image.role, image.key, image.tag, image.digest].join(" ")}`;
}

/** A detail or, of one that is a list, the member with this text. */
export function detailField(key: string, member?: string): ProvenanceField {
  return member === undefined ? `details.${key}` : `details.${key} ${member}`;
}

export function detailText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The raw fields that gave an event's: paths such as `userIdentity.arn`, in the order of the record. */
export type Provenance = ReadonlyMap<ProvenanceField, readonly string[]>;

export type Normalize = (record: JsonObject) => Outcome<LogEvent, Unnormalized>;

/**
 * What the work may cost, in characters: the record is normalised anew for each question, some hundred times, and each fact
 * of the event is looked at.
 */
const MOST_CHARACTERS = 16 * 1024 * 1024;
const FACT_CHARACTERS = 200;

/**
 * Which raw fields gave an event's, for any normaliser: each raw field is put another way, and what then comes out otherwise
 * has come from it. Of several that a field hangs on, those count whose text is in it: a repository's name comes from where
 * it stands, not from the name of the operation that says where to look. Null where the record is no event, or so long that
 * this would take too long.
 */
export function provenanceOf(record: JsonObject, normalize: Normalize): Provenance | null {
  const base = normalize(record);
  if (!base.ok) return null;
  const tree = rawTree(record);
  if (!tree) return null;
  const facts = factsOf(base.value);
  const found = new Map<ProvenanceField, RawNode[]>();
  const cost = JSON.stringify(record).length + FACT_CHARACTERS * facts.size;
  let questions = Math.floor(MOST_CHARACTERS / cost);

  const ask = (node: RawNode, probe: Probe): ProvenanceField[] => {
    if (--questions < 0) throw new TooLong();
    return changed(base.value, facts, normalize(withProbe(node, probe) as JsonObject));
  };
  const visit = (node: RawNode): void => {
    if (node.children.length > 0) {
      if (PROBES.some((probe) => ask(node, probe).length > 0)) node.children.forEach(visit);
      return;
    }
    const probes = [...PROBES, ...wordProbes(node.value)];
    for (const field of new Set(probes.flatMap((probe) => ask(node, probe)))) {
      found.set(field, [...(found.get(field) ?? []), node]);
    }
  };
  try {
    tree.children.forEach(visit);
  } catch (error) {
    if (error instanceof TooLong) return null;
    throw error;
  }
  return new Map(
    [...found].map(([field, nodes]) => [
      field,
      telling(nodes, facts.get(field) ?? "").map(({ path }) => path),
    ]),
  );
}

class TooLong extends Error {}

const WORD = /[^\s"'/:@,={}[\]\\]+/g;

type Probe = (value: JsonValue) => JsonValue;

/** Something that no log says, words and numbers that logs say of what failed and what did not, and nothing. */
const PROBES: readonly Probe[] = [
  probe("~", (number) => number + 1),
  probe("failure", () => 500),
  probe("0", () => 0),
  () => null,
];

function probe(text: string, ofNumber: (number: number) => number): Probe {
  return (value) => {
    if (typeof value === "number") return ofNumber(value);
    return typeof value === "boolean" ? !value : text;
  };
}

const MOST_WORDS = 12;

/** One word after another: without its form an ARN says nothing, and what comes out may come from elsewhere. */
function wordProbes(value: JsonValue): Probe[] {
  if (typeof value !== "string") return [];
  const words = [...value.matchAll(WORD)].slice(0, MOST_WORDS);
  return words.map(
    ({ index, 0: word }) =>
      () =>
        `${value.slice(0, index)}x7${value.slice(index + word.length)}`,
  );
}

function factsOf(event: LogEvent): Map<ProvenanceField, string> {
  const { id: _, images, details, actor, occurredAt, ...rest } = event;
  const facts = new Map<ProvenanceField, string>([
    ["occurredAt", occurredAt.toISOString()],
    ["actor", actor ? said(actor) : ""],
  ]);
  for (const [field, value] of Object.entries(rest)) {
    facts.set(field as keyof typeof rest, value === null ? "" : String(value));
  }
  for (const [key, value] of Object.entries(details ?? {})) {
    if (!Array.isArray(value)) facts.set(detailField(key), detailText(value));
    else for (const member of value.map(detailText)) facts.set(detailField(key, member), member);
  }
  for (const image of images) facts.set(imageField(image), said(image));
  return facts;
}

function said(facts: EventImage | EventActor): string {
  return Object.values(facts)
    .filter((fact) => fact !== null)
    .join(" ");
}

/** The fields of an event that another reading of its record does not have so. */
function changed(
  base: LogEvent,
  facts: ReadonlyMap<ProvenanceField, string>,
  other: Outcome<LogEvent, Unnormalized>,
): ProvenanceField[] {
  if (!other.ok) return REFUSED[other.reason.reason];
  if (other.value.logSource !== base.logSource) return ["logSource", "platform"];
  const others = factsOf(other.value);
  return [...facts].flatMap(([field, fact]) => (fact === "" || others.get(field) === fact ? [] : [field]));
}

/** What a record lacks that is refused for the sake of one field. */
const REFUSED: Readonly<Record<Unnormalized["reason"], ProvenanceField[]>> = {
  "unknown-log": ["logSource", "platform"],
  "no-time": ["occurredAt"],
  "no-operation": ["operation"],
  "too-deep": [],
};

/** Those of which the text is in the fact, or all where none is: as of an outcome that an error's code decides. */
function telling(nodes: readonly RawNode[], fact: string): readonly RawNode[] {
  const sharing = nodes.filter(({ value }) => sharesText(value, fact));
  return sharing.length > 0 ? sharing : nodes;
}

function sharesText(value: JsonValue, fact: string): boolean {
  if (typeof value === "object" || value === "") return false;
  const text = String(value).toLowerCase();
  const known = fact.toLowerCase();
  if (known.includes(text)) return true;
  const words = new Set(known.match(WORD));
  return (text.match(WORD) ?? []).some((word) => words.has(word));
}
