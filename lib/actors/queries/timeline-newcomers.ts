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
    `with placed as (
       select *, count(*) over bucket as total, max(first_seen) over bucket as last,
         row_number() over (bucket order by first_seen, field, value) as place
       from (
         select *, date_bin(make_interval(secs => $4::float8 / 1000), first_seen,
           timestamptz '${new Date(BUCKET_ORIGIN_MS).toISOString()}') as start
         from (
           select field, value, value_id, first_seen from actor_first where actor_id = $1 and field = any($5::text[])
           union all
           select 'network', network, null, first_seen from actor_network where actor_id = $1
         ) known where first_seen between $2 and $3
       ) found window bucket as (partition by start)
     )
     select min(placed.first_seen) as at, max(last) as to, max(total)::int as count,
       array_agg(json_build_object('field', field, 'value', left(value, $6::int),
         'name', left(coalesce(image.name, network.name), $6::int)) order by place) as samples
     from placed left join image on field = 'image' and image.id = value_id
       left join network on field = 'network' and network.key = value
     where place <= $7::int
     group by start order by at`,
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
