import type { Stack } from "#lib/trends/trends-filter.ts";
import type { Series } from "#lib/trends/volume.ts";

/** Ink, thinner and thinner; the thinnest still holds 3:1 on its paper. Beside one another they are parted by paper. */
const INKS = [100, 62, 84, 54, 92, 70, 58, 77].map(
  (percent) => `color-mix(in srgb, var(--ink) ${percent}%, var(--paper))`,
);

/** How a series is filled. Only severities have colours: these mean nothing else. */
export function fillOf(stack: Stack, { value }: Pick<Series, "value">, at: number): string {
  return stack === "severity" ? `var(--severity-${value})` : (INKS[at % INKS.length] ?? "var(--ink)");
}
