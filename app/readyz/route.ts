import { connection } from "next/server";
import { db } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";

/** Pages can be served: the database answers. */
export async function GET(): Promise<Response> {
  await connection();
  try {
    await db().$queryRaw`select 1`;
    return Response.json({ ok: true, database: true });
  } catch (error) {
    log.error({ error: (error as Error).message }, "the database does not answer");
    return Response.json({ ok: false, database: false }, { status: 503 });
  }
}
