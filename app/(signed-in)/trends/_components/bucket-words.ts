import type { Span, Step } from "#lib/trends/buckets.ts";

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;
const FULL = {
  hour: { ...DAY, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { ...DAY, weekday: "short" },
  week: DAY,
  month: DAY,
  year: DAY,
} as const satisfies Record<Step, Intl.DateTimeFormatOptions>;

const SHORT = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" },
} as const satisfies Record<Step, Intl.DateTimeFormatOptions>;

/** Writes buckets in a zone: whole, as `2–8 Mar 2026`, and short for an axis, as `2 Mar`. */
export function bucketWriter(
  step: Step,
  zone: string,
): { full(span: Span): string; short(span: Span): string } {
  const full = new Intl.DateTimeFormat("en-GB", { ...FULL[step], timeZone: zone });
  const short = new Intl.DateTimeFormat("en-GB", { ...SHORT[step], timeZone: zone });
  return {
    full: ({ from, to }) =>
      (step === "hour" ? full.format(from) : full.formatRange(from, to - 1))
        .replace(/,/g, "")
        .replace(/\u2009/g, ""),
    short: ({ from }) => short.format(from).replace(/,/g, ""),
  };
}

/** `1–30 Mar 2026`. */
export function spanWords({ from, to }: Span, zone: string): string {
  return bucketWriter("week", zone).full({ from, to });
}
