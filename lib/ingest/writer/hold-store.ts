import type { Transaction } from "#lib/db/client.ts";

const STORE_KEY = 1_525_040;

/**
 * Held shared by whoever adds events, alone by whoever takes stored ones away or changes them, until the transaction ends.
 * It comes before every other lock: whoever is alone may then take rows in any order.
 */
export async function holdStore(client: Transaction, how: "shared" | "alone"): Promise<void> {
  const lock = how === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await client.query(`select ${lock}($1)`, [STORE_KEY]);
}
