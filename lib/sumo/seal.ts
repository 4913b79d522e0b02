import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { failure, type Outcome, success } from "#lib/outcome.ts";

const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key that seals, with the name by which what it sealed remembers it. */
export type SealingKey = { id: string; key: Buffer };

/** What was sealed: nonce, tag, then the text. */
export type Sealed = { sealed: Buffer; sealedWith: string };

export type UnsealFault = "unknown-key" | "damaged";

/** Keys in the form `id:base64,id:base64`, the first of which seals. A failure names the place, and no key. */
export function parseSealingKeys(text: string): Outcome<SealingKey[], string> {
  const keys: SealingKey[] = [];
  for (const [at, pair] of text.split(",").entries()) {
    const [, id, encoded] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/_=-]+)\s*$/.exec(pair) ?? [];
    const key = Buffer.from(encoded ?? "", "base64");
    if (id === undefined || key.length !== KEY_BYTES) {
      return failure(`key ${at + 1} must be a name, a colon, and ${KEY_BYTES} bytes in base64`);
    }
    if (keys.some((one) => one.id === id)) return failure(`the name ${id} stands twice`);
    keys.push({ id, key });
  }
  return success(keys);
}

/** `context` has to be given again when it is opened: what is sealed for one row opens in no other. */
export function seal({ id, key }: SealingKey, text: string, context: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]), sealedWith: id };
}

export function unseal(
  keys: readonly SealingKey[],
  { sealed, sealedWith }: Sealed,
  context: string,
): Outcome<string, UnsealFault> {
  const known = keys.find(({ id }) => id === sealedWith);
  if (!known) return failure("unknown-key");
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  if (tag.length !== TAG_BYTES) return failure("damaged");
  try {
    const decipher = createDecipheriv(ALGORITHM, known.key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return success(Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8"));
  } catch {
    return failure("damaged");
  }
}
