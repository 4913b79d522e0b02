import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { env } from "#lib/env.ts";

/** Where delivered files wait to be read. All web and worker processes must see the same folder. */
function uploadsFolder(): string {
  return path.join(env().dataFolder, "uploads");
}

export async function ensureUploadsFolder(): Promise<string> {
  const folder = uploadsFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A delivered file. `storedAs` is a name of ours; a path in it is refused. */
export function uploadPath(storedAs: string): string {
  if (path.basename(storedAs) !== storedAs || storedAs.startsWith(".")) {
    throw new Error("An upload's name must be a plain file name.");
  }
  return path.join(uploadsFolder(), storedAs);
}

/** Removes a delivered file, with what the upload protocol keeps beside it. */
export async function removeUpload(storedAs: string): Promise<void> {
  const file = uploadPath(storedAs);
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}
