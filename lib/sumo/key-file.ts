import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { parseSealingKeys, type SealingKey } from "./seal.ts";

/** The keys that the operator gives, else the data folder's own. A failure is a sentence. */
export async function findSealingKeys(
  given: string | undefined,
  dataFolder: string,
): Promise<Outcome<{ keys: SealingKey[]; text: string }, string>> {
  const text = given === undefined ? await ensureKeyFile(dataFolder) : success(given);
  if (!text.ok) return text;
  const keys = parseSealingKeys(text.value);
  if (!keys.ok) return failure(`BARNACLE_KEYS cannot be used: ${keys.reason}.`);
  return success({ keys: keys.value, text: text.value });
}

/**
 * The key that seals what is secret of connections, in the form of BARNACLE_KEYS: made once for a data folder and readable
 * by its user only.
 */
async function ensureKeyFile(dataFolder: string): Promise<Outcome<string, string>> {
  const file = path.join(dataFolder, "sealing-key");
  if ((await readKeys(file)) === undefined) {
    const draft = `${file}.${randomUUID()}`;
    const content = `own-${randomUUID().slice(0, 8)}:${randomBytes(32).toString("base64")}`;
    await writeFile(draft, content, { mode: 0o600, flush: true });
    // Appears complete or not at all; when another start is faster, its key counts.
    await link(draft, file).catch(() => {});
    await rm(draft, { force: true });
  }
  const keys = await readKeys(file);
  if (keys !== undefined && parseSealingKeys(keys).ok) return success(keys);
  return failure(
    `The key in ${file} is damaged. Put it back from a copy; without it every connection needs its access key anew.`,
  );
}

async function readKeys(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
