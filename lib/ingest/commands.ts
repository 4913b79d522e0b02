import { randomUUID } from "node:crypto";
import { inTransaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import { sendJob } from "#lib/db/jobs.ts";
import type { ImportKind, TakenAs } from "./import.ts";

const MAX_NAME_LENGTH = 255;

export type NewImport = {
  kind: ImportKind;
  /** The file's name as it was delivered; shown, never trusted. */
  name: string;
  /** Its name in the uploads folder, where it lies complete. */
  storedAs: string;
  byteSize: number;
  takenAs: TakenAs;
  /** The person who delivered it. */
  createdBy: string | null;
};

/** Records a delivery and queues the reading of it. Returns the import's id. */
export async function createImport(delivery: NewImport): Promise<string> {
  const id = randomUUID();
  await inTransaction(async (client) => {
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
  });
  return id;
}
