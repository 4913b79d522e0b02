import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isProcessAlive } from "./process.ts";

/**
 * The name under which a folder is made before it is complete, so that a start that is killed half-way leaves nothing
 * that could be taken for the whole. Removes what such starts have left in the same
 * folder, which holds nothing but ours. What a killed start had begun may still be writing there (initdb outlives it), so
 * that a folder found empty is not empty any more when it is removed: that is tried again, some 20 s in all.
 */
export async function newDraft(place: string): Promise<string> {
  const parent = path.dirname(place);
  for (const name of await readdir(parent)) {
    const maker = /\.new-(\d+)-/.exec(name)?.[1];
    if (maker === undefined || isProcessAlive(Number(maker))) continue;
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  return `${place}.new-${process.pid}-${randomUUID()}`;
}

/** Gives a complete draft its name. When another start was faster, its folder stays and the draft goes. */
export async function publishDraft(draft: string, place: string): Promise<void> {
  try {
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
}
