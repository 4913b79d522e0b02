/** One value asked for, or (`!value` in the URL) ruled out. */
export type Choice<Value extends string = string> = { value: Value; not: boolean };

/** The values that choices ask for, and those that they rule out. */
export function splitChoices(choices: readonly Choice[]): { wanted: string[]; unwanted: string[] } {
  return {
    wanted: choices.filter(({ not }) => !not).map(({ value }) => value),
    unwanted: choices.filter(({ not }) => not).map(({ value }) => value),
  };
}

/** What a value's menu does to the choices of its kind. */
export type ChoiceChange = "only" | "include" | "exclude" | "remove";

export function changeChoices(
  choices: readonly Choice[],
  value: string,
  change: ChoiceChange,
): readonly Choice[] {
  if (change === "only") return [{ value, not: false }];
  const others = choices.filter((choice) => choice.value !== value);
  return change === "remove" ? others : [...others, { value, not: change === "exclude" }];
}

/** Time ranges that move with the clock, in hours. */
export const RANGES = { "1h": 1, "24h": 24, "7d": 168, "30d": 720, "90d": 2160 } as const;
export type RangeName = keyof typeof RANGES;

/** A range that moves, or fixed times. */
export type TimeFilter = { range: RangeName | undefined; from: Date | undefined; to: Date | undefined };

export function timeBounds(
  { range, from, to }: TimeFilter,
  now: Date,
): { from: Date | undefined; to: Date | undefined } {
  if (!range) return { from, to };
  return { from: new Date(now.getTime() - RANGES[range] * 3_600_000), to: undefined };
}
