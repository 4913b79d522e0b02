import { db } from "#lib/db/client.ts";

export type Neighbours = { before: number | null; after: number | null };

/** The numbers of the alerts on the same image in the windows next to an alert's own. */
export async function getNeighbours(alertId: string): Promise<Neighbours> {
  const rows = await db().$queryRaw<{ number: number; before: boolean }[]>`
    select other.number, other.window_end = own.window_start as before
    from alert own join alert other
      on other.family = own.family and other.account = own.account and other.subject = own.subject
      and (other.window_end = own.window_start or other.window_start = own.window_end)
    where own.id = ${alertId}::uuid`;
  return {
    before: rows.find(({ before }) => before)?.number ?? null,
    after: rows.find(({ before }) => !before)?.number ?? null,
  };
}
