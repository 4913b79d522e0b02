import {
  BellOff,
  Circle,
  CircleArrowUp,
  CircleCheck,
  CircleDot,
  Hourglass,
  type LucideIcon,
  RotateCw,
} from "lucide-react";
import { type AlertRow, type AlertStatus, isSuppressed } from "#lib/triage/alert.ts";
import classes from "./status-mark.module.css";
import { VERDICT_WORDS } from "./triage-words.ts";
import { STATUS_WORDS } from "./words.ts";

const ICONS = {
  new: Circle,
  in_progress: CircleDot,
  waiting: Hourglass,
  escalated: CircleArrowUp,
  closed: CircleCheck,
} as const satisfies Record<AlertStatus, LucideIcon>;

type Facts = Pick<AlertRow, "status" | "verdict" | "newActivity" | "suppressedCount" | "detectionCount">;

/** Where an alert stands, as an icon with a word. `iconOnly` where something more telling is written beside it. */
export function StatusMark({ alert, iconOnly = false }: { alert: Facts; iconOnly?: boolean }) {
  const { words, icon: Icon } = standing(alert);
  return (
    <span className={classes.status} title={iconOnly ? words : undefined}>
      <Icon size={14} className={classes.icon} aria-hidden="true" />
      <span className={iconOnly ? "visually-hidden" : classes.words}>{words}</span>
    </span>
  );
}

function standing(alert: Facts): { words: string; icon: LucideIcon } {
  if (alert.newActivity) return { words: "new activity", icon: RotateCw };
  if (alert.status === "new" && isSuppressed(alert)) return { words: "suppressed", icon: BellOff };
  const words = alert.verdict ? VERDICT_WORDS[alert.verdict].words : STATUS_WORDS[alert.status];
  return { words, icon: ICONS[alert.status] };
}
