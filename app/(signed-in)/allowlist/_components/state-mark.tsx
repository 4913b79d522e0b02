import { Archive, CirclePause, EyeOff, FilePenLine, ScanEye, TimerOff, Undo2 } from "lucide-react";
import type { EntryState } from "#lib/allowlist/entry.ts";
import classes from "./state-mark.module.css";
import { STATE_WORDS } from "./words.ts";

const ICONS = {
  draft: FilePenLine,
  observing: ScanEye,
  enforcing: EyeOff,
  paused: CirclePause,
  expired: TimerOff,
  revoked: Undo2,
  archived: Archive,
} as const satisfies Record<EntryState, typeof Archive>;

/** What an entry does: an icon and a word. */
export function StateMark({ state }: { state: EntryState }) {
  const Icon = ICONS[state];
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {STATE_WORDS[state]}
    </span>
  );
}
