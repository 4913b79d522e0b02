import { inTransaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Retention } from "../retention.ts";

/** Sets for how long what is kept, if nobody has since it was seen. The worker deletes by it from its next look on. */
export async function setRetention(
  { rawDays, eventDays, alertDays }: Retention,
  seenRevision: number,
  person: { id: string },
  now: Date,
): Promise<Outcome<undefined, "changed-meanwhile">> {
  return await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `insert into retention_policy (revision, raw_days, event_days, alert_days, saved_by, saved_at)
       select $1::int + 1, $2, $3, $4, $5, $6
       where $1::int = coalesce((select max(revision) from retention_policy), 0)
       on conflict do nothing`,
      [seenRevision, rawDays, eventDays, alertDays, person.id, now],
    );
    return rowCount === 1 ? success() : failure("changed-meanwhile");
  });
}
