import { connection } from "next/server";
import { checkDatabase } from "#lib/db/ready.ts";
import { log } from "#lib/log.ts";

/** Pages can be served: the database answers. */
export async function GET(): Promise<Response> {
  await connection();
  try {
    await checkDatabase();
    return Response.json({ ok: true, database: true });
  } catch (error) {
    log.error({ error: (error as Error).message }, "the database does not answer");
    return Response.json({ ok: false, database: false }, { status: 503 });
  }
}
