import type { Transaction } from "#lib/db/client.ts";
import { type CopyValue, copyRows } from "#lib/db/copy.ts";
import { EVENT_COLUMNS } from "./rows.ts";

/** Holds the rows of the events that the transaction has stored anew. */
export const INCOMING = "incoming_event";

const ID = EVENT_COLUMNS.indexOf("id");

/** The ids that were not there yet, not even from another worker in the meantime. Once in a transaction. */
export async function insertEventRows(
  client: Transaction,
  rows: readonly (readonly CopyValue[])[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  await client.query(`create temp table if not exists ${INCOMING} (like event) on commit delete rows`);
  await copyRows(client, INCOMING, EVENT_COLUMNS, rows);
  const columns = EVENT_COLUMNS.join(", ");
  // Nearly always all are new: then nobody has to be told which.
  const { rows: told } = await client.query<{ ids: string[] | null }>(
    `with stored as (
       insert into event (${columns}) select ${columns} from ${INCOMING} order by occurred_at, id
       on conflict do nothing returning id
     ) select case when count(*) < $1 then coalesce(array_agg(id), '{}') end as ids from stored`,
    [rows.length],
  );
  const ids = told[0]?.ids ?? null;
  if (ids === null) return new Set(rows.map((row) => String(row[ID])));
  await client.query(`delete from ${INCOMING} where id <> all($1::uuid[])`, [ids]);
  return new Set(ids);
}
