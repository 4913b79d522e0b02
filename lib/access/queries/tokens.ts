import { timingSafeEqual } from "node:crypto";
import { db } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { type IngestToken, ingestTokenHash, isToken } from "../ingest-token.ts";
import type { TokenKind } from "../token-kind.ts";

/** The token that a text is, or why it lets nobody in. */
export async function findToken(
  text: string,
): Promise<Outcome<IngestToken, "damaged-token" | "unknown-token" | "revoked-token">> {
  if (!isToken(text)) return failure("damaged-token");
  const tokenHash = ingestTokenHash(text);
  const found = await db().ingestToken.findUnique({ where: { tokenHash } });
  if (!found || !timingSafeEqual(found.tokenHash, tokenHash)) return failure("unknown-token");
  if (found.revokedAt) return failure("revoked-token");
  const { id, name, source, kind, lastUsedAt } = found;
  return success({ id, name, source, kind: kind as TokenKind, lastUsedAt });
}

export type TokenRow = IngestToken & {
  /** Its last four characters. */
  tokenEnd: string;
  createdBy: string;
  createdAt: Date;
  revokedAt: Date | null;
  revokedBy: string | null;
};

/** More than can be valid at once, and revoked ones of a long time. */
export const MOST_TOKENS_LISTED = 500;

/** The tokens that can be used, and behind them those that were revoked last. */
export async function listTokens(): Promise<TokenRow[]> {
  const tokens = await db().ingestToken.findMany({
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { id: "desc" }],
    take: MOST_TOKENS_LISTED,
  });
  const ids = [...new Set(tokens.flatMap(({ createdBy, revokedBy }) => [createdBy, revokedBy ?? createdBy]))];
  const people = await db().person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? "somebody who is gone";
  return tokens.map((token) => ({
    id: token.id,
    name: token.name,
    source: token.source,
    kind: token.kind as TokenKind,
    tokenEnd: token.tokenEnd,
    createdBy: nameOf(token.createdBy),
    createdAt: token.createdAt,
    lastUsedAt: token.lastUsedAt,
    revokedAt: token.revokedAt,
    revokedBy: token.revokedBy && nameOf(token.revokedBy),
  }));
}

/** Names of sources that tokens were made for, to be offered when another is made. */
export async function listTokenSources(): Promise<string[]> {
  const rows = await db().ingestToken.findMany({
    distinct: ["source"],
    select: { source: true },
    orderBy: { source: "asc" },
    take: MOST_TOKENS_LISTED,
  });
  return rows.map(({ source }) => source);
}

/** Names of sources for which some token is still good. */
export async function listOpenSources(): Promise<string[]> {
  const rows = await db().ingestToken.findMany({
    where: { revokedAt: null },
    distinct: ["source"],
    select: { source: true },
  });
  return rows.map(({ source }) => source);
}
