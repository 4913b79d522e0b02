import { inTransaction } from "#lib/db/client.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { announce } from "#lib/db/live.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { DELETABLE, type ImportState } from "../import.ts";

export type DeleteImportFailure = "gone" | "changed-meanwhile" | "not-confirmed";

/** An import as somebody saw it, and the name that they typed to confirm that they mean it. */
export type ImportToDelete = { id: string; state: ImportState; typedName: string };

/**
 * Queues the deletion of what an import brought, if nobody reads or deletes it and it is as it was seen. A deletion that
 * failed is taken up again where it stopped.
 */
export async function requestDeletion(
  { id, state, typedName }: ImportToDelete,
  person: { id: string },
  now: Date,
): Promise<Outcome<undefined, DeleteImportFailure>> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<{ name: string; state: ImportState; failed: boolean }>(
      `select name, import.state, coalesce(deletion.state = 'failed', false) as failed
       from import left join import_deletion deletion on deletion.import_id = import.id
       where import.id = $1 for update of import`,
      [id],
    );
    const [row] = rows;
    if (!row) return failure("gone");
    const isOpen = row.failed || (DELETABLE as readonly ImportState[]).includes(row.state);
    if (row.state !== state || !isOpen) return failure("changed-meanwhile");
    if (typedName.trim() !== row.name.trim()) return failure("not-confirmed");
    await client.query("update import set state = 'deleting' where id = $1", [id]);
    await client.query(
      `insert into import_deletion (import_id, state, asked_by, created_at) values ($1, 'queued', $2, $3)
       on conflict (import_id) do update set state = 'queued', failure = null, finished_at = null`,
      [id, person.id, now],
    );
    await sendJob(client, "deletion", { importId: id });
    await announce(client, { topic: "import", id });
    return success();
  });
}
