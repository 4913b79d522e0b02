import type { Preview } from "#lib/allowlist/preview.ts";

export type Bar = { from: string; to: string; suppressed: number; brokeThrough: number; outside: number };

const DAY_MS = 86_400_000;

/** The days without gaps, several to a bar when they are too many to be seen. UTC, as they are counted. */
export function barsOf(days: Preview["byDay"], atMost: number): Bar[] {
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) return [];
  const start = Date.parse(first.day);
  const count = (Date.parse(last.day) - start) / DAY_MS + 1;
  const perBar = Math.ceil(count / atMost);
  const bars = Array.from({ length: Math.ceil(count / perBar) }, (_, index): Bar => {
    const from = start + index * perBar * DAY_MS;
    const to = Math.min(from + (perBar - 1) * DAY_MS, start + (count - 1) * DAY_MS);
    return { from: dayOf(from), to: dayOf(to), suppressed: 0, brokeThrough: 0, outside: 0 };
  });
  for (const { day, suppressed, brokeThrough, outside } of days) {
    const bar = bars[Math.floor((Date.parse(day) - start) / DAY_MS / perBar)];
    if (!bar) continue;
    bar.suppressed += suppressed;
    bar.brokeThrough += brokeThrough;
    bar.outside += outside;
  }
  return bars;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** `24 Nov` or, over several days, `24–30 Nov`, with the year. */
export function barWords({ from, to }: Pick<Bar, "from" | "to">): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return from === to
    ? format.format(new Date(from))
    : format.formatRange(new Date(from), new Date(to)).replaceAll(/\u2009/g, "");
}
