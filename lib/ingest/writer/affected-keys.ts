import type { Transaction } from "#lib/db/client.ts";

export type KeyRow = { occurred_at: Date; event_id: string; rule_id: string };

export const KEY_COLUMNS = "detection.occurred_at, detection.event_id, detection.rule_id";

/** Runs once for all; nothing is asked when nothing has moved. */
export async function keysOf(
  client: Transaction,
  moved: number,
  text: string,
  values: unknown[],
): Promise<KeyRow[]> {
  if (moved === 0) return [];
  const { rows } = await client.query<KeyRow>(text, values);
  return rows;
}
