import { failure, type Outcome, success } from "#lib/outcome.ts";
import { zonedFormat } from "#lib/zoned-format.ts";
import { parseEpoch, parseTime } from "./time.ts";

/** How the times of a table are read that do not say it themselves. */
export type TimeReading = {
  /** Of times that name none. */
  zone: string;
  /** Of dates such as 03/04/2026. */
  dayFirst: boolean;
};

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?(?:\s*(.{1,20}))?$`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T|,?\s+)${CLOCK}`, "i");
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:T|,?\s+)${CLOCK}`, "i");
const DAY_MONTH = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(\d{1,2})[-/\s]([a-z]{3,9})[-/\s,]+(\d{4})(?::|T|,?\s+)${CLOCK}`,
  "i",
);
const MONTH_DAY = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})(?:,?\s+)(?:at\s+)?${CLOCK}`,
  "i",
);
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONGEST = 80;

type Parts = { date: readonly [year: string, month: number, day: number]; clock: readonly string[] };

/** A time as a table of any program may write it. The reason is for people, to stand behind the text that it is about. */
export function readTime(given: string, { zone, dayFirst }: TimeReading): Outcome<Date, string> {
  const text = given.trim();
  const epoch = parseEpoch(text);
  if (epoch) return success(epoch);
  const parts = text.length > LONGEST ? undefined : partsOf(text, dayFirst);
  if (!parts) return failure("is no time that can be read");
  const [hour, minute, second, fraction, half, named] = parts.clock;
  const hours = hourOf(Number(hour), half);
  if (hours === undefined) return failure("is no time of a day");
  const offset = named === undefined ? undefined : offsetOf(named);
  if (named !== undefined && offset === undefined) {
    return failure(
      `names a zone (${named.slice(0, 20)}) that may be several: only UTC and offsets are certain`,
    );
  }
  const [year, month, day] = parts.date;
  const clock = `${two(hours)}:${minute}:${second ?? "00"}.${fraction ?? "0"}`;
  const wall = parseTime(`${year}-${two(month)}-${two(day)}T${clock}${offset ?? "Z"}`);
  if (!wall) return failure(dateFault(month, dayFirst));
  return success(offset !== undefined || zone === "UTC" ? wall : fromWall(wall, zone));
}

function partsOf(text: string, dayFirst: boolean): Parts | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) {
    const [, year = "", , month, day, ...clock] = yearFirst;
    return { date: [year, Number(month), Number(day)], clock };
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast) {
    const [, first, separator, second, year = "", ...clock] = yearLast;
    // With full stops the day is first, wherever they are written.
    const [day, month] = dayFirst || separator === "." ? [first, second] : [second, first];
    return { date: [year, Number(month), Number(day)], clock };
  }
  const [, day, month, year = "", ...clock] = DAY_MONTH.exec(text) ?? swapped(MONTH_DAY.exec(text)) ?? [];
  const at = MONTHS.indexOf(month?.slice(0, 3).toLowerCase() ?? "");
  return at === -1 ? undefined : { date: [year, at + 1, Number(day)], clock };
}

function swapped(found: RegExpExecArray | null): string[] | undefined {
  if (!found) return undefined;
  const [whole, month = "", day = "", ...rest] = found;
  return [whole, day, month, ...rest];
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

/** `Z` or `+02:00`; undefined for a name that is not the same everywhere. */
function offsetOf(named: string): string | undefined {
  if (/^(Z|UTC|GMT)$/i.test(named)) return "Z";
  const [, sign, hours, minutes = "00"] = /^(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?$/i.exec(named) ?? [];
  return sign && hours ? `${sign}${hours}:${minutes}` : undefined;
}

function dateFault(month: number, dayFirst: boolean): string {
  if (month <= 12) return "is no date of this century";
  return dayFirst ? "has no such month when the day is first" : "has no such month when the month is first";
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

const wallIn = zonedFormat(
  {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
  "sv-SE",
);

/**
 * The instant at which clocks of a zone show a time. One that daylight saving skips is an hour later; of one that it repeats
 * it is always the same of the two.
 */
function fromWall(wall: Date, zone: string): Date {
  const guess = new Date(wall.getTime() - zoneOffset(wall, zone));
  return new Date(wall.getTime() - zoneOffset(guess, zone));
}

function zoneOffset(instant: Date, zone: string): number {
  const shown = Date.parse(`${wallIn(zone).format(instant).replace(" ", "T")}Z`);
  return shown - Math.floor(instant.getTime() / 1000) * 1000;
}
