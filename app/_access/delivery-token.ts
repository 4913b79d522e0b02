import { noteUse } from "#lib/access/commands/tokens.ts";
import type { IngestToken } from "#lib/access/ingest-token.ts";
import { findToken } from "#lib/access/queries/tokens.ts";
import { TOKEN_PLACES, type TokenKind } from "#lib/access/token-kind.ts";
import { log } from "#lib/log.ts";
import { failure, type Outcome } from "#lib/outcome.ts";

/** Why a request may not deliver. */
export type TokenRefusal =
  | "no-token"
  | "damaged-token"
  | "unknown-token"
  | "revoked-token"
  | "other-kind"
  | "unavailable";

/**
 * For routes that programs deliver at: the token that the request carries, which must be made for this kind of sender. Of
 * senders that can put it nowhere else it is taken from the path.
 */
export async function authorizeToken(
  request: Request,
  kind: TokenKind,
  inPath?: string,
): Promise<Outcome<IngestToken, TokenRefusal>> {
  const text = tokenIn(request.headers) ?? (TOKEN_PLACES[kind] === "path" ? inPath : undefined);
  if (text === undefined) return failure("no-token");
  try {
    const token = await findToken(text);
    if (!token.ok) return token;
    if (token.value.kind !== kind) return failure("other-kind");
    await noteUse(token.value, new Date());
    return token;
  } catch (error) {
    // Programs come again when they are told so, and not after a page that says nothing.
    log.error({ error: (error as Error).message }, "a token could not be looked up");
    return failure("unavailable");
  }
}

/** `Bearer TOKEN`, the password of `Basic`, or the token alone: senders differ in what they let people write there. */
function tokenIn(headers: Headers): string | undefined {
  const header = headers.get("authorization")?.trim();
  if (!header) return undefined;
  const [scheme = "", value] = header.split(/\s+/, 2);
  if (value === undefined) return scheme;
  if (!/^basic$/i.test(scheme)) return value;
  const [name = "", password = ""] = Buffer.from(value, "base64").toString("utf8").split(/:(.*)/s);
  return password === "" ? name : password;
}
