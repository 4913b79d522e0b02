import { pool } from "./client.ts";

/**
 * Runs something that only one process may do at a time. The database lets go of the lock when the process dies. `busy`:
 * another has it.
 */
export async function withLock<Result>(key: string, run: () => Promise<Result>): Promise<Result | "busy"> {
  const session = await pool().connect();
  let lost: Error | undefined;
  try {
    const { rows } = await session.query("select pg_try_advisory_lock(hashtextextended($1, 0)) as mine", [
      key,
    ]);
    return rows[0]?.mine ? await run() : "busy";
  } finally {
    await session.query("select pg_advisory_unlock_all()").catch((error: Error) => {
      lost = error;
    });
    session.release(lost);
  }
}
