import { randomUUID } from "node:crypto";
import { access } from "node:fs/promises";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { announce } from "#lib/db/live.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { canMove, IMPORT_MOVES, type ImportState, type NewImport } from "./import.ts";
import { uploadPath } from "./uploads.ts";

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
  const id = await recordImport(client, delivery, "queued");
  await sendJob(client, "import", { importId: id });
  return id;
}

/** Records an import, the reading of which somebody else queues. Returns its id. */
export async function recordImport(
  client: Transaction,
  delivery: NewImport,
  state: "receiving" | "queued",
  id: string = randomUUID(),
): Promise<string> {
  await client.query(
    `insert into import (id, kind, name, stored_as, byte_size, state, taken_as, created_by, token_id, source,
       connection_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      delivery.kind,
      storable(delivery.name).slice(0, MAX_NAME_LENGTH) || "unnamed",
      delivery.storedAs,
      delivery.byteSize,
      state,
      delivery.takenAs,
      delivery.createdBy,
      delivery.token?.id ?? null,
      delivery.token?.source ?? null,
      delivery.connectionId ?? null,
    ],
  );
  return id;
}

/** An import as somebody saw it when they pressed. */
export type SeenImport = { id: string; state: ImportState };
export type MoveImportFailure = "gone" | "changed-meanwhile" | "not-now" | "file-gone";

/**
 * Ends the reading of an import. What was read of it stays; the rest of its file is not read, and the file is kept for
 * KEPT_AFTER_END_MS, so that it can be read on.
 */
export async function cancelImport(
  seen: SeenImport,
  person: { id: string },
  now: Date,
): Promise<Outcome<undefined, MoveImportFailure>> {
  if (!canMove(seen.state, "cancel")) return failure("not-now");
  return await inTransaction(async (client) => {
    // One that was waiting when it was seen may be running by now: both can be cancelled.
    const { rowCount } = await client.query(
      `update import set state = 'cancelled', finished_at = $2, cancelled_by = $3
       where id = $1 and state = any($4)`,
      [seen.id, now, person.id, IMPORT_MOVES.cancel],
    );
    if (rowCount !== 1) return await missed(client, seen.id);
    await announce(client, { topic: "import", id: seen.id });
    return success();
  });
}

/** Queues an import that failed or was cancelled anew, to be read on behind the last record that was stored. */
export async function readOnImport(seen: SeenImport): Promise<Outcome<undefined, MoveImportFailure>> {
  if (!canMove(seen.state, "read-on")) return failure("not-now");
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ storedAs: string }>(
      `select stored_as as "storedAs" from import where id = $1 and state = $2 for update`,
      [seen.id, seen.state],
    );
    const [row] = rows;
    if (!row) return await missed(client, seen.id);
    if (!(await isThere(row.storedAs))) return failure("file-gone");
    await client.query(
      `update import set state = 'queued', attempts = 0, failure = null, failure_detail = null, finished_at = null,
         cancelled_by = null
       where id = $1`,
      [seen.id],
    );
    await sendJob(client, "import", { importId: seen.id });
    await announce(client, { topic: "import", id: seen.id });
    return success();
  });
}

async function missed(
  client: Transaction,
  id: string,
): Promise<Outcome<never, "gone" | "changed-meanwhile">> {
  const { rowCount } = await client.query("select 1 from import where id = $1", [id]);
  return failure(rowCount === 1 ? "changed-meanwhile" : "gone");
}

async function isThere(storedAs: string): Promise<boolean> {
  return await access(uploadPath(storedAs)).then(
    () => true,
    () => false,
  );
}
