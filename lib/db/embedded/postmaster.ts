import { execFile } from "node:child_process";
import { readFile, readlink, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { isProcessAlive } from "./process.ts";

/** What a running server tells about itself in its `postmaster.pid`. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/**
 * The live server of a data directory, or undefined. Removes a pid file that names a process which is something else:
 * after a restart of the machine numbers are used again, and PostgreSQL would refuse to start.
 */
export async function findPostmaster(directory: string): Promise<Postmaster | undefined> {
  const noted = await readPidFile(directory);
  if (!(noted && isProcessAlive(noted.pid))) return undefined; // PostgreSQL itself clears the file of a dead process.
  if (await serves(noted.pid, directory)) return noted;
  await rm(pidFile(directory), { force: true });
  return undefined;
}

/** Whether `pid` is still the server of this directory. */
export async function isServing(pid: number, directory: string): Promise<boolean> {
  return isProcessAlive(pid) && (await serves(pid, directory));
}

/** Lines by number: 1 process, 4 port, 8 state (https://www.postgresql.org/docs/18/storage-file-layout.html). */
export async function readPidFile(directory: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(directory), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), ready: (lines[7] ?? "").trim() === "ready" };
}

/** A server works in its data directory; a process that has ended works nowhere, and has no command line. */
async function serves(pid: number, directory: string): Promise<boolean> {
  if (process.platform === "linux") {
    // Root in a container may not look into another user's process, only at its command line.
    const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (workingFolder !== undefined) return workingFolder === (await realpath(directory));
    const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    return commandLine.split("\0").includes(directory);
  }
  const listed = await promisify(execFile)("ps", ["-o", "args=", "-p", String(pid)]).catch(() => ({
    stdout: "",
  }));
  return listed.stdout.includes(directory);
}

function pidFile(directory: string): string {
  return path.join(directory, "postmaster.pid");
}
