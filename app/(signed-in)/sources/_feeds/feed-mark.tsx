import { CircleCheck, CircleDashed, CirclePause, Clock, TriangleAlert } from "lucide-react";
import { FEED_STATE_WORDS } from "./feed-words.ts";
import classes from "./feeds.module.css";
import type { ShownState } from "./group-feeds.ts";

const ICONS = {
  silent: TriangleAlert,
  late: Clock,
  new: CircleDashed,
  ok: CircleCheck,
  off: CirclePause,
} as const satisfies Record<ShownState, unknown>;

/** How a feed does, by sign and word. */
export function FeedMark({ state }: { state: ShownState }) {
  const Icon = ICONS[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {FEED_STATE_WORDS[state]}
    </span>
  );
}

/** A source of which much is rejected. */
export function RejectingMark() {
  return (
    <span className={classes.mark} data-state="rejecting">
      <TriangleAlert size={14} aria-hidden="true" />
      rejecting
    </span>
  );
}
