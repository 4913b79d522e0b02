import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoAccess, Turns } from "../client/search.ts";
import type { AccessKey } from "../connection.ts";
import { apiUrlOf, type Place } from "../deployment.ts";
import { findSealingKeys } from "../key-file.ts";
import type { SumoProblem } from "../problem.ts";
import { type Sealed, type SealingKey, seal, unseal } from "../seal.ts";
import { turnsFor } from "./turns.ts";

const PATH_PREFIX = "v1/";

/** What it takes to ask Sumo as a connection does. Holds its key: it goes to the client, and nowhere else. */
export type Door = { access: SumoAccess; turns: Turns };

type Keyed = Place & Sealed & { id: string; keyOwner: string };

/**
 * Of a stored connection, as it is now: its key may have been rotated since it was asked last. `elsewhere`: where it would
 * be asked instead, were a change of it stored.
 */
export async function openDoor(
  connectionId: string,
  elsewhere?: Place & { keyOwner: string },
): Promise<Outcome<Door, SumoProblem>> {
  const row = await db().sumoConnection.findUnique({ where: { id: connectionId } });
  if (!row) return failure({ reason: "stopped", detail: "The connection is gone." });
  const key = await openKey({ ...row, sealed: Buffer.from(row.sealed) });
  return key.ok ? doorOf(elsewhere ?? row, key.value) : key;
}

/** Of a connection that is not stored yet. */
export function doorOf(
  { deployment, apiUrl, keyOwner }: Place & { keyOwner: string },
  { accessId, accessKey }: AccessKey,
): Outcome<Door, SumoProblem> {
  const url = apiUrlOf({ deployment, apiUrl }, env().sumoUrls);
  if (url === undefined) return failure({ reason: "not-allowed", detail: apiUrl ?? deployment });
  return success({
    access: { apiUrl: url, pathPrefix: PATH_PREFIX, accessId, accessKey },
    turns: turnsFor({ apiUrl: url, keyOwner, accessId }),
  });
}

async function openKey({ id, sealed, sealedWith }: Keyed): Promise<Outcome<AccessKey, SumoProblem>> {
  const opened = unseal(await sealingKeys(), { sealed, sealedWith }, contextOf(id));
  if (!opened.ok) return failure({ reason: "key-sealed", detail: sealedWith });
  return success(keySchema.parse(JSON.parse(opened.value)));
}

const keySchema = z.object({ accessId: z.string(), accessKey: z.string() });

/** Seals a connection's key with the first of the keys. */
export async function sealKey(connectionId: string, key: AccessKey): Promise<Sealed> {
  const [first] = await sealingKeys();
  if (!first) throw new Error("There is no key that seals.");
  return seal(first, JSON.stringify(keySchema.parse(key)), contextOf(connectionId));
}

function contextOf(connectionId: string): string {
  return `sumo-connection ${connectionId}`;
}

/** The supervisor has checked them, and made one if there was none. */
async function sealingKeys(): Promise<SealingKey[]> {
  const found = await findSealingKeys(env().keys, env().dataFolder);
  if (!found.ok) throw new Error(found.reason);
  return found.value.keys;
}

/** Seals anew what an older key has sealed, so that it can be taken out. Gives how many connections that were. */
export async function sealAnew(): Promise<number> {
  const [first] = await sealingKeys();
  const old = await db().sumoConnection.findMany({ where: { sealedWith: { not: first?.id ?? "" } } });
  let count = 0;
  for (const row of old) {
    const key = await openKey({ ...row, sealed: Buffer.from(row.sealed) });
    if (!key.ok) continue;
    const { sealed, sealedWith } = await sealKey(row.id, key.value);
    // Unless somebody has given it another key meanwhile.
    const { count: changed } = await db().sumoConnection.updateMany({
      where: { id: row.id, sealedWith: row.sealedWith, revision: row.revision },
      data: { sealed: new Uint8Array(sealed), sealedWith },
    });
    count += changed;
  }
  return count;
}
