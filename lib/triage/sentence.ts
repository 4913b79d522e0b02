import type { EventOutcome } from "#lib/logs/normalize/event.ts";
import { subjectWords } from "./alert.ts";

/** What the sentence about an alert is made from. */
export type AlertFacts = {
  operations: readonly string[];
  outcome: EventOutcome;
  operationCount: number;
  actors: readonly string[];
  image: string | null;
  subject: string;
  tags: readonly string[];
  /** Account ids, organisation ARNs, or `all`. */
  sharedWith: readonly string[];
  sourceIps: readonly string[];
};

/** A piece of the sentence; `what` when it names something that a machine named. */
export type Segment = { text: string; what?: "actor" | "image" | "address" };

/** Verbs by operation, in the order in which a story runs. The first that matches an operation names it. */
const VERBS: readonly (readonly [pattern: RegExp, done: string, attempted: string])[] = [
  [/^InitiateLayerUpload$|^CompleteLayerUpload$/, "uploaded layers to", "upload layers to"],
  [/^CreateImage$/, "made", "make"],
  [/\/images\/write$/i, "wrote", "write"],
  [/\/virtualmachines\/capture/i, "captured an image from", "capture an image from"],
  [/^RegisterImage$/, "registered", "register"],
  [/^CopyImage$/, "copied", "copy"],
  [/^ImportImage$|\/importimage/i, "imported", "import"],
  [/^PutImage$|\/registries\/push/i, "pushed", "push"],
  [/^ModifyImageAttribute$/, "changed", "change"],
  [/\/images\/delete$/i, "deleted", "delete"],
];

/** The same operations, the most telling first: what a story ends with, not how it began. */
export function tellingFirst(operations: readonly string[]): string[] {
  const rank = (operation: string) => VERBS.findLastIndex(([pattern]) => pattern.test(operation));
  return [...operations].sort((a, b) => rank(b) - rank(a));
}

/** Says in one sentence who did what to which image, from where, and how it ended. */
export function alertSentence(facts: AlertFacts): Segment[] {
  const attempted = facts.outcome === "failure";
  return [
    ...who(facts.actors),
    { text: attempted ? " tried to " : " " },
    { text: verbs(facts, attempted) },
    { text: " " },
    ...object(facts),
    ...sharing(facts),
    ...whence(facts.sourceIps),
    { text: `${ending(facts)}.` },
  ];
}

function who(actors: readonly string[]): Segment[] {
  const [first, ...others] = actors;
  if (first === undefined) return [{ text: "Somebody whom the log does not name" }];
  const named: Segment = { text: first, what: "actor" };
  if (others.length === 0) return [named];
  return [
    named,
    { text: others.length === 1 ? " and one other actor" : ` and ${others.length} other actors` },
  ];
}

function verbs({ operations, sharedWith }: AlertFacts, attempted: boolean): string {
  const found = VERBS.filter(([pattern]) => operations.some((operation) => pattern.test(operation))).map(
    ([pattern, done, attempt]) => {
      if (pattern.test("ModifyImageAttribute") && sharedWith.length > 0)
        return attempted ? "share" : "shared";
      return attempted ? attempt : done;
    },
  );
  // Layers are uploaded on the way to a push.
  const telling = found.length > 1 ? found.filter((verb) => !verb.includes("layers")) : found;
  return list(telling.length > 0 ? telling : [attempted ? "act on" : "acted on"]);
}

function object({ image, subject, tags }: AlertFacts): Segment[] {
  if (image === null) return [{ text: `an image (${subjectWords(subject)})` }];
  const [tag, ...others] = tags;
  const named: Segment = { text: tag === undefined ? image : `${image}:${tag}`, what: "image" };
  return others.length === 0
    ? [named]
    : [named, { text: ` and ${others.length} more ${others.length === 1 ? "tag" : "tags"}` }];
}

function sharing({ sharedWith }: AlertFacts): Segment[] {
  if (sharedWith.length === 0) return [];
  if (sharedWith.includes("all")) return [{ text: " with everyone" }];
  const [first, ...others] = sharedWith;
  return [{ text: ` with ${first}${others.length > 0 ? ` and ${others.length} more` : ""}` }];
}

function whence(sourceIps: readonly string[]): Segment[] {
  const [first, ...others] = sourceIps;
  if (first === undefined) return [];
  const more =
    others.length === 0
      ? []
      : [{ text: ` and ${others.length} more ${others.length === 1 ? "address" : "addresses"}` }];
  return [{ text: " from " }, { text: first, what: "address" }, ...more];
}

function ending({ outcome, operationCount }: AlertFacts): string {
  const operations = operationCount === 1 ? "" : ` in ${operationCount.toLocaleString("en-GB")} operations`;
  if (outcome === "failure")
    return `${operations}; ${operationCount === 1 ? "it was" : "all were"} refused or failed`;
  return outcome === "unknown" ? `${operations}; how it ended is not in the log` : operations;
}

function list(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
