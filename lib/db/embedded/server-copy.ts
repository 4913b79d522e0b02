import { existsSync } from "node:fs";
import { chmod, cp, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { restoreLinks, type ServerFiles } from "./bundled-server.ts";
import { newDraft, publishDraft } from "./draft.ts";

/**
 * Copies the server's files to where every user can run them, once a version. They belong to us and not to the user
 * that runs them, who has no business changing them.
 */
export async function shareServerFiles(files: ServerFiles, stateFolder: string): Promise<string> {
  const shared = path.join(stateFolder, `server-${files.version}-${process.arch}`);
  if (existsSync(shared)) return shared;

  const draft = await newDraft(shared);
  await cp(files.folder, draft, { recursive: true, verbatimSymlinks: true });
  await restoreLinks(draft);
  await makeReadable(draft);
  await publishDraft(draft, shared);
  return shared;
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(place, 0o755);
    if (entry.isFile()) await chmod(place, (await stat(place)).mode & 0o100 ? 0o755 : 0o644);
  }
}
