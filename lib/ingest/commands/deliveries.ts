import { createHash, randomUUID } from "node:crypto";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { announce } from "#lib/db/live.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { addImport, recordImport } from "../commands.ts";
import { type Deliverer, deliveryName, REMEMBERED_MS, sealTime } from "../delivery.ts";
import type { NewImport } from "../import.ts";
import { DELIVERY_PREFIX, type Received } from "../receive-body.ts";

/** `isRepeat`: it was delivered before, and this copy of it is not needed. */
export type Accepted = { importId: string; isRepeat: boolean };

/**
 * Records what was received, and queues the reading of it: a small body in the import that is open for its token, a file as
 * an import of its own. What comes again under the same key, or without one with the same bytes, within a day is the
 * import that it was the first time; under the key of another body it is refused.
 */
export async function acceptDelivery(
  from: Deliverer,
  received: Received,
  key: string | null,
  now: Date,
): Promise<Outcome<Accepted, "key-used">> {
  const keyHash = key === null ? received.bodyHash : hashOf(`key ${key}`);
  return await inTransaction(async (client) => {
    // Two that come at once under one key are one: the second waits here for the first.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `delivery ${from.id} ${Buffer.from(keyHash).toString("hex")}`,
    ]);
    const known = await findKnown(client, from, keyHash, now);
    if (known && !known.bodyHash.equals(received.bodyHash)) return failure("key-used");
    if (known) return success({ importId: known.importId, isRepeat: true });
    const importId = received.bytes
      ? await openImportOf(client, from, now)
      : await addImport(client, importOf(from, received.storedAs, received.byteSize, now));
    await client.query(
      `insert into delivery (token_id, key_hash, body_hash, byte_size, import_id, body, received_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [from.id, keyHash, received.bodyHash, received.byteSize, importId, received.bytes ?? null, now],
    );
    if (!received.bytes) await announce(client, { topic: "import", id: importId });
    return success({ importId, isRepeat: false });
  });
}

/** What was delivered under a key. Forgotten are those of yesterday, and of imports that somebody deleted. */
async function findKnown(
  client: Transaction,
  from: Deliverer,
  keyHash: Uint8Array,
  now: Date,
): Promise<{ importId: string; bodyHash: Buffer } | undefined> {
  await client.query(
    `delete from delivery where token_id = $1 and key_hash = $2 and body is null
       and (received_at < $3 or not exists (
         select from import where import.id = delivery.import_id and state not in ('deleting', 'deleted')))`,
    [from.id, keyHash, new Date(now.getTime() - REMEMBERED_MS)],
  );
  const { rows } = await client.query<{ importId: string; bodyHash: Buffer }>(
    `select import_id as "importId", body_hash as "bodyHash" from delivery where token_id = $1 and key_hash = $2`,
    [from.id, keyHash],
  );
  return rows[0];
}

/** The import that gathers a token's small deliveries; it is not sealed before this transaction ends. */
async function openImportOf(client: Transaction, from: Deliverer, now: Date): Promise<string> {
  for (;;) {
    const open = await client.query<{ importId: string }>(
      `select import_id as "importId" from open_import where token_id = $1 for share`,
      [from.id],
    );
    const importId = open.rows[0]?.importId ?? (await openImport(client, from, now));
    if (importId !== undefined) return importId;
  }
}

/** Undefined: another opened one meanwhile. */
async function openImport(client: Transaction, from: Deliverer, now: Date): Promise<string | undefined> {
  const token = await client.query<{ lastOpenedAt: Date | null }>(
    `select last_opened_at as "lastOpenedAt" from ingest_token where id = $1`,
    [from.id],
  );
  const sealAfter = sealTime(now, token.rows[0]?.lastOpenedAt ?? null);
  const importId = randomUUID();
  const { rowCount } = await client.query(
    `insert into open_import (token_id, import_id, seal_after) values ($1, $2, $3)
     on conflict (token_id) do nothing`,
    [from.id, importId, sealAfter],
  );
  if (rowCount !== 1) return undefined;
  const storedAs = `${DELIVERY_PREFIX}${importId}`;
  await recordImport(client, importOf(from, storedAs, 0, now), "receiving", importId);
  await client.query("update ingest_token set last_opened_at = $2 where id = $1", [from.id, now]);
  await announce(client, { topic: "import", id: importId });
  return importId;
}

function importOf(from: Deliverer, storedAs: string, byteSize: number, now: Date): NewImport {
  const { id, source } = from;
  const name = deliveryName(source, now);
  return { kind: "api", name, storedAs, byteSize, takenAs: "auto", createdBy: null, token: { id, source } };
}

function hashOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
