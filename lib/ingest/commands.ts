import { randomUUID } from "node:crypto";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { sendJob } from "#lib/db/jobs.ts";
import type { NewImport } from "./import.ts";

const MAX_NAME_LENGTH = 255;

/**
 * Records a delivery and queues the reading of it. Returns the import's id: of the file that is one already, that one's, so
 * that a delivery whose answer was lost can be repeated.
 */
export async function createImport(delivery: NewImport): Promise<string> {
  return await inTransaction(async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      `delivery ${delivery.storedAs}`,
    ]);
    const known = await client.query<{ id: string }>("select id from import where stored_as = $1", [
      delivery.storedAs,
    ]);
    return known.rows[0]?.id ?? (await addImport(client, delivery));
  });
}

/** Records a delivery that is none yet as part of a transaction, and queues the reading of it. Returns the import's id. */
export async function addImport(client: Transaction, delivery: NewImport): Promise<string> {
  const id = randomUUID();
  await client.query(
    `insert into import (id, kind, name, stored_as, byte_size, state, taken_as, created_by)
     values ($1, $2, $3, $4, $5, 'queued', $6, $7)`,
    [
      id,
      delivery.kind,
      storable(delivery.name).slice(0, MAX_NAME_LENGTH) || "unnamed",
      delivery.storedAs,
      delivery.byteSize,
      delivery.takenAs,
      delivery.createdBy,
    ],
  );
  await sendJob(client, "import", { importId: id });
  return id;
}
