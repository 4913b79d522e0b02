import { type FileHandle, open } from "node:fs/promises";
import { inTransaction, pool, type Transaction } from "#lib/db/client.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { announce } from "#lib/db/live.ts";
import { env } from "#lib/env.ts";
import { SEAL_BYTES, SEAL_DELIVERIES } from "../delivery.ts";
import { TAR_END, tarHeader, tarPadding } from "../tar-archive.ts";
import { ensureUploadsFolder, makeDurable, uploadPath } from "../uploads.ts";

/** Seals every import whose time has come, or that holds enough. Gives how many. */
export async function sealDeliveries(now: Date): Promise<number> {
  const { rows } = await pool().query<{ importId: string }>(
    `select import_id as "importId" from open_import left join lateral (
       select count(*) as deliveries, coalesce(sum(byte_size), 0) as bytes
       from delivery where delivery.import_id = open_import.import_id) held on true
     where seal_after <= $1 or held.bytes >= $2 or held.deliveries >= $3`,
    [now, SEAL_BYTES, Math.min(SEAL_DELIVERIES, env().limits.entries)],
  );
  for (const { importId } of rows) await sealImport(importId);
  return rows.length;
}

/**
 * Writes what an open import has gathered to its file, and queues the reading of it. Until that is committed all of it stays
 * in the database, so that a worker that dies on the way has changed nothing: the next one writes the file anew.
 */
async function sealImport(importId: string): Promise<void> {
  await inTransaction(async (client) => {
    // Waits for those who are just adding to it; whoever comes later opens another.
    const { rowCount } = await client.query("select from open_import where import_id = $1 for update", [
      importId,
    ]);
    if (rowCount !== 1) return;
    const { rows } = await client.query<{ storedAs: string }>(
      `select stored_as as "storedAs" from import where id = $1`,
      [importId],
    );
    const byteSize = rows[0] ? await writeDeliveries(client, importId, rows[0].storedAs) : 0;
    await client.query("delete from open_import where import_id = $1", [importId]);
    await client.query("update delivery set body = null where import_id = $1", [importId]);
    await client.query(
      "update import set state = 'queued', byte_size = $2 where id = $1 and state = 'receiving'",
      [importId, byteSize],
    );
    await sendJob(client, "import", { importId });
    await announce(client, { topic: "import", id: importId });
  });
}

/** One delivery is the file, as it came; several are an archive, for each may have a form of its own. Gives the file's size. */
async function writeDeliveries(client: Transaction, importId: string, storedAs: string): Promise<number> {
  await ensureUploadsFolder();
  const file = await open(uploadPath(storedAs), "w", 0o600);
  try {
    const count = await countDeliveries(client, importId);
    for await (const delivery of deliveriesOf(client, importId)) {
      if (count === 1) await file.writeFile(delivery.body);
      else await addMember(file, delivery);
    }
    if (count > 1) await file.writeFile(TAR_END);
    await makeDurable(storedAs);
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function addMember(file: FileHandle, { id, body, receivedAt }: Held): Promise<void> {
  const name = `delivery ${id} ${receivedAt.toISOString()}`;
  await file.writeFile(
    Buffer.concat([tarHeader(name, body.length, receivedAt), body, tarPadding(body.length)]),
  );
}

async function countDeliveries(client: Transaction, importId: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    "select count(*) from delivery where import_id = $1 and body is not null",
    [importId],
  );
  return Number(rows[0]?.count);
}

type Held = { id: string; body: Buffer; receivedAt: Date };

/** Of 256 kB at most each. */
const AT_ONCE = 32;

async function* deliveriesOf(client: Transaction, importId: string): AsyncGenerator<Held> {
  let after = "0";
  for (;;) {
    const { rows } = await client.query<Held>(
      `select id, body, received_at as "receivedAt" from delivery
       where import_id = $1 and id > $2 and body is not null order by id limit ${AT_ONCE}`,
      [importId, after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last.id;
  }
}
