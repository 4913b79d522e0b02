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
  week: DAY,
  month: { month: "short", year: "numeric" },
  year: { year: "numeric" },
} as const satisfies Record<Step, Intl.DateTimeFormatOptions>;

type Writer = { full(span: Span): string; short(span: Span): string };

/** To write a range takes long, and every figure of a page writes the same ones. */
const writers = new Map<string, Writer>();
const MOST_WRITERS = 500;
const MOST_WRITTEN = 2000;

/** Writes buckets in a zone: whole, as `2–8 Mar 2026`, and short for an axis, as `2 Mar` of a day. */
export function bucketWriter(step: Step, zone: string): Writer {
  const key = `${step} ${zone}`;
  const known = writers.get(key);
  if (known) return known;
  if (writers.size >= MOST_WRITERS) writers.clear();
  const writer = newWriter(step, zone);
  writers.set(key, writer);
  return writer;
}

function newWriter(step: Step, zone: string): Writer {
  const full = new Intl.DateTimeFormat("en-GB", { ...FULL[step], timeZone: zone });
  const short = new Intl.DateTimeFormat("en-GB", { ...SHORT[step], timeZone: zone });
  const written = new Map<string, string>();
  const write = ({ from, to }: Span) =>
    (step === "hour" ? full.format(from) : full.formatRange(from, to - 1))
      .replace(/,/g, "")
      .replace(/\u2009/g, "");
  return {
    full: (span) => {
      const key = `${span.from} ${span.to}`;
      const known = written.get(key);
      if (known !== undefined) return known;
      if (written.size >= MOST_WRITTEN) written.clear();
      const words = write(span);
      written.set(key, words);
      return words;
    },
    short: ({ from }) => short.format(from).replace(/,/g, ""),
  };
}

/** `1–30 Mar 2026`. */
export function spanWords({ from, to }: Span, zone: string): string {
  return bucketWriter("week", zone).full({ from, to });
}
