import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Outcome, success } from "#lib/outcome.ts";
import { newDraft, publishDraft } from "./draft.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";
import { refuseForDisk } from "./folder.ts";
import type { Place } from "./place.ts";
import { serverProcess } from "./settings.ts";

/** Of the superuser, who only tends the server, and of the role that the application signs in with. */
export type Passwords = { superuser: string; application: string };

export function dataDirectory(place: Place): string {
  return path.join(place.home, "data");
}

/** Makes the cluster when there is none, and checks that this version of PostgreSQL can read it. */
export async function ensureCluster(place: Place): Promise<Outcome<Passwords, EmbeddedFailure>> {
  try {
    if (!existsSync(place.home)) {
      const made = await makeCluster(place);
      if (!made.ok) return made;
    }
    const found = (await readFile(path.join(dataDirectory(place), "PG_VERSION"), "utf8")).trim();
    if (found !== place.majorVersion) {
      return refuse(
        "wrong-version",
        `The database in ${place.home} was made by PostgreSQL ${found}, and this is PostgreSQL ${place.majorVersion}: ` +
          "export it with the version that made it, and import it into a new one.",
      );
    }
    return success(JSON.parse(await readFile(passwordFile(place.home), "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return refuse(
        "database-missing",
        `The folder ${place.home} is not a complete database: ${error.message}.`,
      );
    }
    return refuseForDisk(error, place.home);
  }
}

async function makeCluster(place: Place): Promise<Outcome<undefined, EmbeddedFailure>> {
  const draft = await newDraft(place.home);
  const passwords: Passwords = { superuser: newPassword(), application: newPassword() };
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile(draft), JSON.stringify(passwords), { mode: 0o600, flush: true });
  const forInitdb = path.join(draft, "superuser");
  await writeFile(forInitdb, passwords.superuser, { mode: 0o600 });
  if (place.owner) {
    for (const name of [draft, forInitdb]) await chown(name, place.owner.uid, place.owner.gid);
  }

  const complaint = await initialise(place, path.join(draft, "data"), forInitdb);
  if (complaint === undefined) {
    await rm(forInitdb);
    await publishDraft(draft, place.home);
    return success();
  }
  await rm(draft, { recursive: true, force: true });
  if (complaint.includes("No space left on device")) {
    return refuse("no-space", `There is no space left for the database in ${place.home}.`);
  }
  return refuse("not-started", `The database in ${place.home} could not be made: ${complaint}`);
}

/** Runs `initdb`. Gives what it said when it failed. */
async function initialise(place: Place, directory: string, password: string): Promise<string | undefined> {
  const args = [
    ["--pgdata", directory, "--username", "postgres", "--pwfile", password, "--auth", "scram-sha-256"],
    ["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
    ["--data-checksums", "--no-instructions"],
  ].flat();
  try {
    await promisify(execFile)(
      path.join(place.serverFiles, "bin", "initdb"),
      args,
      serverProcess(place.owner),
    );
    return undefined;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    return said.split("\n").slice(-4).join(" ") || String(error);
  }
}

function passwordFile(home: string): string {
  return path.join(home, "passwords.json");
}

function newPassword(): string {
  return randomBytes(24).toString("hex");
}
