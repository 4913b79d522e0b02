import type { Transaction } from "#lib/db/client.ts";
import { type CopyValue, copyRows } from "#lib/db/copy.ts";
import { EVENT_COLUMNS } from "./rows.ts";

/** Holds the rows of the events that the transaction has stored anew by `insertEventRows`. */
export const INCOMING = "incoming_event";

const ID = EVENT_COLUMNS.indexOf("id");
const OCCURRED_AT = EVENT_COLUMNS.indexOf("occurred_at");
const UNIQUE_VIOLATION = "23505";

type Row = readonly CopyValue[];

/**
 * Stores rows of events of which hardly one is there yet. Returns the ids of those that were not, not even from another
 * worker in the meantime. Once in a transaction.
 */
export async function copyEventRows(client: Transaction, rows: readonly Row[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  await client.query("savepoint events");
  try {
    await copyRows(client, "event", EVENT_COLUMNS, [...rows].sort(byKey));
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    await client.query("rollback to savepoint events");
    return await insertEventRows(client, rows);
  }
  await client.query("release savepoint events");
  return new Set(rows.map(idOf));
}

/** The same of rows that may be there, with those that were not in INCOMING. */
export async function insertEventRows(client: Transaction, rows: readonly Row[]): Promise<Set<string>> {
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
  if (ids === null) return new Set(rows.map(idOf));
  await client.query(`delete from ${INCOMING} where id <> all($1::uuid[])`, [ids]);
  return new Set(ids);
}

function idOf(row: Row): string {
  return String(row[ID]);
}

/** As PostgreSQL orders them. */
function byKey(one: Row, other: Row): number {
  const later = (one[OCCURRED_AT] as Date).getTime() - (other[OCCURRED_AT] as Date).getTime();
  if (later !== 0) return later;
  return idOf(one) < idOf(other) ? -1 : 1;
}
