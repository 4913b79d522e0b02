import { findRule } from "#lib/detection/rules.ts";
import type { Condition, Field } from "./condition.ts";
import type { EntryState } from "./entry.ts";

/** A piece of a sentence; `isMachine` when it is what a machine named. `whole` is what a shortened piece stands for. */
export type Segment = { text: string; isMachine?: true; whole?: string };

const FIELD_WORDS = {
  actor: "actor",
  image: "image",
  operation: "operation",
  rule: "rule",
  platform: "platform",
  account: "account",
  region: "region",
  tag: "tag",
  session: "session",
  accessKey: "access key",
  address: "source address",
  userAgent: "user agent",
  outcome: "outcome",
} as const satisfies Record<Field, string>;

/** More values than these are counted, not listed. */
const LISTED = 3;

const PUSHES =
  /^(PutImage|InitiateLayerUpload|CompleteLayerUpload|microsoft\.containerregistry\/registries\/push.*)$/i;

/** How a sentence begins and ends in each state; `until` is when the entry expires or expired. */
const FRAMES = {
  draft: () => ["Would hide ", ", once it is enforced."],
  observing: (until) => ["Counts, and does not hide, ", `, until ${until}.`],
  enforcing: (until) => ["Hides ", `, until ${until}.`],
  paused: () => ["Hides no further ", ", as long as it is paused."],
  expired: (until) => ["Hides no further ", `, as it expired on ${until}.`],
  revoked: () => ["Hides none of the ", ", as it was revoked."],
  archived: () => ["Hides no further ", ", as it is archived."],
} as const satisfies Record<EntryState, (until: string) => [string, string]>;

/** Says in one sentence what an entry hides: "Hides pushes by role/ci to prod/api, until 22 Feb." */
export function entrySentence(
  { state, conditions }: { state: EntryState; conditions: readonly Condition[] },
  until: string,
): Segment[] {
  const [begin, end] = FRAMES[state](until);
  const { text, isPush } = workOf(conditions);
  const clauses = CLAUSE_ORDER.flatMap((field) =>
    conditions.filter((one) => one.field === field).flatMap((one) => clause(one, isPush)),
  );
  return [{ text: begin }, ...text, ...clauses, { text: end }];
}

/** One condition by itself: "actor is role/ci", "source address is not in 198.51.100.0/24". */
export function conditionSegments({ field, op, values, not }: Condition): Segment[] {
  const verb = {
    is: not ? "is not" : "is",
    glob: not ? "does not match" : "matches",
    cidr: not ? "is not in" : "is in",
  };
  return [{ text: `${FIELD_WORDS[field]} ${verb[op]} ` }, ...listed(field, values, values.length)];
}

/** An actor's or image's key without what it has in common with all others of its account or registry. */
function shortValue(field: Field, value: string): string {
  if (field !== "actor" && field !== "image") return value;
  if (value.startsWith("/")) return value.split("/").at(-1) || value;
  return value.slice(value.indexOf("/") + 1) || value;
}

function workOf(conditions: readonly Condition[]): { text: Segment[]; isPush: boolean } {
  const values = (of: Field) =>
    conditions.find(({ field, op, not }) => field === of && op === "is" && !not)?.values ?? [];
  const operations = values("operation");
  const families = values("rule").map((id) => findRule(id)?.family);
  const named =
    operations.length > 0 ? operations.every((one) => PUSHES.test(one)) : isAll(families, "container-push");
  if (named) return { text: [{ text: "pushes" }], isPush: true };
  if (operations.length > 0)
    return { text: [{ text: "detections of " }, ...listed("operation", operations)], isPush: false };
  if (isAll(families, "machine-image")) return { text: [{ text: "work on machine images" }], isPush: false };
  if (isAll(families, "managed-image")) return { text: [{ text: "work on managed images" }], isPush: false };
  return { text: [{ text: "detections" }], isPush: false };
}

function isAll<Value>(values: readonly Value[], wanted: Value): boolean {
  return values.length > 0 && values.every((value) => value === wanted);
}

const CLAUSE_ORDER = [
  "operation",
  "rule",
  "actor",
  "image",
  "tag",
  "address",
  "account",
  "region",
  "platform",
  "session",
  "accessKey",
  "userAgent",
  "outcome",
] as const satisfies Field[];

const PREPOSITIONS = {
  operation: "of",
  rule: "of rule",
  actor: "by",
  image: "on",
  tag: "with tag",
  address: "from",
  account: "in account",
  region: "in",
  platform: "on",
  session: "in session",
  accessKey: "with access key",
  userAgent: "with user agent",
  outcome: "with outcome",
} as const satisfies Record<Field, string>;

function clause(condition: Condition, isPush: boolean): Segment[] {
  const { field, op, values, not } = condition;
  const isSaidAlready = (field === "operation" || field === "rule") && op === "is" && !not;
  if (isSaidAlready) return [];
  const preposition = field === "image" && isPush ? "to" : PREPOSITIONS[field];
  return [{ text: ` ${not ? "not " : ""}${preposition} ` }, ...listed(field, values)];
}

function listed(field: Field, values: readonly string[], atMost = LISTED): Segment[] {
  const shown = values.length > atMost ? values.slice(0, atMost - 1) : values;
  const others = values.length - shown.length;
  const pieces = shown.flatMap((value, index): Segment[] => [
    ...(index === 0 ? [] : [{ text: index === values.length - 1 ? " or " : ", " }]),
    named(field, value),
  ]);
  return others > 0 ? [...pieces, { text: ` or ${others} others` }] : pieces;
}

function named(field: Field, value: string): Segment {
  if (field === "rule") return { text: findRule(value)?.title ?? value };
  const short = shortValue(field, value);
  return short === value ? { text: value, isMachine: true } : { text: short, isMachine: true, whole: value };
}
