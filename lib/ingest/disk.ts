import { statfs } from "node:fs/promises";
import { env } from "#lib/env.ts";
import { ensureUploadsFolder } from "./uploads.ts";

/** Whether a delivery of so many bytes leaves of the disk what it must leave. */
export async function hasRoomFor(bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(await ensureUploadsFolder());
  return bavail * bsize - bytes >= env().limits.freeBytes;
}
