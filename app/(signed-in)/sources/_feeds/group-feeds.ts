import type { FeedState, Source } from "#lib/ingest/health/feed.ts";
import type { FeedStanding } from "#lib/ingest/health/queries.ts";
import { isRejecting, type SourceDay } from "#lib/ingest/health/source-day.ts";
import { type SourceState, type Standings, sourceState } from "../source-standings.ts";

/** As people are shown it: `off`: somebody has seen to it that nothing comes. */
export type ShownState = FeedState | "off";

export type ShownFeed = Omit<FeedStanding, "state"> & { state: ShownState };

/** What one source brings. */
export type FeedGroup = {
  source: Source;
  /** What it is called; null: it is gone. */
  name: string | null;
  state: SourceState;
  isRejecting: boolean;
  /** Null: nothing for weeks. */
  day: SourceDay | null;
  feeds: ShownFeed[];
};

const ORDER: Readonly<Record<ShownState, number>> = { silent: 0, late: 1, new: 3, ok: 4, off: 5 };
const REJECTING = 2;
const EMPTY = 6;

/** Feeds by what brings them: what is wrong first, of groups and within them. */
export function groupFeeds(
  feeds: readonly FeedStanding[],
  days: readonly SourceDay[],
  standings: Standings,
): FeedGroup[] {
  const groups = new Map<string, FeedGroup>();
  const groupOf = (source: Source): FeedGroup => {
    const key = `${source.kind} ${source.key}`;
    const group = groups.get(key) ?? {
      source,
      name: source.kind === "sumo" ? (standings.connections.get(source.key)?.name ?? null) : source.key,
      state: sourceState(source, standings),
      isRejecting: false,
      day: null,
      feeds: [],
    };
    groups.set(key, group);
    return group;
  };
  for (const day of days) Object.assign(groupOf(day.source), { day, isRejecting: isRejecting(day) });
  for (const feed of feeds) {
    const group = groupOf(feed.source);
    group.feeds.push({ ...feed, state: group.state === "off" ? "off" : feed.state });
  }
  for (const { feeds: of } of groups.values()) of.sort((a, b) => ORDER[a.state] - ORDER[b.state]);
  return [...groups.values()].sort((a, b) => urgency(a) - urgency(b));
}

function urgency({ feeds, isRejecting: rejects }: FeedGroup): number {
  const [worst] = feeds;
  const own = worst ? ORDER[worst.state] : EMPTY;
  return rejects ? Math.min(own, REJECTING) : own;
}
