import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { appendFileSync, closeSync, fstatSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataDirectory } from "./cluster.ts";
import { openLog } from "./log-file.ts";
import type { Place } from "./place.ts";
import { isServing, type Postmaster } from "./postmaster.ts";
import { serverArguments, serverProcess } from "./settings.ts";

/** A server's process, started by us or found running. */
export type ServerProcess = {
  pid: number;
  isAlive(): Promise<boolean>;
  /** Called once, when the process has ended. Does not keep our own process alive. */
  onExit(listener: () => void): void;
  /** What the server wrote to its log since it was started; nothing is known of one that was found running. */
  log: { file: string; fromByte: number } | undefined;
};

/**
 * Starts `postgres` in a process group of its own, so that Ctrl-C in a terminal reaches us and not it, and so that it
 * outlives us when we are killed: the next start finds it.
 */
export function launchServer(place: Place, port: number, logFile: string): ServerProcess {
  const descriptor = openLog(logFile);
  const fromByte = fstatSync(descriptor).size;
  const program = path.join(place.serverFiles, "bin", "postgres");
  const child = spawn(program, serverArguments(dataDirectory(place), port), {
    ...serverProcess(place.owner),
    detached: true,
    stdio: ["ignore", descriptor, descriptor],
  });
  closeSync(descriptor);
  child.unref();

  let ended = false;
  const listeners: (() => void)[] = [];
  const end = () => {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener();
  };
  child.on("error", (error) => {
    appendFileSync(logFile, `${error.message}\n`);
    end();
  });
  child.on("exit", end);
  return {
    pid: child.pid ?? 0,
    isAlive: async () => !ended,
    onExit: (listener) => void listeners.push(listener),
    log: { file: logFile, fromByte },
  };
}

/** A server that an earlier start left running. */
export function adoptServer(found: Postmaster, directory: string): ServerProcess {
  const isAlive = () => isServing(found.pid, directory);
  return {
    pid: found.pid,
    isAlive,
    onExit: (listener) => {
      const timer = setInterval(async () => {
        if (await isAlive()) return;
        clearInterval(timer);
        listener();
      }, 500).unref();
    },
    log: undefined,
  };
}

/**
 * Fast shutdown first: sessions end and everything is written to its place. Then the harder ways, so that it never
 * stays half-stopped (https://www.postgresql.org/docs/18/server-shutdown.html).
 */
export async function stopServer(server: ServerProcess): Promise<void> {
  const ways = [
    ["SIGINT", 60_000],
    ["SIGQUIT", 15_000],
    ["SIGKILL", 5_000],
  ] as const;
  for (const [signal, patienceMs] of ways) {
    const until = Date.now() + patienceMs;
    if (!(await server.isAlive())) return;
    sendSignal(server.pid, signal);
    while ((await server.isAlive()) && Date.now() < until) await sleep(50);
  }
}

/**
 * Ports from 32768 on are lent to outgoing connections, so a server that is started again could find its own taken.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}
