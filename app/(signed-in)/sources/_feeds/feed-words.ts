import { expectedSilence, isByHand, type Source, silenceOf } from "#lib/ingest/health/feed.ts";
import type { FeedStanding } from "#lib/ingest/health/queries.ts";
import type { SourceDay } from "#lib/ingest/health/source-day.ts";
import { formatBytes } from "../../../_ui/bytes.ts";
import { formatDuration } from "../_components/duration.ts";
import type { SourceState } from "../source-standings.ts";
import type { FeedGroup, ShownFeed, ShownState } from "./group-feeds.ts";

export const FEED_STATE_WORDS = {
  silent: "silent",
  late: "late",
  new: "new",
  ok: "ok",
  off: "off",
} as const satisfies Record<ShownState, string>;

type Sentence = (feed: ShownFeed, now: Date) => string;

const SENTENCES = {
  silent: (feed, now) => {
    const long = age(silenceOf(feed, now));
    return feed.lastEventAt
      ? `Silent for ${long}: ${expectedWords(feed)}.`
      : `Known for ${long}, and nothing but history has come: ${expectedWords(feed)}.`;
  },
  late: (feed, now) =>
    `What comes is late: the latest event is ${age(silenceOf(feed, now))} old, ${expectedWords(feed)}.`,
  new: (feed, now) =>
    `${lastWords(feed, now)}. Too little is known yet to say how long it is usually silent.`,
  ok: (feed, now) =>
    feed.expects === "never"
      ? `${lastWords(feed, now)}; any silence is fine.`
      : `${lastWords(feed, now)}, as expected: up to ${expectedLength(feed)} without one.`,
  off: (feed, now) => `${lastWords(feed, now)}. Nothing is expected of what brings it.`,
} as const satisfies Record<ShownState, Sentence>;

/** How a feed does, in a sentence. */
export function feedSentence(feed: ShownFeed, now: Date): string {
  return SENTENCES[feed.state](feed, now);
}

function lastWords(feed: ShownFeed, now: Date): string {
  if (!feed.lastEventAt) return "Only history so far";
  return `Last event ${age(silenceOf(feed, now))} ago`;
}

function expectedWords(feed: ShownFeed): string {
  const length = expectedLength(feed);
  return feed.expects === "set" ? `at most ${length} is allowed` : `at most ${length} is usual`;
}

function expectedLength(feed: Pick<FeedStanding, "expects" | "setMinutes" | "learntMinutes">): string {
  return lengthWords((expectedSilence(feed) ?? 0) / 60_000);
}

/** In one piece: `3 h`. */
function age(ms: number): string {
  return formatDuration(ms).replace(" ", NO_BREAK);
}

const NO_BREAK = "\u00a0";
const PARTS = [
  ["day", 1440],
  ["h", 60],
  ["min", 1],
] as const;

/** What somebody has set is told whole: `1 h 55 min`, `2 days`. */
export function lengthWords(minutes: number): string {
  let left = minutes;
  const words = PARTS.flatMap(([unit, size]) => {
    const amount = Math.floor(left / size);
    left -= amount * size;
    if (amount === 0) return [];
    return [`${amount}${NO_BREAK}${unit === "day" && amount > 1 ? "days" : unit}`];
  });
  return words.join(NO_BREAK);
}

/** What is expected of a feed, and who says so. */
export function expectationWords(feed: ShownFeed): string {
  if (feed.expects === "never") return "any";
  if (feed.expects === "set") return expectedLength(feed);
  return feed.learntMinutes === null ? "not known yet" : expectedLength(feed);
}

const KIND_WORDS: Readonly<Record<Source["kind"], string>> = {
  upload: "Uploads",
  sample: "Sample logs",
  sumo: "Sumo Logic",
  api: "Tokens",
};

/** What a source is called, and what it is where the name does not say it. */
export function sourceWords({ source, name }: Pick<FeedGroup, "source" | "name">): {
  name: string;
  kind: string | null;
} {
  if (isByHand(source.kind)) return { name: KIND_WORDS[source.kind], kind: null };
  return { name: name ?? "A connection that is gone", kind: KIND_WORDS[source.kind] };
}

/** What keeps a source from delivering, after what it delivered. */
export function sourceStateWords({ kind }: Source, state: SourceState): string {
  if (state === "bad") return "; its connection needs somebody";
  if (state === "on") return "";
  return kind === "api" ? "; its tokens are revoked" : "; its connection is disabled";
}

/** What a source delivered lately. */
export function dayWords(day: SourceDay | null): { records: string; rejected: string | null } {
  if (!day || day.records === 0) return { records: "Nothing came in the last 24 hours", rejected: null };
  const records = `${count(day.records, "record")} in the last 24 hours, ${formatBytes(day.bytes)}`;
  if (day.rejected === 0) return { records: `${records}, none rejected`, rejected: null };
  return { records, rejected: `${day.rejected.toLocaleString("en-GB")} rejected (${share(day)})` };
}

/** A share that is not nothing is not written as nothing. */
function share({ records, rejected }: SourceDay): string {
  const percent = (rejected / records) * 100;
  if (percent < 0.1) return "below 0.1 %";
  return `${percent.toLocaleString("en-GB", { maximumFractionDigits: percent < 10 ? 1 : 0 })} %`;
}

export function count(number: number, what: string): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? what : `${what}s`}`;
}

/** How all of them do, first of all. */
export function summaryWords(groups: readonly FeedGroup[], all: number): string {
  const feeds = groups.flatMap((group) => group.feeds);
  const wrong = [
    [feeds.filter(({ state }) => state === "silent").length, "silent"],
    [feeds.filter(({ state }) => state === "late").length, "late"],
  ] as const;
  const parts = wrong.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : []));
  const rejecting = groups.filter((group) => group.isRejecting).length;
  const of = `of ${count(all, "feed")}`;
  const sentences = [
    parts.length > 0 ? `${parts.join(" and ")} ${of}.` : `None ${of} is silent or late.`,
    ...(rejecting > 0 ? [`Much is rejected of what ${count(rejecting, "source")} delivered.`] : []),
  ];
  return sentences.join(" ");
}
