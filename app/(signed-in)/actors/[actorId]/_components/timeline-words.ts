import { counted } from "#lib/actors/sentence.ts";
import { DAY_MS } from "#lib/actors/timeline/bucket.ts";
import type { Bar, Lane } from "#lib/actors/timeline/draw.ts";
import { type EventPoint, historyBefore, type Newcomers } from "#lib/actors/timeline/point.ts";
import type { Tick } from "#lib/actors/timeline/ticks.ts";
import type { Span } from "#lib/actors/timeline/window.ts";
import type { Verdict } from "#lib/triage/alert.ts";
import { formatTime } from "../../../../_ui/time.tsx";
import { VERDICT_WORDS } from "../../../alerts/_components/triage-words.ts";
import { OUTCOME_WORDS } from "../../../alerts/_components/words.ts";

export type When = { zone: string; now: Date };

/** A name that a log gave is cut for the label of a mark; the events below have all of it. */
const LONGEST_NAME = 120;

/** "4 Mar 12:00:01 PutImage succeeded · high 65 · ALR-12 closed: benign true positive". */
export function pointWords(
  { at, operation, outcome, errorCode, detections }: EventPoint,
  when: When,
): string {
  const ended = errorCode ? `${OUTCOME_WORDS[outcome]} (${cut(errorCode)})` : OUTCOME_WORDS[outcome];
  const found = detections.map(
    ({ severity, score, isSuppressed, alertNumber, status, verdict }) =>
      ` · ${severity} ${score}${isSuppressed ? " suppressed" : ""} · ALR-${alertNumber} ${status.replace("_", " ")}${verdict ? `: ${verdictWords(verdict)}` : ""}`,
  );
  return `${instant(at, when)} ${cut(operation)} ${ended}${found.join("")}`;
}

/** "3 Mar to 9 Mar: 412 events, 12 detections, 3 suppressed, worst high". */
export function barWords({ span, counts, worst }: Bar, isByDay: boolean, when: When): string {
  return `${spanWords(span, isByDay, when)}: ${deedWords({ ...counts, worst })}`;
}

/** "412 events, 12 detections, 3 suppressed, worst high". */
export function deedWords(deeds: Bar["counts"] & Pick<Bar, "worst">): string {
  const { events, detections, suppressed, worst } = deeds;
  const parts = [
    counted(events, "event"),
    ...(detections > 0 ? [counted(detections, "detection")] : []),
    ...(suppressed > 0 ? [`${suppressed.toLocaleString("en-GB")} suppressed`] : []),
    ...(worst ? [`worst ${worst.severity}${worst.isSuppressed ? " (suppressed)" : ""}`] : []),
  ];
  return parts.join(", ");
}

export function spanWords({ from, to }: Span, isByDay: boolean, when: When): string {
  if (!isByDay) return `${instant(from, when)} to ${instant(to, when)}`;
  const [first, last] = [dayWords(from, when.now), dayWords(to, when.now)];
  return first === last ? `${first} UTC` : `${first} to ${last} UTC`;
}

export function newcomersWords(
  { at, count, samples }: Newcomers,
  historyFrom: number | null,
  when: When,
): string {
  const named = samples.map(({ field, value, name }) => `${field} ${cut(name ?? value)}`);
  const more = count - samples.length;
  const { days, isShort } = historyBefore(at, historyFrom);
  const list = `${named.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-GB")} more` : ""}`;
  const history = isShort ? `only ${counted(days, "day")} of history` : `${counted(days, "day")} of history`;
  return `${instant(at, when)} ${isShort ? "first seen" : "new"}: ${list}; ${history}`;
}

export function laneName({ service, services }: Pick<Lane, "service" | "services">): string {
  if (service === null) return `${services} other services`;
  return service === "" ? "no service named" : service;
}

/** "94 d", "6 h": how long a folded stretch is. */
export function lengthWords(ms: number): string {
  const units = [
    ["y", 365.25 * DAY_MS],
    ["d", DAY_MS],
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1000],
  ] as const;
  const [unit, size] = units.find(([, length]) => ms >= length) ?? ["ms", 1];
  return `${Math.round(ms / size).toLocaleString("en-GB")} ${unit}`;
}

/** As much of a time as is telling beside the tick before: the day where it is another, the year where it is another. */
export function tickWords(tick: Tick, before: Tick | undefined, { zone, now }: When): string {
  const { at, stepMs } = tick;
  const written = (time: number | Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", ...options }).format(time);
  const year = (time: number | Date) => written(time, { year: "numeric" });
  if (stepMs >= 300 * DAY_MS) return year(at);
  const withYear = year(at) !== year(before?.at ?? now) && { year: "numeric" as const };
  if (stepMs >= 27 * DAY_MS) return written(at, { month: "short", ...withYear });
  const day = written(at, { ...DAY, ...withYear });
  if (stepMs >= DAY_MS) return day;
  const isSameDay = before !== undefined && day === written(before.at, { ...DAY, ...withYear });
  const time = written(at, {
    hour: "2-digit",
    minute: "2-digit",
    ...(stepMs < 60_000 && { second: "2-digit" }),
    ...(stepMs < 1000 && { fractionalSecondDigits: 3 }),
  });
  if (isSameDay) return time;
  return time === "00:00" ? day : `${day} ${time}`;
}

const DAY = { day: "numeric", month: "short" } as const;

/** One sign for each way of judging, beside a mark whose words say it in full. */
export const VERDICT_SIGNS = {
  true_positive: "!",
  benign_true_positive: "✓",
  false_positive_logic: "✓",
  false_positive_data: "✓",
  undetermined: "?",
  duplicate: "=",
} as const satisfies Record<Verdict, string>;

function verdictWords(verdict: string): string {
  return VERDICT_WORDS[verdict as Verdict]?.words ?? verdict;
}

function instant(at: number, { zone, now }: When): string {
  return formatTime(new Date(at), zone, now);
}

const DAY_ALONE = new Intl.DateTimeFormat("en-GB", { ...DAY, timeZone: "UTC" });
const DAY_WITH_YEAR = new Intl.DateTimeFormat("en-GB", { ...DAY, year: "numeric", timeZone: "UTC" });

function dayWords(at: number, now: Date): string {
  const time = new Date(at);
  const withYear = time.getUTCFullYear() !== now.getUTCFullYear();
  return (withYear ? DAY_WITH_YEAR : DAY_ALONE).format(time);
}

const PLAIN = /^[\x20-\x7e]*$/;

/** Isolated, so that text that runs from the right leaves the words around it where they are. */
function cut(text: string): string {
  if (text.length <= LONGEST_NAME && PLAIN.test(text)) return text;
  const shown = [...text.slice(0, LONGEST_NAME * 2)].slice(0, LONGEST_NAME).join("");
  return `\u2068${shown}${shown.length < text.length ? "…" : ""}\u2069`;
}
