import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

/**
 * The files at `given` (a file, or a folder with all below it), in the order of their names. Links inside folders are
 * not followed. Throws what the file system throws.
 */
export async function* listFiles(given: string): AsyncGenerator<string> {
  const entry = await lstat(given);
  if (!entry.isDirectory()) {
    yield given;
    return;
  }
  const names = (await readdir(given)).sort();
  for (const name of names) {
    const inside = path.join(given, name);
    const kind = await lstat(inside);
    if (kind.isDirectory() || kind.isFile()) yield* listFiles(inside);
  }
}
