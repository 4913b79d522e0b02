import type { ClientBehind } from "#lib/events/client.ts";
import type { EventKey } from "#lib/events/event-key.ts";
import type { EventOutcome } from "#lib/logs/normalize/event.ts";
import { type NamedLink, subjectWords } from "./alert.ts";
import { amountWords, bytesWords, shortDigest, spanWords } from "./amount-words.ts";
import type { StoryActor } from "./detection.ts";
import { list, verbs } from "./verbs.ts";

/** What the sentence about an alert, or about one deed of it, is made from. */
export type StoryFacts = {
  operations: readonly string[];
  outcome: EventOutcome;
  operationCount: number;
  /** The leading one first. */
  actors: readonly StoryActor[];
  inConsole: boolean;
  image: NamedLink | null;
  subject: string;
  /** What a machine image is called besides its id. */
  name: string | null;
  tags: readonly string[];
  /** What a push says of the image: how much it is, and for which architectures. */
  digests: readonly string[];
  layers: number | null;
  bytes: number | null;
  architectures: readonly string[];
  /** From what it was made: an instance, a snapshot, another image. */
  origin: { words: string; image?: NamedLink } | null;
  /** Account ids, organisation ARNs, members, or `all`. */
  sharedWith: readonly string[];
  unsharedFrom: readonly string[];
  sourceIps: readonly string[];
  /** Who stands behind an address that names no client; null where each does. */
  client: ClientBehind | null;
  replaced: Replaced | null;
};

/** What stood behind a tag before another digest did. */
export type Replaced = {
  tag: string;
  digest: string;
  by: NamedLink | null;
  /** How long before. */
  ms: number;
  event: EventKey;
};

/** Where a piece of the sentence leads. */
export type SegmentLink =
  | { to: "actor" | "image"; id: string }
  | { to: "address"; value: string }
  | { to: "event"; key: EventKey };

/** A piece of the sentence; `what` when it names something that a machine named, `whole` where that is cut. */
export type Segment = {
  text: string;
  what?: "actor" | "image" | "address" | "digest" | "party" | "origin";
  link?: SegmentLink;
  whole?: string;
};

/** Says in one sentence who did what to which image, from where, what it replaced, and how it ended. */
export function storySentence(facts: StoryFacts): Segment[] {
  const attempted = facts.outcome === "failure";
  const done = verbs(facts.operations, {
    attempted,
    isShared: facts.sharedWith.length > 0,
    isUnshared: facts.unsharedFrom.length > 0,
  });
  return [
    ...who(facts.actors),
    { text: `${attempted ? " tried to" : ""} ${done} ` },
    ...object(facts),
    ...about(facts),
    ...origin(facts),
    ...sharing(facts),
    ...whence(facts),
    { text: times(facts) },
    ...replacing(facts),
    { text: `${ending(facts)}.` },
  ];
}

/** The same without what only the page about it has: who did what to which image. */
export function shortSentence(
  facts: Pick<StoryFacts, "operations" | "outcome" | "actors" | "image" | "subject" | "tags">,
): string {
  const attempted = facts.outcome === "failure";
  const done = verbs(facts.operations, { attempted, isShared: false, isUnshared: false });
  return [
    ...who(facts.actors),
    { text: `${attempted ? " tried to" : ""} ${done} ` },
    ...object({ ...facts, name: null }),
  ]
    .map(({ text }) => text)
    .join("");
}

function who([first, ...others]: readonly StoryActor[]): Segment[] {
  if (first === undefined) return [{ text: "Somebody whom the log does not name" }];
  const named: Segment = { text: first.name, what: "actor", link: { to: "actor", id: first.id } };
  const lead: Segment[] = first.kind === "service" ? [{ text: "The service " }, named] : [named];
  if (others.length === 0) return lead;
  return [
    ...lead,
    { text: ` and ${others.length === 1 ? "one other actor" : `${others.length} other actors`}` },
  ];
}

function object({
  image,
  subject,
  tags,
  name,
}: Pick<StoryFacts, "image" | "subject" | "tags" | "name">): Segment[] {
  if (image === null) return [{ text: unnamed(subject) }];
  const [tag, ...others] = tags;
  const named: Segment = {
    text: tag === undefined ? image.name : `${image.name}:${tag}`,
    what: "image",
    link: { to: "image", id: image.id },
  };
  const more = others.length === 0 ? [] : [{ text: ` and ${amountWords(others.length, "more tag")}` }];
  const called = name === null || name === image.name ? [] : [{ text: " “" }, { text: name }, { text: "”" }];
  return [named, ...called, ...more];
}

/** What a call names that names no image. */
function unnamed(subject: string): string {
  const registry = /^registry:(.+)$/s.exec(subject)?.[1];
  if (registry !== undefined) return `the registry ${registry}`;
  return subject.startsWith("actor:")
    ? "an image that the log does not name"
    : `an image (${subjectWords(subject)})`;
}

function about({ digests, layers, bytes, architectures }: StoryFacts): Segment[] {
  const [digest, ...others] = digests;
  const facts = [
    ...(layers === null ? [] : [amountWords(layers, "layer")]),
    ...(bytes === null ? [] : [bytesWords(bytes)]),
    ...(architectures.length === 0
      ? []
      : [`for ${list(architectures.slice(0, 4))}${architectures.length > 4 ? " and others" : ""}`]),
  ];
  const named: Segment[] =
    digest === undefined ? [] : [{ text: shortDigest(digest), what: "digest", whole: digest }];
  const more = others.length === 0 ? [] : [`and ${amountWords(others.length, "more digest")}`];
  const said = [
    ...more.map((words) => ` ${words}`),
    ...facts.map((words, at) => (at === 0 && named.length === 0 ? words : `, ${words}`)),
  ];
  if (named.length === 0 && said.length === 0) return [];
  return [{ text: " (" }, ...named, { text: `${said.join("")})` }];
}

function origin({ origin: from }: StoryFacts): Segment[] {
  if (from === null) return [];
  if (!from.image) return [{ text: " out of " }, { text: from.words, what: "origin" }];
  const { id } = from.image;
  return [{ text: " out of " }, { text: from.words, what: "image", link: { to: "image", id } }];
}

function sharing({ sharedWith, unsharedFrom }: StoryFacts): Segment[] {
  if (sharedWith.length > 0) return parties(" with ", sharedWith);
  return unsharedFrom.length > 0 ? parties(" with ", unsharedFrom) : [];
}

function parties(lead: string, all: readonly string[]): Segment[] {
  if (all.includes("all")) return [{ text: `${lead}everyone` }];
  const [first = "", ...others] = all;
  const more = others.length > 0 ? [{ text: ` and ${others.length} more` }] : [];
  return [{ text: lead }, { text: first, what: "party" }, ...more];
}

function whence({ sourceIps, client, inConsole }: StoryFacts): Segment[] {
  const where = client ? behind(client, sourceIps) : addresses(sourceIps);
  return inConsole ? [...where, { text: " in the console" }] : where;
}

function addresses([first, ...others]: readonly string[]): Segment[] {
  if (first === undefined) return [];
  const more =
    others.length === 0
      ? []
      : [{ text: ` and ${others.length} more ${others.length === 1 ? "address" : "addresses"}` }];
  return [{ text: " from " }, addressOf(first), ...more];
}

function addressOf(address: string): Segment {
  return { text: address, what: "address", link: { to: "address", value: address } };
}

/** The record says `AWS Internal` and no more: what is inferred says that it is. */
function behind(client: ClientBehind, sourceIps: readonly string[]): Segment[] {
  if (client.kind === "unknown") return addresses(sourceIps);
  if (client.kind === "inferred")
    return [{ text: " from " }, addressOf(client.client.address), { text: " (inferred)" }];
  const [first] = client.clients;
  if (client.clients.length === 1 && first)
    return [{ text: " from " }, addressOf(first.address), { text: " or another client (inferred)" }];
  const count = `${client.isPart ? "at least " : ""}${client.clients.length}`;
  return [{ text: ` from one of ${count} clients (inferred)` }];
}

function times({ operationCount }: StoryFacts): string {
  return operationCount === 1 ? "" : ` in ${amountWords(operationCount, "operation")}`;
}

function replacing({ replaced, tags }: StoryFacts): Segment[] {
  if (replaced === null) return [];
  const { by, tag, ms, digest, event } = replaced;
  const named: Segment = { text: "digest", what: "digest", link: { to: "event", key: event }, whole: digest };
  const of = tags.length > 1 ? ` of ${tag}` : "";
  const putThere: Segment[] =
    by === null
      ? [{ text: `${of} put there ` }]
      : [
          { text: `${of} that ` },
          { text: by.name, what: "actor", link: { to: "actor", id: by.id } },
          { text: " had put there " },
        ];
  return [{ text: ", replacing the " }, named, ...putThere, { text: `${spanWords(ms)} before` }];
}

function ending({ outcome, operationCount }: StoryFacts): string {
  if (outcome === "failure") return `; ${operationCount === 1 ? "it was" : "all were"} refused or failed`;
  return outcome === "unknown" ? "; how it ended is not in the log" : "";
}
