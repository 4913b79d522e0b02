"use client";

import { Progress } from "@mantine/core";
import type { BackfillState } from "#lib/sumo/connection.ts";
import classes from "../../_components/section.module.css";
import { BACKFILL_WORDS } from "../../_components/words.ts";

/** How much of its time a backfill has been through. */
export function BackfillProgress({ state, done }: { state: BackfillState; done: number }) {
  const share = Math.floor(100 * done);
  return (
    <span className={classes.progress}>
      {BACKFILL_WORDS[state]}
      <Progress value={share} size="sm" className={classes.bar} aria-label="Of its time" />
      {share} %
    </span>
  );
}
