import { z } from "zod";
import { inSnapshot } from "#lib/db/client.ts";
import { PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import { benignClass } from "../benign-class.ts";
import type { ReasonClass } from "../entry.ts";

/** An actor that makes much of the noise, with how it works. */
export type Suggestion = {
  actor: { id: string; key: string; name: string; platform: Platform };
  /** Open ones. */
  detections: number;
  /** Of all open detections. */
  share: number;
  /** The commonest. */
  images: { name: string; detections: number }[];
  imageCount: number;
  operations: string[];
  agents: string[];
  sources: string[];
  /** Detections by hour of the day, UTC. */
  hours: number[];
  firstAt: Date;
  lastAt: Date;
  reasonClass: ReasonClass;
};

export type Suggestions = {
  /** Open detections in all. */
  open: number;
  /** Of the actors that are listed. */
  covered: number;
  rows: Suggestion[];
};

const ENOUGH = 0.9;
const MAX_ACTORS = 20;
const MIN_DETECTIONS = 2;
const LISTED = 5;

const busySchema = z.array(z.object({ actor_id: z.guid().nullable(), detections: z.int() }));

/** The fewest actors that make 90 % of what is open, or the twenty that make most. */
export async function listSuggestions(): Promise<Suggestions> {
  return await inSnapshot(async (client) => {
    const { rows } = await client.query(
      `select actor_id, count(*)::int as detections from detection where entry_id is null
       group by actor_id order by detections desc, actor_id`,
    );
    const busy = busySchema.parse(rows);
    const open = busy.reduce((total, { detections }) => total + detections, 0);
    const chosen = enough(busy, open);
    await client.query("set local work_mem = '256MB'");
    const described = await client.query(DESCRIBE, [chosen.map(({ actor_id }) => actor_id)]);
    const found = habitsSchema.parse(described.rows).map((row) => suggestion(row, open));
    return { open, covered: found.reduce((total, { detections }) => total + detections, 0), rows: found };
  });
}

function enough(busy: z.infer<typeof busySchema>, open: number): z.infer<typeof busySchema> {
  const chosen: z.infer<typeof busySchema> = [];
  let covered = 0;
  for (const actor of busy) {
    if (covered >= ENOUGH * open || chosen.length === MAX_ACTORS || actor.detections < MIN_DETECTIONS) break;
    if (actor.actor_id === null) continue;
    chosen.push(actor);
    covered += actor.detections;
  }
  return chosen;
}

/** One pass over what these actors have open, counted by each of the things that tell how they work. */
const DESCRIBE = `
  with counted as (
    select actor_id, image_id, operation, user_agent, source_ip, session, hour, count(*)::int as detections,
      min(occurred_at) as first_at, max(occurred_at) as last_at,
      grouping(image_id, operation, user_agent, source_ip, session, hour) as by
    from (
      select *, extract(hour from occurred_at at time zone 'UTC')::int as hour
      from detection where actor_id = any($1::uuid[]) and entry_id is null
    ) open
    group by grouping sets ((actor_id), (actor_id, image_id), (actor_id, operation), (actor_id, user_agent),
      (actor_id, source_ip), (actor_id, session), (actor_id, hour))
  ), ranked as (
    select *, row_number() over (partition by actor_id, by order by detections desc, image_id, operation, user_agent,
      source_ip, session) as place
    from counted
    where num_nonnulls(image_id, operation, user_agent, source_ip, session, hour) = 1 or by = 63
  ), listed as (
    select actor_id, count(*) filter (where by = 31)::int as "imageCount",
      ${several("operation", 47, 100)} as operations, ${several("user_agent", 55)} as agents,
      ${several("source_ip", 59)} as sources, ${several("session", 61)} as sessions,
      jsonb_object_agg(hour, detections) filter (where by = 62) as hours,
      coalesce(jsonb_agg(jsonb_build_object('name', image.name, 'detections', detections) order by place)
        filter (where by = 31 and place <= ${LISTED}), '[]') as images
    from ranked left join image on image.id = image_id
    group by actor_id
  )
  select actor.id, actor.key, actor.name, actor.platform, counted.detections, first_at as "firstAt", last_at as "lastAt",
    "imageCount", operations, agents, sources, sessions, hours, images
  from listed join counted on counted.actor_id = listed.actor_id and by = 63 join actor on actor.id = listed.actor_id
  order by counted.detections desc, actor.id`;

/** The commonest values of a column that is grouped by alone: its bit in `by` is the one that is not set. */
function several(column: string, by: number, limit = LISTED): string {
  return `coalesce(array_agg(${column} order by place) filter (where by = ${by} and place <= ${limit}), '{}')`;
}

const habitsSchema = z.array(
  z.object({
    id: z.guid(),
    key: z.string(),
    name: z.string(),
    platform: z.enum(PLATFORMS),
    detections: z.int(),
    firstAt: z.date(),
    lastAt: z.date(),
    operations: z.array(z.string()),
    agents: z.array(z.string()),
    sources: z.array(z.string()),
    sessions: z.array(z.string()),
    hours: z
      .record(z.string(), z.int())
      .transform((counts) => Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0)),
    images: z.array(z.object({ name: z.string(), detections: z.int() })),
    imageCount: z.int(),
  }),
);

function suggestion(
  { id, key, name, platform, sessions, ...habits }: z.infer<typeof habitsSchema>[number],
  open: number,
): Suggestion {
  const reasonClass = benignClass({ ...habits, name, sessions, userAgents: habits.agents });
  return { ...habits, actor: { id, key, name, platform }, share: habits.detections / open, reasonClass };
}
