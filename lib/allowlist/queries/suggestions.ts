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

const DESCRIBE = `
  select actor.id, actor.key, actor.name, actor.platform, detections, "firstAt", "lastAt", operations, agents, sources,
    sessions, hours, images, image_count as "imageCount"
  from unnest($1::uuid[]) with ordinality as wanted (id, place)
  join actor using (id)
  cross join lateral (
    select count(*)::int as detections, min(occurred_at) as "firstAt", max(occurred_at) as "lastAt",
      array_agg(distinct operation) as operations,
      coalesce((array_agg(distinct user_agent) filter (where user_agent is not null))[1:${LISTED}], '{}') as agents,
      coalesce((array_agg(distinct source_ip) filter (where source_ip is not null))[1:${LISTED}], '{}') as sources,
      coalesce((array_agg(distinct session) filter (where session is not null))[1:${LISTED}], '{}') as sessions
    from detection where actor_id = actor.id and entry_id is null
  ) told
  cross join lateral (
    select array_agg(coalesce(counted, 0) order by hour) as hours
    from generate_series(0, 23) as hour
    left join (
      select extract(hour from occurred_at at time zone 'UTC')::int as hour, count(*)::int as counted
      from detection where actor_id = actor.id and entry_id is null group by 1
    ) by_hour using (hour)
  ) clock
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('name', name, 'detections', counted) order by counted desc, name)
        filter (where place <= ${LISTED}), '[]') as images, count(*)::int as image_count
    from (
      select image.name, count(*)::int as counted, row_number() over (order by count(*) desc, image.name) as place
      from detection join image on image.id = image_id where actor_id = actor.id and entry_id is null
      group by image.id, image.name
    ) worked_on
  ) worked
  order by place`;

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
    hours: z.array(z.int()).length(24),
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
