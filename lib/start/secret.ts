import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { failure, type Outcome, success } from "#lib/outcome.ts";

const MIN_LENGTH = 32;

/** The secret that signs session cookies, made once for a data folder and readable by its user only. */
export async function ensureSecret(dataFolder: string): Promise<Outcome<string, string>> {
  const file = path.join(dataFolder, "secret");
  const draft = `${file}.${randomUUID()}`;
  const existing = await readSecret(file);
  if (existing === undefined) {
    await writeFile(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
    // Appears complete or not at all; when another start is faster, its secret counts.
    await link(draft, file).catch(() => {});
    await rm(draft, { force: true });
  }
  const secret = existing ?? (await readSecret(file));
  if (secret !== undefined && secret.length >= MIN_LENGTH) return success(secret);
  return failure(`The secret in ${file} is damaged. Remove the file (everybody will have to sign in again).`);
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
