import { NOISE_VERDICTS } from "#lib/triage/alert.ts";
import type { AlertFilter } from "#lib/triage/alert-filter.ts";
import { having, suppressed, within } from "./behind.ts";
import { type Change, type Mix, shareOf, type ValueChange } from "./mix.ts";
import type { Period } from "./period.ts";
import type { TimesTrend } from "./times.ts";

/** Fewer alerts than this say nothing of a share or of a time. */
const FEWEST = 5;
/** Shares that move less than this have not changed, in parts of one; nor have times that grow by less than a quarter. */
const SHARE_STEP = 0.05;
const TIME_STEP = 0.25;

export type ValueKind = "severity" | "platform" | "rule";

/** What changed, as facts; the screen makes sentences of them. `alerts`: those behind it. */
export type Headline =
  | { about: "volume"; alerts: AlertFilter; change: Change }
  | { about: "value"; alerts: AlertFilter; change: Change; kind: ValueKind; value: string }
  | { about: "suppressed" | "noise"; alerts: AlertFilter; share: number; before: number; change: Change }
  | { about: "acknowledge" | "close"; alerts: AlertFilter; seconds: number; before: number };

type Facts = { mix: Mix; times: TimesTrend };

/** Two or three headlines: how many alerts there are, which of them changed most, and what else has moved furthest. */
export function headlinesOf(alerts: AlertFilter, period: Period, { mix, times }: Facts): Headline[] {
  const own = within(alerts, period);
  const volume: Headline = { about: "volume", alerts: own, change: mix.all };
  if (mix.all.now === 0 && mix.all.before === 0) return [volume];
  const others = [...shares(own, mix), ...durations(own, times)].sort((a, b) => b.weight - a.weight);
  return [
    volume,
    ...biggestValue(own, mix),
    ...others.slice(0, 1).map(({ weight: _weight, ...headline }) => headline as Headline),
  ];
}

/** How much more, in parts of one; null when there was nothing before. */
export function growth({ now, before }: Change): number | null {
  return before === 0 ? null : (now - before) / before;
}

/** The rule, severity or platform whose number moved most. One that every alert has tells nothing that volume does not. */
function biggestValue(own: AlertFilter, mix: Mix): Headline[] {
  const candidates = [
    ...mix.rules.map((change) => ({ kind: "rule" as const, ...change })),
    ...mix.severities.map((change) => ({ kind: "severity" as const, ...change })),
    ...mix.platforms.map((change) => ({ kind: "platform" as const, ...change })),
  ].filter((change) => change.now !== mix.all.now || change.before !== mix.all.before);
  const difference = ({ now, before }: ValueChange) => Math.abs(now - before);
  const [biggest] = candidates.sort((a, b) => difference(b) - difference(a));
  if (!biggest || difference(biggest) === 0) return [];
  const { kind, value, now, before } = biggest;
  return [{ about: "value", kind, value, change: { now, before }, alerts: having(own, kind, value) }];
}

type Weighed = Headline & { weight: number };

function shares(own: AlertFilter, { all, suppressed: covered, noise }: Mix): Weighed[] {
  const candidates = [
    { about: "suppressed" as const, part: covered, whole: all, alerts: suppressed(own) },
    {
      about: "noise" as const,
      part: noise.noise,
      whole: noise.judged,
      alerts: having(own, "verdict", ...NOISE_VERDICTS),
    },
  ];
  return candidates.flatMap(({ about, part, whole, alerts }): Weighed[] => {
    const share = shareOf(part.now, whole.now);
    const before = shareOf(part.before, whole.before);
    if (share === null || before === null || Math.min(whole.now, whole.before) < FEWEST) return [];
    const weight = Math.abs(share - before);
    return weight < SHARE_STEP ? [] : [{ about, alerts, share, before, change: part, weight }];
  });
}

function durations(own: AlertFilter, { now, before }: TimesTrend): Weighed[] {
  return (["acknowledge", "close"] as const).flatMap((about): Weighed[] => {
    const [seconds, earlier] = [now[about].p50, before[about].p50];
    if (seconds === null || earlier === null || Math.min(now[about].count, before[about].count) < FEWEST)
      return [];
    // The same weight for twice as long and for half as long; a second is added so that nothing is divided by zero.
    const weight = Math.abs(Math.log((seconds + 1) / (earlier + 1)));
    if (weight < Math.log(1 + TIME_STEP)) return [];
    const timing = about === "acknowledge" ? ("acknowledged" as const) : ("closed" as const);
    return [{ about, alerts: { ...own, timing }, seconds, before: earlier, weight }];
  });
}
