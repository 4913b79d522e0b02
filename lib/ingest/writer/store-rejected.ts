import type { Transaction } from "#lib/db/client.ts";
import { copyRows } from "#lib/db/copy.ts";
import { env } from "#lib/env.ts";
import type { FoundRejection } from "../pipeline.ts";
import { type Places, placeOf } from "./write-blocks.ts";

/**
 * Those of a batch's rejected records for which its import still has room, the first of them; the others can only be counted.
 * Nobody else adds to those of an import that is being read, so that a batch that is repeated keeps the same.
 */
export async function keepable(
  client: Transaction,
  importId: string,
  rejected: readonly FoundRejection[],
): Promise<FoundRejection[]> {
  if (rejected.length === 0) return [];
  const { rows } = await client.query<{ kept: number }>(
    "select count(*)::int as kept from rejected_record where import_id = $1",
    [importId],
  );
  return rejected.slice(0, Math.max(0, env().limits.rejectedRecords - (rows[0]?.kept ?? 0)));
}

/** Stores the rejected records of a batch that are kept, with the places of their bytes, and counts the others by reason. */
export async function storeRejected(
  client: Transaction,
  importId: string,
  { rejected, kept }: { rejected: readonly FoundRejection[]; kept: readonly FoundRejection[] },
  places: Places,
): Promise<void> {
  const rows = kept.map(({ raw, reason, detail }) => {
    const { blockId, position } = placeOf(places, raw.index);
    return [importId, raw.index, raw.byteOffset, raw.line, reason, detail, blockId, position];
  });
  await copyRows(client, "rejected_record", COLUMNS, rows);
  const others = Map.groupBy(rejected.slice(kept.length), ({ reason }) => reason);
  if (others.size === 0) return;
  await client.query(
    `insert into unkept_rejection (import_id, reason, count)
     select $1, reason, count from unnest($2::text[], $3::bigint[]) as other (reason, count)
     on conflict (import_id, reason) do update set count = unkept_rejection.count + excluded.count`,
    [importId, [...others.keys()], [...others.values()].map(({ length }) => length)],
  );
}

const COLUMNS = [
  "import_id",
  "record_index",
  "byte_offset",
  "line",
  "reason",
  "detail",
  "block_id",
  "block_position",
];
