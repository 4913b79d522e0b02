import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import type { FoundEvent } from "../pipeline.ts";

/**
 * Notes which of the stored events an import delivered too, and where: when the import that has them is deleted they stay,
 * as this one's. Of several records of an event the first counts.
 */
export async function storeRedeliveries(
  client: Transaction,
  importId: string,
  again: readonly FoundEvent[],
): Promise<void> {
  if (again.length === 0) return;
  await client.query(
    `insert into redelivery (import_id, occurred_at, event_id, record_index, byte_offset, line, entry)
     select $1, * from unnest($2::timestamptz[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[])
     on conflict do nothing`,
    [
      importId,
      again.map(({ event }) => event.occurredAt),
      again.map(({ event }) => event.id),
      again.map(({ raw }) => raw.index),
      again.map(({ raw }) => raw.byteOffset),
      again.map(({ raw }) => raw.line),
      again.map(({ raw }) => (raw.entry === undefined ? null : storable(raw.entry))),
    ],
  );
}
