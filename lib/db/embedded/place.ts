import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Outcome, success } from "#lib/outcome.ts";
import { findBundledServer, majorVersion, restoreLinks } from "./bundled-server.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";
import { refuseForDisk } from "./folder.ts";
import { shareServerFiles } from "./server-copy.ts";
import { ensureSystemUser, type Owner } from "./system-user.ts";

/**
 * Where a database lies and as whom its processes run. PostgreSQL refuses to run as root, and another user cannot
 * enter a private folder: so for root both database and server files lie outside the data folder.
 */
export type Place = {
  /** Holds the cluster and its passwords; appears in one step, complete. */
  home: string;
  /** Holds `bin`, `lib` and `share`. */
  serverFiles: string;
  majorVersion: string;
  /** Absent: as ourselves. */
  owner: Owner | undefined;
};

const STATE_FOLDER = "/var/lib/barnacle";
const NOTE = "where-the-database-is.txt";

export async function findPlace(dataFolder: string): Promise<Outcome<Place, EmbeddedFailure>> {
  const bundled = await findBundledServer();
  if (!bundled.ok) return bundled;
  const files = bundled.value;
  const inside = path.join(dataFolder, "postgres");
  const noted = await readNote(dataFolder);

  if (process.getuid?.() !== 0) {
    if (noted) {
      return refuse(
        "database-missing",
        `The database of ${dataFolder} was made by root, in ${noted}. Start as root.`,
      );
    }
    await restoreLinks(files.folder);
    return success({
      home: inside,
      serverFiles: files.folder,
      majorVersion: majorVersion(files),
      owner: undefined,
    });
  }

  if (noted && !existsSync(noted)) {
    return refuse(
      "database-missing",
      `The database of ${dataFolder} is missing: ${noted} does not exist. Restore it, or remove ${dataFolder} to begin anew.`,
    );
  }
  try {
    await mkdir(STATE_FOLDER, { recursive: true });
    await chmod(STATE_FOLDER, 0o711);
    const serverFiles = await shareServerFiles(files, STATE_FOLDER);
    const ours = { serverFiles, majorVersion: majorVersion(files) };

    // Made earlier by an ordinary user: it stays theirs.
    const before = noted ? undefined : await stat(inside).catch(() => undefined);
    if (before) return success({ ...ours, home: inside, owner: { uid: before.uid, gid: before.gid } });

    const owner = await ensureSystemUser();
    if (!owner.ok) return owner;
    const home = noted ?? path.join(STATE_FOLDER, randomBytes(8).toString("hex"));
    return success({ ...ours, home, owner: owner.value });
  } catch (error) {
    return refuseForDisk(error, STATE_FOLDER);
  }
}

/**
 * Writes into the data folder where its database lies, once that is complete. The name is kept there rather than
 * derived from the folder's path, so that database and folder stay together when the folder is moved, and so that a
 * new folder of the same name begins empty. False: another start was faster, and its database counts.
 */
export async function notePlace(dataFolder: string, home: string): Promise<boolean> {
  if (home.startsWith(dataFolder)) return true;
  // For whoever finds it and wonders; a folder that was moved is named anew.
  await writeFile(path.join(home, "belongs-to.txt"), `${dataFolder}\n`);
  if ((await readNote(dataFolder)) === home) return true;
  const note = path.join(dataFolder, NOTE);
  const draft = `${note}.${randomUUID()}`;
  const text = `PostgreSQL does not run as root and cannot enter this folder. The database that belongs to it is in\n${home}\n`;
  await writeFile(draft, text, { flush: true });
  try {
    await link(draft, note);
    return true;
  } catch (error) {
    if (existsSync(note)) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readNote(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(path.join(dataFolder, NOTE), "utf8").catch(() => "");
  const id = new RegExp(`^${STATE_FOLDER}/([0-9a-f]{16})$`, "m").exec(text)?.[1];
  return id && path.join(STATE_FOLDER, id);
}
