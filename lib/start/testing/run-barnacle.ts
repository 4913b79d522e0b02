import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startEmbedded } from "#lib/db/embedded/server.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const MAIN = path.join(ROOT, "lib/start/main.ts");

export type Barnacle = {
  child: ChildProcess;
  pid: number;
  stdout(): string;
  stderr(): string;
  /** The address it prints; throws what it complained about when it ends instead. */
  url(): Promise<string>;
  exit: Promise<{ code: number | null; signal: string | null }>;
};

export type Process = { pid: number; command: string };

/** Not built here: preparing may replace the packages, those of the running tests too. */
export function requireBuild(): void {
  if (existsSync(path.join(ROOT, ".next/BUILD_ID"))) return;
  throw new Error("These tests need the built pages: run them with npm test, or run npm start once.");
}

/** Starts the application as `npm start` would, once everything is prepared, on any free port. */
export function runBarnacle(
  dataFolder: string,
  variables: Record<string, string> = {},
  args: readonly string[] = [],
): Barnacle {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: ROOT,
    env: {
      // It is started as from this terminal.
      ...process.env,
      DATABASE_URL: "",
      PORT: "0",
      BARNACLE_DATA: dataFolder,
      BARNACLE_SECRET: "",
      BARNACLE_LOG_LEVEL: "info",
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    said.stderr += chunk;
  });
  const exit = once(child, "close").then(([code, signal]) => ({ code, signal }));
  return {
    child,
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    exit,
    url: async () => {
      for (;;) {
        const found = /running at (\S+)/.exec(said.stdout)?.[1];
        if (found) return found;
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended: ${said.stderr}`);
        await sleep(50);
      }
    },
  };
}

/** What a supervisor has started: web server, worker, database. */
export function partsOf(barnacle: Barnacle): Process[] {
  return listProcesses().filter((process) => process.parent === barnacle.pid);
}

/** Waits until none of them lives; one that has ended and was not yet waited for does not count. */
export async function untilGone(processes: readonly Process[]): Promise<void> {
  for (;;) {
    const alive = new Set(listProcesses().map((process) => process.pid));
    if (!processes.some((process) => alive.has(process.pid))) return;
    await sleep(50);
  }
}

export async function newDataFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), "barnacle data "));
}

/** Stops whatever still runs in it. */
export async function removeDataFolder(dataFolder: string): Promise<void> {
  const isUsed = ["postgres", "where-the-database-is.txt"].some((name) =>
    existsSync(path.join(dataFolder, name)),
  );
  const left = isUsed ? await startEmbedded({ dataFolder }) : undefined;
  if (left?.ok) {
    await left.value.stop();
    await rm(left.value.home, { recursive: true, force: true });
  }
  await rm(dataFolder, { recursive: true, force: true });
}

export async function readLog(dataFolder: string, name: string): Promise<string> {
  return readFile(path.join(dataFolder, "logs", name), "utf8");
}

function listProcesses(): (Process & { parent: number })[] {
  const text = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command ?? "" }];
  });
}
