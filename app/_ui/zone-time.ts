import { zonedFormat } from "#lib/zoned-format.ts";

const fieldIn = zonedFormat(
  { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  "sv-SE",
);

/** A time as a `datetime-local` field holds it, in a zone. */
export function toLocal(time: Date | undefined, zone: string): string {
  if (!time) return "";
  const local = fieldIn(zone).format(time).replace(" ", "T");
  return local.replace(/^\d+/, (year) => year.padStart(4, "0"));
}

/**
 * The instant that a `datetime-local` field means in a zone; undefined when it holds none. A time that daylight saving
 * skips is the one an hour later; of one that it repeats, one of the two.
 */
export function fromLocal(text: string | null, zone: string): Date | undefined {
  const asUtc = new Date(`${text}Z`);
  if (text === null || Number.isNaN(asUtc.getTime())) return undefined;
  const guess = new Date(asUtc.getTime() - offsetMs(asUtc, zone));
  return new Date(asUtc.getTime() - offsetMs(guess, zone));
}

function offsetMs(time: Date, zone: string): number {
  const shown = new Date(`${toLocal(time, zone)}Z`).getTime();
  return shown - Math.floor(time.getTime() / 60_000) * 60_000;
}
