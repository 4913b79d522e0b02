import type { Transaction } from "#lib/db/client.ts";
import { type CopyValue, copyRows } from "#lib/db/copy.ts";
import { EVENT_COLUMNS } from "./rows.ts";

/** Holds the rows of the events that the transaction has stored anew. */
export const INCOMING = "incoming_event";

/** The ids that were not there yet, not even from another worker in the meantime. Once in a transaction. */
export async function insertEventRows(
  client: Transaction,
  rows: readonly (readonly CopyValue[])[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  await client.query(`create temp table if not exists ${INCOMING} (like event) on commit delete rows`);
  await copyRows(client, INCOMING, EVENT_COLUMNS, rows);
  const columns = EVENT_COLUMNS.join(", ");
  const inserted = await client.query<{ id: string }>(
    `insert into event (${columns}) select ${columns} from ${INCOMING} order by occurred_at, id
       on conflict do nothing returning id`,
  );
  const stored = new Set(inserted.rows.map(({ id }) => id));
  if (stored.size < rows.length) {
    await client.query(`delete from ${INCOMING} where id <> all($1::uuid[])`, [[...stored]]);
  }
  return stored;
}
