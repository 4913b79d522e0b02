import type { ChildProcess } from "node:child_process";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { type ChildPlan, endChild, launch, onEnd } from "./child.ts";

export type KeptChild = {
  /** What it says first; a failure when it ends before it says anything. */
  firstMessage: Promise<Outcome<unknown, string>>;
  stop(graceMs: number): Promise<void>;
};

const STEADY_MS = 60_000;
const MAX_PAUSE_MS = 30_000;

/** The pause before the next start, after so many ends in a row. */
export function pauseMs(failures: number): number {
  return Math.min(MAX_PAUSE_MS, 1000 * 2 ** Math.max(0, failures - 1));
}

/** Starts a child, and starts it again whenever it ends by itself. */
export function keepRunning(plan: ChildPlan, complain: (sentence: string) => void): KeptChild {
  const first = Promise.withResolvers<Outcome<unknown, string>>();
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopping = false;
  let failures = 0;

  const start = () => {
    const begun = Date.now();
    child = launch(plan);
    child.on("message", (message) => first.resolve(success(message)));
    onEnd(child, (how) => {
      if (isStopping) return;
      failures = Date.now() - begun > STEADY_MS ? 1 : failures + 1;
      first.resolve(failure(`The ${plan.name} did not start (${how}).${seeLog(plan)}`));
      const pause = pauseMs(failures);
      complain(
        `The ${plan.name} ended by itself (${how}) and is started again in ${pause / 1000} s.${seeLog(plan)}`,
      );
      timer = setTimeout(start, pause);
    });
  };
  start();

  return {
    firstMessage: first.promise,
    stop: async (graceMs) => {
      isStopping = true;
      clearTimeout(timer);
      if (child) await endChild(child, graceMs);
    },
  };
}

export function seeLog(plan: ChildPlan): string {
  return plan.logFile === undefined ? "" : ` See ${plan.logFile}.`;
}
