import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import path from "node:path";
import { openLog } from "#lib/db/embedded/log-file.ts";

export type ChildPlan = {
  /** What a person would call it: "web server". */
  name: string;
  /** A file of this folder. */
  entry: string;
  args?: readonly string[];
  /** In addition to our own environment; read at each start. */
  variables: Record<string, string>;
  /** Absent: what it writes goes to our standard error. */
  logFile: string | undefined;
};

/**
 * Starts one of our own processes, with a channel for messages. It has a process group of its own, so that Ctrl-C in
 * a terminal reaches only us, who stop things in their order; that we are gone it sees by the channel's end.
 */
export function launch(plan: ChildPlan): ChildProcess {
  const output = plan.logFile === undefined ? 2 : openLog(plan.logFile);
  const child = spawn(process.execPath, [path.join(import.meta.dirname, plan.entry), ...(plan.args ?? [])], {
    // What an operator sets for us is meant for our parts too.
    env: { ...process.env, ...plan.variables },
    detached: true,
    stdio: ["ignore", output, output, "ipc"],
  });
  if (plan.logFile !== undefined) closeSync(output);
  return child;
}

/** Told once, in words, how a child ended; also when it could not be started at all. */
export function onEnd(child: ChildProcess, listener: (how: string) => void): void {
  let isTold = false;
  const tell = (how: string) => {
    if (!isTold) listener(how);
    isTold = true;
  };
  child.on("error", (error) => tell(error.message));
  child.on("exit", (code, signal) => tell(signal ? `signal ${signal}` : `exit code ${code}`));
}

/** Asks a child to stop, and after `graceMs` kills it and all that it has started. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const group = -child.pid;
  const ended = new Promise<void>((resolve) => onEnd(child, () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => {
    try {
      process.kill(group, "SIGKILL");
    } catch {
      // It ended in between.
    }
  }, graceMs);
  await ended;
  clearTimeout(timer);
}
