import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { LOG_SOURCES } from "#lib/logs/normalize/event.ts";
import type { LogArrival } from "../coverage.ts";

/** The logs of which something ever arrived, each with when its latest live event happened. */
export async function listLogArrivals(): Promise<LogArrival[]> {
  return rowsSchema.parse(
    await db().$queryRaw<unknown[]>`
      select log, max(last_at) as "lastAt"
      from (
        select log_source as log, last_event_at as last_at from feed
        union all
        select log_source, null from log_history
      ) told
      group by log`,
  );
}

const rowsSchema = z.array(z.object({ log: z.enum(LOG_SOURCES), lastAt: z.date().nullable() }));
