import type { Stack } from "#lib/trends/trends-filter.ts";
import type { Series } from "#lib/trends/volume.ts";
import { valueWords } from "../../alerts/_components/value-words.ts";

/** What a series of a stack is called. */
export function seriesWords(
  stack: Stack,
  { kind, value, name = value }: Pick<Series, "kind" | "value" | "name">,
): string {
  if (kind === "others") return "others";
  if (kind === "none") return `no ${stack}`;
  return valueWords(stack, value, name);
}
