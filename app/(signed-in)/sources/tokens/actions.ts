"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { makeToken, revokeToken, type TokenFault } from "#lib/access/commands/tokens.ts";
import { tokenDraftSchema } from "#lib/access/ingest-token.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { Refusal } from "../../../_access/refusal-words.ts";
import { type InvalidInput, parseInput } from "../inputs.ts";

export type TokenRefusal = InvalidInput | { kind: Refusal | TokenFault };

const revokeInput = z.strictObject({ tokenId: z.guid() });

/** Makes a token. Gives it: it is shown once, and kept nowhere. */
export async function makeTokenAction(input: unknown): Promise<Outcome<string, TokenRefusal>> {
  const admin = await authorize("tokens.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = parseInput(tokenDraftSchema, input);
  if (!parsed.ok) return parsed;
  const made = await makeToken(parsed.value, admin.value, new Date());
  return made.ok ? { ok: true, value: made.value.token } : failure({ kind: made.reason });
}

export async function revokeTokenAction(input: unknown): Promise<Outcome<undefined, TokenRefusal>> {
  const admin = await authorize("tokens.manage");
  if (!admin.ok) return failure({ kind: admin.reason });
  const parsed = parseInput(revokeInput, input);
  if (!parsed.ok) return parsed;
  const outcome = await revokeToken(parsed.value.tokenId, admin.value, new Date());
  refresh();
  return outcome.ok ? outcome : failure({ kind: outcome.reason });
}
