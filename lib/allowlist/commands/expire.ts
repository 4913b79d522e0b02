import { inTransaction } from "#lib/db/client.ts";
import { appendChange, changeAllowlist, holdEntry, type SeenEntry, saveEntry } from "./store.ts";

/**
 * Writes the end of entries whose time is over into their state and history, at the time at which they ended. Nothing else
 * changes: their intervals ended by themselves.
 */
export async function expireEntries(now: Date): Promise<number> {
  const due = await inTransaction(
    async (client) =>
      (
        await client.query<SeenEntry>(
          "select id, revision from allow_entry where state in ('observing', 'enforcing') and expires_at <= $1 order by id",
          [now],
        )
      ).rows,
  );
  for (const seen of due) await expire(seen);
  return due.length;
}

/** Somebody who changed it meanwhile has decided otherwise. */
async function expire(seen: SeenEntry): Promise<void> {
  await inTransaction(async (client) => {
    const held = await holdEntry(client, seen);
    if (!held.ok) return;
    const before = held.value;
    await changeAllowlist(client);
    const after = {
      ...before,
      state: "expired" as const,
      revision: before.revision + 1,
      updatedAt: before.expiresAt,
    };
    await saveEntry(client, after);
    await appendChange(client, {
      kind: "expired",
      at: before.expiresAt,
      personId: null,
      before,
      after,
      why: null,
      confirmations: [],
    });
  });
}
