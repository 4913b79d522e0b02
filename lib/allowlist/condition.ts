import { z } from "zod";
import { matchesGlob } from "#lib/glob.ts";
import { type Address, matchesNetwork, parseNetwork } from "#lib/logs/normalize/address.ts";
import { isStorable } from "#lib/storable.ts";
import { CLOSED_FIELDS } from "./closed-fields.ts";

/** What an entry can ask of a detection, in the order in which it is offered. */
export const FIELDS = [
  "actor",
  "image",
  "operation",
  "rule",
  "platform",
  "account",
  "region",
  "tag",
  "session",
  "accessKey",
  "address",
  "userAgent",
  "outcome",
] as const;
export type Field = (typeof FIELDS)[number];

/** A detection as conditions see it: what its record says, never what was inferred. Null: the record does not say. */
export type Facts = Record<Exclude<Field, "address">, string | null> & { address: Address | null };

/** `is`: one of the values, exactly. `glob`: one of them, with `*`. `cidr`: the source address is in one of them. */
export const OPS = ["is", "glob", "cidr"] as const;
export type Op = (typeof OPS)[number];

export type Condition = { field: Field; op: Op; values: string[]; not: boolean };

export const MAX_CONDITIONS = 20;
export const MAX_VALUES = 100;
const MAX_VALUE_LENGTH = 500;
const MAX_STARS = 10;

const value = z
  .string()
  .trim()
  .min(1, { error: "A value is empty." })
  .max(MAX_VALUE_LENGTH, { error: `A value has more than ${MAX_VALUE_LENGTH} characters.` })
  .refine(isStorable, { error: "A value holds a character that cannot be stored." });

const conditionSchema = z
  .strictObject({
    field: z.enum(FIELDS),
    op: z.enum(OPS),
    values: z
      .array(value)
      .min(1, { error: "A condition needs a value." })
      .max(MAX_VALUES, { error: `A condition can list at most ${MAX_VALUES} values.` }),
    not: z.boolean(),
  })
  .transform(({ values, ...condition }, context): Condition => {
    const read = (text: string, place: number): string => {
      const problem = problemOf(condition, text);
      if (problem)
        context.addIssue({ code: "custom", message: problem, input: text, path: ["values", place] });
      return problem ? text : normalized(condition, text);
    };
    // In the order of what is stored, so that the same is written alike.
    return {
      field: condition.field,
      op: condition.op,
      values: [...new Set(values.map(read))],
      not: condition.not,
    };
  });

/** As they are stored: checked when they were saved. */
export const storedConditionsSchema = z.array(
  z.object({ field: z.enum(FIELDS), op: z.enum(OPS), values: z.array(z.string()), not: z.boolean() }),
);

/** All must hold. */
export const conditionsSchema = z
  .array(conditionSchema)
  .min(1, { error: "An entry without conditions would hide everything. Add what must hold." })
  .max(MAX_CONDITIONS, { error: `An entry can have at most ${MAX_CONDITIONS} conditions.` });

function problemOf({ field, op }: Pick<Condition, "field" | "op">, text: string): string | null {
  if ((field === "address") !== (op === "cidr"))
    return field === "address"
      ? "A source address is compared with networks."
      : "Only a source address can be in a network.";
  if (op === "cidr" && !parseNetwork(text))
    return `“${shown(text)}” is no network. Write one as 198.51.100.0/24 or 2001:db8::/32, or a single address.`;
  if (op === "glob" && text.replaceAll(/\*+/g, "*").split("*").length - 1 > MAX_STARS)
    return `“${shown(text)}” has more than ${MAX_STARS} stars.`;
  const known = CLOSED_FIELDS[field];
  if (op === "is" && known && !known.includes(text))
    return `“${shown(text)}” is none of ${known.join(", ")}.`;
  return null;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text;
}

/** Two ways of writing the same become one. */
function normalized({ op }: Pick<Condition, "op">, text: string): string {
  if (op === "glob") return text.replaceAll(/\*+/g, "*");
  return op === "cidr" ? (parseNetwork(text)?.text ?? text) : text;
}

/** A condition made ready for many detections. */
export type Test = (facts: Facts) => boolean;

/**
 * What a record does not say satisfies no condition, not even a `not`: it is not known to be expected. Operations are
 * compared without regard to ASCII case, as Azure writes them in any; everything else exactly.
 */
export function compile(condition: Condition): Test {
  const { field, not } = condition;
  if (field === "address") {
    const networks = condition.values.flatMap((text) => parseNetwork(text) ?? []);
    return ({ address }) =>
      address !== null && networks.some((network) => matchesNetwork(address, network)) !== not;
  }
  const holds = textTest(condition);
  return (facts) => {
    const text = facts[field];
    return text !== null && holds(text) !== not;
  };
}

function textTest({ field, op, values }: Condition): (text: string) => boolean {
  const folded = field === "operation" ? values.map(foldCase) : values;
  const fold = field === "operation" ? foldCase : (text: string) => text;
  if (op === "is") {
    const set = new Set(folded);
    return (text) => set.has(fold(text));
  }
  return (text) => folded.some((pattern) => matchesGlob(pattern, fold(text)));
}

/** ASCII only, as PostgreSQL's "C" collation does. */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Whether all conditions hold. */
export function matches(conditions: readonly Condition[], facts: Facts): boolean {
  return conditions.every((condition) => compile(condition)(facts));
}
