import { z } from "zod";
import { pool } from "#lib/db/client.ts";
import { type ActorFacts, FACT_FIELDS, type FactField, LISTED, LISTED_AT_MOST } from "../facts.ts";

const KEPT_FIELDS = FACT_FIELDS.filter((field) => field !== "network");

/** What an actor was seen with: each kind counted exactly, the newest values named; of one kind, all of them. */
export async function getActorFacts(actorId: string, whole?: FactField): Promise<ActorFacts> {
  const { rows } = await pool().query(
    `select kind.field, (select count(*)::int from actor_first where actor_id = $1 and field = kind.field) as count,
       newest.value, null as name, newest.first_seen, null::timestamptz as last_seen
     from unnest($2::text[]) as kind (field)
     left join lateral (
       select value, first_seen from actor_first where actor_id = $1 and field = kind.field
       order by first_seen desc, value_id limit case when kind.field = $3 then $4::int else $5::int end
     ) newest on true
     union all
     select 'network', (select count(*)::int from actor_network where actor_id = $1), newest.network, network.name,
       newest.first_seen, newest.last_seen
     from (
       select network, first_seen, last_seen from actor_network where actor_id = $1
       order by first_seen desc, network limit case when $3 = 'network' then $4::int else $5::int end
     ) newest left join network on network.key = newest.network`,
    [actorId, KEPT_FIELDS, whole ?? null, LISTED_AT_MOST, LISTED],
  );
  const facts = Object.fromEntries(
    FACT_FIELDS.map((field) => [field, { count: 0, newest: [] }]),
  ) as unknown as ActorFacts;
  for (const { field, count, value, name, first_seen, last_seen } of rowsSchema.parse(rows)) {
    facts[field].count = count;
    if (value === null || first_seen === null) continue;
    facts[field].newest.push({ value, name, firstSeen: first_seen, lastSeen: last_seen });
  }
  return facts;
}

const rowsSchema = z.array(
  z.object({
    field: z.enum(FACT_FIELDS),
    count: z.int(),
    value: z.string().nullable(),
    name: z.string().nullable(),
    first_seen: z.date().nullable(),
    last_seen: z.date().nullable(),
  }),
);

/** In how many of the newest events the principal is looked for. */
export const RECENT_EVENTS = 200;

/** The principals of an actor's newest events, as they were logged; the newest first. */
export async function listRecentPrincipals(actorId: string): Promise<string[]> {
  const { rows } = await pool().query(
    `select principal from (
       select principal, occurred_at from event where actor_id = $1 order by occurred_at desc, id desc limit $2
     ) recent where principal is not null group by principal order by max(occurred_at) desc, principal limit $3`,
    [actorId, RECENT_EVENTS, LISTED],
  );
  return z
    .array(z.object({ principal: z.string() }))
    .parse(rows)
    .map(({ principal }) => principal);
}
