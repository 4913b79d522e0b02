import { CircleCheck, CircleDashed, CirclePause, TriangleAlert } from "lucide-react";
import type { HealthState } from "#lib/sumo/health.ts";
import classes from "./health-mark.module.css";
import { HEALTH_WORDS } from "./words.ts";

const ICONS = {
  well: CircleCheck,
  waiting: CircleDashed,
  bad: TriangleAlert,
  disabled: CirclePause,
} as const satisfies Record<HealthState, unknown>;

/** How a connection stands, by sign and word. */
export function HealthMark({ state }: { state: HealthState }) {
  const Icon = ICONS[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {HEALTH_WORDS[state]}
    </span>
  );
}
