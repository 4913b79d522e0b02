import { randomUUID } from "node:crypto";
import type { Person } from "#lib/access/person.ts";
import { inTransaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { WatchItem } from "../watch.ts";
import { changeAllowlist, queueRun } from "./store.ts";

export type WatchFailure = "already-watched" | "not-watched";

/** From now on whatever is about this breaks through, what is stored included. */
export async function addWatchItem(
  person: Person,
  { field, value, reason }: WatchItem,
  now: Date,
): Promise<Outcome<undefined, WatchFailure>> {
  return await inTransaction(async (client) => {
    await changeAllowlist(client);
    const { rowCount } = await client.query(
      "select from watch_item where field = $1 and value = $2 and removed_at is null",
      [field, value],
    );
    if (rowCount !== 0) return failure("already-watched");
    const id = randomUUID();
    await client.query(
      "insert into watch_item (id, field, value, reason, added_by, added_at) values ($1, $2, $3, $4, $5, $6)",
      [id, field, value, reason, person.id, now],
    );
    await queueRun(client, "watch", id, now);
    return success();
  });
}

export async function removeWatchItem(
  person: Person,
  itemId: string,
  now: Date,
): Promise<Outcome<undefined, WatchFailure>> {
  return await inTransaction(async (client) => {
    await changeAllowlist(client);
    const { rowCount } = await client.query(
      "update watch_item set removed_by = $2, removed_at = $3 where id = $1 and removed_at is null",
      [itemId, person.id, now],
    );
    if (rowCount !== 1) return failure("not-watched");
    await queueRun(client, "watch", itemId, now);
    return success();
  });
}
