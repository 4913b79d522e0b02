import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { TOKEN_KINDS, type TokenKind } from "./token-kind.ts";

/** Whoever holds the token delivers in the name of `source`, and can do nothing else. */
export type IngestToken = {
  id: string;
  name: string;
  source: string;
  kind: TokenKind;
  /** To a few minutes. */
  lastUsedAt: Date | null;
};

const oneLine = (what: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `Enter ${what}.` })
    .max(max, { error: `Use at most ${max} characters.` })
    .regex(/^\P{C}*$/u, { error: "Use one line, without control characters." });

export const tokenDraftSchema = z.strictObject({
  name: oneLine("a name by which the token is told from others", 60),
  source: oneLine("the name of the source", 60),
  kind: z.enum(TOKEN_KINDS, { error: "Choose who delivers with it." }),
});
export type TokenDraft = z.infer<typeof tokenDraftSchema>;

/** By the prefix and the checksum a scanner for secrets knows a token of ours wherever one lies. */
const PREFIX = "bcl_";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 256 bits in digits of base 62, and 32 bits. */
const SECRET_LENGTH = 43;
const CHECK_LENGTH = 6;
const TOKEN = new RegExp(`^${PREFIX}[0-9A-Za-z]{${SECRET_LENGTH + CHECK_LENGTH}}$`);

/** 256 random bits, such as `bcl_` and 49 letters and digits: a double click selects it whole. */
export function mintToken(): string {
  const secret = PREFIX + digits(BigInt(`0x${randomBytes(32).toString("hex")}`), SECRET_LENGTH);
  return secret + checkOf(secret);
}

/** Whether a text is whole, so that one that was cut or mistyped need not be looked for. */
export function isToken(text: string): boolean {
  return TOKEN.test(text) && text.endsWith(checkOf(text.slice(0, -CHECK_LENGTH)));
}

/** All that is stored of a token: random enough to need no salt, and looked up whole, so that no comparison takes longer for a better guess. */
export function ingestTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}

function checkOf(secret: string): string {
  return digits(BigInt(crc32(secret)), CHECK_LENGTH);
}

function digits(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text;
  return text;
}
