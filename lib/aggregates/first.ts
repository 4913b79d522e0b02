import { hash } from "node:crypto";

/** What an actor may be seen with for the first time. Networks are kept apart, because signals ask for them: `actor_network`. */
export const FIRST_FIELDS = [
  "operation",
  "image",
  "account",
  "region",
  "address",
  "agent",
  "session",
  "key",
] as const;
export type FirstField = (typeof FIRST_FIELDS)[number];

/** Those of which a first time raises the score of a detection. */
export const SCORED_FIRSTS = ["operation", "account", "region"] as const satisfies FirstField[];

/** Names a value in `actor_first`: an image by its id, anything else by the md5 of its text, in the form of a UUID. */
export function firstValueId(field: FirstField, value: string): string {
  if (field === "image") return value;
  const before = known.get(value);
  if (before !== undefined) return before;
  const id = md5Id(value);
  if (value.length > LONGEST_KNOWN) return id;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, id);
  return id;
}

/** Of the same operations, regions and programs every batch asks. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;
const LONGEST_KNOWN = 500;

function md5Id(value: string): string {
  const hex = hash("md5", value, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
