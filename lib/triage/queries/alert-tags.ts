import { z } from "zod";
import { db } from "#lib/db/client.ts";

/** So many of the last detections of an alert are looked at, and so many tags told: a list has no time for more. */
const LOOKED_AT = 50;
const TAGS = 4;

/** The last tags that detections of each alert name, by the alert's id; alerts without are missing. */
export async function listAlertTags(alertIds: readonly string[]): Promise<Map<string, string[]>> {
  if (alertIds.length === 0) return new Map();
  const found = await db().$queryRaw<unknown[]>`
    select asked.id, (array_agg(told.tag order by told.last_at desc, told.tag))[:${TAGS}::int] as tags
    from unnest(${[...alertIds]}::uuid[]) as asked (id)
    cross join lateral (
      select tag, max(occurred_at) as last_at from (
        select tag, occurred_at from detection where alert_id = asked.id order by occurred_at desc limit ${LOOKED_AT}
      ) looked
      where tag is not null group by tag
    ) told
    group by asked.id`;
  return new Map(rowsSchema.parse(found).map(({ id, tags }) => [id, tags]));
}

const rowsSchema = z.array(z.object({ id: z.guid(), tags: z.array(z.string()) }));
