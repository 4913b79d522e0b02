import { z } from "zod";
import type { LogSource } from "#lib/logs/normalize/event.ts";
import type { ImportKind } from "../import.ts";

/** `learnt`: what its history teaches. `set`: what an admin says. `never`: no silence is ever too long. */
export const EXPECTATIONS = ["learnt", "set", "never"] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** Logs that people bring come when they bring them. */
const BY_HAND: readonly ImportKind[] = ["upload", "sample"];

export function isByHand(kind: ImportKind): boolean {
  return BY_HAND.includes(kind);
}

/** What brings feeds: `key` is the connection's id, or the name that tokens were made for; empty where the kind is one. */
export type Source = { kind: ImportKind; key: string };

/** One log of one account by one source, with what its state is told from. */
export type Feed = {
  id: string;
  source: Source;
  logSource: LogSource;
  /** Empty where the log names none. */
  account: string;
  firstAt: Date;
  /** When the latest event happened, and when the last record came: of what was not delivered as history. */
  lastEventAt: Date | null;
  lastArrivalAt: Date | null;
  expects: Expectation;
  setMinutes: number | null;
  learntMinutes: number | null;
};

/**
 * `silent`: nothing has come for longer than is expected. `late`: something comes, but what it tells of is older than is
 * expected. `new`: there is not enough history yet to expect anything.
 */
export type FeedState = "silent" | "late" | "new" | "ok";

const MINUTE_MS = 60_000;

/** The longest silence that is expected, in milliseconds; null: any. */
export function expectedSilence({
  expects,
  setMinutes,
  learntMinutes,
}: Pick<Feed, "expects" | "setMinutes" | "learntMinutes">): number | null {
  const minutes = { never: null, set: setMinutes, learnt: learntMinutes }[expects];
  return minutes === null ? null : minutes * MINUTE_MS;
}

/** How long ago its latest event happened; of one that brought history alone, how long it has been known. */
export function silenceOf({ lastEventAt, firstAt }: Feed, now: Date): number {
  return Math.max(0, now.getTime() - (lastEventAt ?? firstAt).getTime());
}

export function feedState(feed: Feed, now: Date): FeedState {
  const expected = expectedSilence(feed);
  if (expected === null) return feed.expects === "learnt" ? "new" : "ok";
  if (silenceOf(feed, now) <= expected) return "ok";
  // What is brought by hand is as old as it is.
  if (isByHand(feed.source.kind) || !feed.lastArrivalAt) return "silent";
  return now.getTime() - feed.lastArrivalAt.getTime() <= expected ? "late" : "silent";
}

const LONGEST_DAYS = 90;

/** What an admin says is expected of a feed. */
export const expectationSchema = z.discriminatedUnion("expects", [
  z.strictObject({ expects: z.enum(["learnt", "never"]) }),
  z.strictObject({
    expects: z.literal("set"),
    minutes: z
      .int("Give a whole number.")
      .min(1, "Give at least a minute.")
      .max(LONGEST_DAYS * 1440, `Give at most ${LONGEST_DAYS} days.`),
  }),
]);
export type ExpectationChange = z.infer<typeof expectationSchema>;

/** Why what is expected was not changed. */
export type FeedFault = { kind: "changed-meanwhile"; by: string | null; at: Date | null } | { kind: "gone" };
