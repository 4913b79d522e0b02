import type { SearchRow } from "./search.ts";

/**
 * By what a message is told from all others: its id is unique within its block only. As text, for both have 64 bits. What
 * a query grouped has none, and is told apart by all that it says.
 */
export function messageIdentity(row: SearchRow): string {
  const { _messageid: id, _blockid: block = "" } = row;
  return id ? `${id} ${block}` : JSON.stringify(row);
}
