import type { EntryState } from "#lib/allowlist/entry.ts";
import { STALE_DAYS } from "#lib/allowlist/stale.ts";
import { formatAgo, formatUtc } from "../../../_ui/time.tsx";
import classes from "./expiry.module.css";

type ExpiryProps = { at: Date; state: EntryState; now: Date };

const DAY_MS = 86_400_000;
const IS_OVER: readonly EntryState[] = ["expired", "revoked", "archived"];

/** When an entry ends, seen from now; UTC on hover. */
export function Expiry({ at, state, now }: ExpiryProps) {
  const leftMs = at.getTime() - now.getTime();
  const tone = IS_OVER.includes(state)
    ? "over"
    : leftMs < STALE_DAYS["expires-soon"] * DAY_MS
      ? "soon"
      : "later";
  return (
    <time dateTime={at.toISOString()} title={formatUtc(at)} className={classes.expiry} data-tone={tone}>
      {leftMs <= 0
        ? `expired ${formatAgo(at, now)}`
        : `${formatIn(leftMs)}${tone === "soon" ? " · soon" : ""}`}
    </time>
  );
}

/** `in 3 d`, `in 5 h`: rounded down, so that there is never less time than it says. */
function formatIn(ms: number): string {
  const format = new Intl.RelativeTimeFormat("en-GB", { style: "narrow", numeric: "always" });
  if (ms >= 2 * DAY_MS) return format.format(Math.floor(ms / DAY_MS), "day");
  if (ms >= 3_600_000) return format.format(Math.floor(ms / 3_600_000), "hour");
  return format.format(Math.max(1, Math.floor(ms / 60_000)), "minute");
}
