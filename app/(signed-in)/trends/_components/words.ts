import type { Step } from "#lib/trends/buckets.ts";
import { MOST_DAYS_BY_HOUR } from "#lib/trends/buckets.ts";
import { growth } from "#lib/trends/headlines.ts";
import type { Change } from "#lib/trends/mix.ts";
import type { PeriodNote } from "#lib/trends/period.ts";
import type { Measure } from "#lib/trends/times.ts";
import type { TopKey } from "#lib/trends/tops.ts";
import type { PeriodName, Stack } from "#lib/trends/trends-filter.ts";

export const PERIOD_WORDS = {
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  "1y": "1 year",
  "2y": "2 years",
} as const satisfies Record<PeriodName, string>;

export const STEP_WORDS = {
  hour: "hour",
  day: "day",
  week: "week",
  month: "month",
  year: "year",
} as const satisfies Record<Step, string>;

export const STACK_WORDS = {
  severity: "Severity",
  platform: "Platform",
  rule: "Rule",
  verdict: "Verdict",
  account: "Account",
} as const satisfies Record<Stack, string>;

export const NOTE_WORDS = {
  reversed: "The dates were the other way round, and are read in order.",
  shortened: "Only days from 1 January 1970 to 31 December 2099 are shown.",
  coarser: `That would be more bars than can be told apart; hours are shown for up to ${MOST_DAYS_BY_HOUR} days.`,
} as const satisfies Record<PeriodNote, string>;

export const MEASURE_WORDS = {
  acknowledge: {
    title: "Time to acknowledge",
    definition:
      "From when an alert first stood in the open queue until a person first changed it; comments do not count. Alerts that came as history, that never stood in the queue, and authorised tests are left out. Each alert is counted where it was active last.",
  },
  close: {
    title: "Time to close",
    definition:
      "From when an alert first stood in the open queue until it was closed, the last time. Alerts that came as history, that never stood in the queue, and authorised tests are left out. Each alert is counted where it was active last.",
  },
  lag: {
    title: "Detection lag",
    definition:
      "From an alert's first event until it first stood in the open queue: how late logs arrive and are read. It is no part of the times that people take. The same alerts are left out.",
  },
} as const satisfies Record<Measure, { title: string; definition: string }>;

export const TOP_WORDS = {
  actor: {
    title: "Top actors",
    head: "Actor",
    definition: "The actors of most alerts. An alert of several counts for each.",
  },
  image: { title: "Top images", head: "Image", definition: "The images that most alerts are about." },
  rule: {
    title: "Top rules",
    head: "Rule",
    definition: "The rules of most alerts. An alert of several counts for each.",
  },
  address: {
    title: "Top addresses",
    head: "Source address",
    definition: "The source addresses of most alerts, as logged. An alert of several counts for each.",
  },
} as const satisfies Record<
  Exclude<TopKey, "entry"> | "rule",
  { title: string; head: string; definition: string }
>;

export function countWords(count: number): string {
  return count.toLocaleString("en-GB");
}

export function alertsWords(count: number): string {
  return `${countWords(count)} ${count === 1 ? "alert" : "alerts"}`;
}

/** `34 %`; what is not quite nothing is `< 1 %`. */
export function shareWords(share: number | null): string {
  if (share === null) return "–";
  if (share > 0 && share < 0.01) return "< 1 %";
  if (share < 1 && share > 0.99) return "> 99 %";
  return `${Math.round(share * 100)} %`;
}

/** `24 % more (251 before)`. */
export function changeWords(change: Change): string {
  const { now, before } = change;
  const grown = growth(change);
  if (grown === null) return now === 0 ? "none before either" : "none before";
  if (now === before) return "as many as before";
  const size = grown >= 1 ? timesWords(now / before) : null;
  const words = size ?? `${shareWords(Math.abs(grown))} ${grown > 0 ? "more" : "fewer"}`;
  return `${words} (${countWords(before)} before)`;
}

const MOST_TIMES = 100;

/** How many times exactly tells nobody anything where there was next to nothing before. */
function timesWords(times: number): string {
  if (times > MOST_TIMES) return `over ${MOST_TIMES} times as many`;
  return `${times.toLocaleString("en-GB", { maximumFractionDigits: times < 10 ? 1 : 0 })} times as many`;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** `2 d 4 h`, `40 min`: the two largest units that there are something of. */
export function durationWords(seconds: number | null): string {
  if (seconds === null) return "–";
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${countWords(amount)} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 s";
}
