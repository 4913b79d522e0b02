const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
/** As the Azure portal and PowerShell print it: month first. */
const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s(AM|PM)$/i;

/** Clouds are younger; what lies outside is a placeholder such as .NET's year 1. */
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/**
 * A time as clouds log it, to the millisecond, or null when it is none. Without a zone it is UTC: all sources here say
 * so, and JavaScript's own parser would read it as local time. More than three digits of a second are cut.
 */
export function parseTime(text: string): Date | null {
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, hour, minute, second, fraction = "", zone] = iso;
    const millisecond = Number(fraction.padEnd(3, "0").slice(0, 3));
    const local = utc([year, month, day, hour, minute, second].map(Number), millisecond);
    return local && inRange(local.getTime() - offsetMs(zone));
  }
  const us = US.exec(text);
  if (us) {
    const [, month, day, year, hour, minute, second, fraction = "", half] = us;
    const millisecond = Number(fraction.padEnd(3, "0").slice(0, 3));
    const hours = (Number(hour) % 12) + (half?.toUpperCase() === "PM" ? 12 : 0);
    const local = utc(
      [Number(year), Number(month), Number(day), hours, Number(minute), Number(second)],
      millisecond,
    );
    return local && Number(hour) >= 1 && Number(hour) <= 12 ? inRange(local.getTime()) : null;
  }
  return null;
}

/** Seconds, milliseconds or nanoseconds since 1970, told by how many they are; as a number or, where it is too long for one, as text. */
export function parseEpoch(value: unknown): Date | null {
  const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
  const [, whole = "", fraction = ""] = /^(\d{9,19})(?:\.(\d{1,9}))?$/.exec(text) ?? [];
  if (whole.length === 0) return null;
  const seconds = whole.length <= 11;
  const milliseconds = seconds ? `${whole}${fraction.padEnd(3, "0").slice(0, 3)}` : whole.slice(0, 13);
  return inRange(Number(milliseconds));
}

function utc(parts: readonly number[], millisecond: number): Date | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  // A leap second is written as :60 and is the next minute's first.
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millisecond));
  const rolledOver = new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day;
  return rolledOver ? null : date;
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || /^[a-z]/i.test(zone)) return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

function inRange(time: number): Date | null {
  return time >= EARLIEST && time < LATEST ? new Date(time) : null;
}
