import { closeSync, copyFileSync, mkdirSync, openSync, statSync, truncateSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

const MAX_BYTES = 20 * 1024 ** 2;

/**
 * Opens a log for a process to write to, after what it holds already. The caller closes the descriptor once the
 * process has it.
 */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  limitLog(file);
  return openSync(file, "a", 0o600);
}

/**
 * Keeps a log within bounds, also while it is being written to: what it holds goes to `file.1`, and the file is
 * emptied in place, because its writer keeps it open and appends.
 */
export function limitLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= MAX_BYTES) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}

/** The last lines that a log received after its first `fromByte` bytes, for a message to a person. */
export async function lastLines(file: string, count: number, fromByte = 0): Promise<string[]> {
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const lines = bytes.subarray(fromByte).toString("utf8").trimEnd().split("\n");
  return lines.slice(-count);
}
