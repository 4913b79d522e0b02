import { randomUUID } from "node:crypto";
import { mkdir, realpath, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Failure, type Outcome, success } from "#lib/outcome.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";

const NEEDED_BYTES = 200 * 1024 ** 2;
const FULL = new Set(["ENOSPC", "EDQUOT"]);
const FORBIDDEN = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EEXIST",
  "ELOOP",
  "ENAMETOOLONG",
  "EINVAL",
]);

/** Makes `folder`, private to its user, and proves that it can be written to. Gives its real path. */
export async function openFolder(folder: string): Promise<Outcome<string, EmbeddedFailure>> {
  const probe = path.join(folder, `.probe-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Root passes every permission check, and a full disk accepts an empty file: only writing tells.
    await writeFile(probe, "x".repeat(4096), { flush: true });
    await rm(probe);
    return success(await realpath(folder));
  } catch (error) {
    await rm(probe, { force: true }).catch(() => {});
    return refuseForDisk(error, folder);
  }
}

/** Refuses when less is free than a start needs: better not to start than to stop in the middle of writing. */
export async function checkSpace(folder: string): Promise<Outcome<undefined, EmbeddedFailure>> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= NEEDED_BYTES) return success();
  const megabytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);
  return refuse(
    "no-space",
    `There is not enough space for the database in ${folder}: ${megabytes(freeBytes)} MB are free, ` +
      `${megabytes(NEEDED_BYTES)} MB are needed.`,
  );
}

/** The failure that an error of the file system stands for; any other error is a bug and is thrown again. */
export function refuseForDisk(error: unknown, place: string): Failure<EmbeddedFailure> {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (FULL.has(code)) return refuse("no-space", `There is no space left on the disk of ${place}.`);
  if (FORBIDDEN.has(code))
    return refuse("folder-unwritable", `The folder ${place} cannot be written to (${code}).`);
  throw error;
}
