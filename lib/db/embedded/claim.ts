import pg from "pg";
import { failure, type Outcome, success } from "#lib/outcome.ts";

/**
 * Held by the one supervisor of a data folder until the server stops or the supervisor is gone: it is bound to a
 * session, so a killed one holds nothing.
 */
export type Claim = {
  /** Tells a start that finds the folder claimed that it will soon be free. */
  announceStop(): Promise<void>;
};

/** `held`: another supervisor runs. `ending`: it is about to stop, or the server is; start again and ask again. */
export type ClaimFailure = "held" | "ending";

const CLAIM_KEY = 1_525_001;
const RUNNING = "barnacle supervisor";
const STOPPING = "barnacle supervisor, stopping";

/** Claims the data folder whose database this is. */
export async function claimFolder(connectionString: string): Promise<Outcome<Claim, ClaimFailure>> {
  const client = new pg.Client({
    connectionString,
    application_name: RUNNING,
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {}); // The claim ends with its server; whoever starts that again claims again.
  try {
    await client.connect();
    const { rows } = await client.query("select pg_try_advisory_lock($1) as is_ours", [CLAIM_KEY]);
    if (rows[0].is_ours) return success({ announceStop: () => announceStop(client) });
    const reason = await askHolder(client);
    await client.end();
    return failure(reason);
  } catch {
    await client.end().catch(() => {});
    return failure("ending");
  }
}

async function askHolder(client: pg.Client): Promise<ClaimFailure> {
  const { rows } = await client.query(
    `select application_name from pg_stat_activity
     join pg_locks on pg_locks.pid = pg_stat_activity.pid
     where locktype = 'advisory' and granted and objid = $1 and pg_locks.database = (select oid from pg_database where datname = current_database())`,
    [CLAIM_KEY],
  );
  return rows.length === 0 || rows[0].application_name === STOPPING ? "ending" : "held";
}

async function announceStop(client: pg.Client): Promise<void> {
  await client.query(`set application_name = '${STOPPING}'`).catch(() => {});
}
