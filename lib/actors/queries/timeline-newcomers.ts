import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { BUCKET_ORIGIN_MS } from "../timeline/bucket.ts";
import { NEW_FIELDS, type Newcomers } from "../timeline/point.ts";
import type { Span } from "../timeline/window.ts";

const SAMPLES = 4;
/** More of a value than this says nothing in a line of text. */
const SAMPLE_LENGTH = 120;
const KEPT_FIELDS = NEW_FIELDS.filter((field) => field !== "network");

/** What an actor was first seen with in a window, gathered by bucket: values that it was never seen with before. */
export async function readNewcomers(
  client: Transaction,
  actorId: string,
  { from, to }: Span,
  step: number,
): Promise<Newcomers[]> {
  const { rows } = await client.query(
    `select min(first_seen) as at, max(first_seen) as to, count(*)::int as count,
       (array_agg(json_build_object('field', field, 'value', left(value, $6::int), 'name', left(name, $6::int))
         order by first_seen, field, value))[1:$7::int] as samples
     from (
       select field, value, actor_first.first_seen, image.name
       from actor_first left join image on field = 'image' and image.id = value_id
       where actor_id = $1 and field = any($5::text[]) and actor_first.first_seen between $2 and $3
       union all
       select 'network', actor_network.network, actor_network.first_seen, network.name
       from actor_network left join network on network.key = actor_network.network
       where actor_id = $1 and actor_network.first_seen between $2 and $3
     ) found
     group by date_bin(make_interval(secs => $4::float8 / 1000), first_seen,
       timestamptz '${new Date(BUCKET_ORIGIN_MS).toISOString()}')
     order by at`,
    [actorId, new Date(from), new Date(to), step, KEPT_FIELDS, SAMPLE_LENGTH, SAMPLES],
  );
  return newcomersSchema.parse(rows);
}

const time = z.date().transform((at) => at.getTime());
const newcomersSchema = z.array(
  z.object({
    at: time,
    to: time,
    count: z.int(),
    samples: z.array(z.object({ field: z.enum(NEW_FIELDS), value: z.string(), name: z.string().nullable() })),
  }),
);

/** Since when the logs of an actor's accounts are known; null where nothing is. */
export async function readHistoryFrom(client: Transaction, actorId: string): Promise<number | null> {
  const { rows } = await client.query(
    `select min(first_at) as first from log_history
     where account in (select value from actor_first where actor_id = $1 and field = 'account')
       or (account = '' and not exists (select from actor_first where actor_id = $1 and field = 'account'))`,
    [actorId],
  );
  return (
    z
      .array(z.object({ first: z.date().nullable() }))
      .parse(rows)[0]
      ?.first?.getTime() ?? null
  );
}
