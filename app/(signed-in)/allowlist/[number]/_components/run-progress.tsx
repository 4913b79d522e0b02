"use client";

import { Progress } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { AllowRun } from "#lib/allowlist/queries/entry.ts";
import classes from "./run-progress.module.css";

const POLL_MS = 1000;

/** How far the last change has been applied to what is stored. Looks again while it is under way. */
export function RunProgress({ run }: { run: AllowRun | null }) {
  const router = useRouter();
  const isUnderWay = run?.state === "queued" || run?.state === "running";
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => router.refresh(), POLL_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, router]);
  if (!run) return null;
  return (
    <div className={classes.run} data-state={run.state} role="status">
      <p>{sentence(run)}</p>
      {isUnderWay ? (
        <Progress
          value={run.total ? (100 * run.done) / run.total : 0}
          size="sm"
          className={classes.bar}
          aria-label="Applied to stored detections"
        />
      ) : null}
    </div>
  );
}

function sentence({ state, total, done, changed }: AllowRun): string {
  const number = (value: number) => value.toLocaleString("en-GB");
  switch (state) {
    case "queued":
      return "The last change is waiting to be applied to what is stored.";
    case "running":
      return total === null
        ? "The last change is being applied to what is stored…"
        : `The last change is being applied: ${number(done)} of ${number(total)} stored detections.`;
    case "failed":
      return `The last change was applied to ${number(done)} stored detections and then failed. Change the entry to try again; what arrives is decided by it already.`;
    case "done":
      return `The last change is applied to what is stored: ${number(done)} ${done === 1 ? "detection" : "detections"} looked at, ${number(changed)} decided anew.`;
  }
}
