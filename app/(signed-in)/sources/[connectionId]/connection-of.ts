import { notFound } from "next/navigation";
import { z } from "zod";
import type { ConnectionStanding } from "#lib/sumo/connection.ts";
import { getConnection } from "#lib/sumo/queries/connections.ts";

/** The connection that an address names; for anything else there is no page. */
export async function connectionOf(id: string, now: Date): Promise<ConnectionStanding> {
  const connection = z.guid().safeParse(id).success ? await getConnection(id, now) : undefined;
  return connection ?? notFound();
}
