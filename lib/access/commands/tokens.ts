import { db } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { type IngestToken, ingestTokenHash, mintToken, type TokenDraft } from "../ingest-token.ts";

type Author = { id: string };

/** More than anybody keeps in view; each is a way in. */
const MAX_TOKENS = 200;

export type TokenFault = "name-taken" | "too-many" | "gone" | "revoked-already";

/** Makes a token. Gives the token itself, which is kept nowhere. */
export async function makeToken(
  draft: TokenDraft,
  admin: Author,
  now: Date,
): Promise<Outcome<{ id: string; token: string }, "name-taken" | "too-many">> {
  if ((await db().ingestToken.count({ where: { revokedAt: null } })) >= MAX_TOKENS)
    return failure("too-many");
  const token = mintToken();
  try {
    const { id } = await db().ingestToken.create({
      data: {
        ...draft,
        tokenHash: ingestTokenHash(token),
        tokenEnd: token.slice(-4),
        createdBy: admin.id,
        createdAt: now,
      },
      select: { id: true },
    });
    return success({ id, token });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "P2002") return failure("name-taken");
    throw error;
  }
}

/** Makes a token useless from the next request on. What it delivered stays, and is read. */
export async function revokeToken(
  tokenId: string,
  admin: Author,
  now: Date,
): Promise<Outcome<undefined, "gone" | "revoked-already">> {
  const { count } = await db().ingestToken.updateMany({
    where: { id: tokenId, revokedAt: null },
    data: { revokedAt: now, revokedBy: admin.id },
  });
  if (count === 1) return success();
  const token = await db().ingestToken.findUnique({ where: { id: tokenId }, select: { id: true } });
  return failure(token ? "revoked-already" : "gone");
}

/** So coarse is it kept when a token was last used: a write for each delivery would be dear. */
const USE_IS_NOTED_EVERY_MS = 5 * 60_000;

export async function noteUse({ id, lastUsedAt }: IngestToken, now: Date): Promise<void> {
  if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < USE_IS_NOTED_EVERY_MS) return;
  await db().ingestToken.update({ where: { id }, data: { lastUsedAt: now } });
}
