import type { Transaction } from "#lib/db/client.ts";
import { USE_PATTERN, USED_MS } from "#lib/detection/image-use.ts";
import { type Addend, sumOf } from "#lib/detection/points.ts";
import type { Signal } from "#lib/detection/signal.ts";
import { type Story, storyAddends } from "#lib/detection/story.ts";
import type { Shifts } from "./store-context.ts";
import { imageIds } from "./store-image-work.ts";

/** What the story around an alert adds to its score. */
export type AlertStory = { alert_id: string; points: number; story: Addend[]; used_at: Date | null };

/** The alerts on which uses of images bear: those that know of no earlier one. */
export async function listUsing(client: Transaction, uses: Shifts["uses"]): Promise<string[]> {
  if (uses.length === 0) return [];
  const { rows } = await client.query<{ id: string }>(
    `select distinct alert.id from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) as used (image_id, first, last)
     join detection on detection.image_id = used.image_id
       and detection.occurred_at >= used.first - $4 * interval '1 millisecond' and detection.occurred_at <= used.last
     join alert on alert.id = detection.alert_id and (alert.used_at is null or alert.used_at >= used.first)`,
    [uses.map(({ imageId }) => imageId), uses.map(({ from }) => from), uses.map(({ to }) => to), USED_MS],
  );
  return rows.map(({ id }) => id);
}

const GUARD: Signal = "guard-lowered";

/** The stories around alerts, from what is stored. One that has no detections has none. */
export async function storiesOf(client: Transaction, alertIds: readonly string[]): Promise<AlertStory[]> {
  const { rows: guards } = await client.query<{ alert_id: string; is_lowered: boolean }>(
    `select alert_id, bool_or(signals @> array[$2]) as is_lowered
     from detection where alert_id = any($1::uuid[]) group by alert_id`,
    [alertIds, GUARD],
  );
  const uses = await firstUses(client, alertIds);
  return guards.map(({ alert_id, is_lowered }) => {
    const use = uses.get(alert_id) ?? null;
    const story = storyAddends({ isGuardLowered: is_lowered, use });
    return { alert_id, story, points: sumOf(story), used_at: use?.usedAt ?? null };
  });
}

type WorkedRow = {
  alert_id: string;
  key: string;
  first: Date;
  last: Date;
  tags: string[];
  digests: string[];
};

/**
 * When the images that alerts are about were first used, and when they were worked on last before. Of a repository only what
 * was pulled of the tags and digests that were pushed; a log that does not say what was pulled may mean them.
 */
async function firstUses(client: Transaction, alertIds: readonly string[]): Promise<Map<string, Used>> {
  const { rows: worked } = await client.query<WorkedRow>(
    `select alert_id, image.key, min(detection.occurred_at) as first, max(detection.occurred_at) as last,
       coalesce(array_agg(distinct detection.tag) filter (where detection.tag is not null), '{}') as tags,
       coalesce(array_agg(distinct touched.digest) filter (where touched.digest is not null), '{}') as digests
     from detection
     join event_image touched on touched.occurred_at = detection.occurred_at and touched.event_id = detection.event_id
       and touched.image_id = detection.image_id and touched.role in ('made', 'changed', 'shared')
     join image on image.id = detection.image_id
     where alert_id = any($1::uuid[]) and outcome <> 'failure'
     group by alert_id, image.key`,
    [alertIds],
  );
  if (worked.length === 0) return new Map();
  const wanted = worked.flatMap(({ key, ...rest }, at) =>
    imageIds(key).map((imageId) => ({ at, image_id: imageId, ...rest })),
  );
  const { rows } = await client.query<{ at: number; used_at: Date; worked_at: Date }>(FIRST_USES, [
    JSON.stringify(wanted),
    USED_MS,
  ]);
  const found = new Map<string, Used>();
  for (const { at, used_at: usedAt, worked_at: workedAt } of rows) {
    const one = worked[at];
    const known = one && found.get(one.alert_id);
    if (one && (!known || usedAt < known.usedAt)) found.set(one.alert_id, { workedAt, usedAt });
  }
  return found;
}

const firstWhere = (condition: string) => `
  select used.occurred_at from event_image used
  join event on event.occurred_at = used.occurred_at and event.id = used.event_id
  where used.image_id = wanted.image_id and ${condition} and used.role = 'used'
    and used.occurred_at > wanted.first and used.occurred_at <= wanted.last + $2 * interval '1 millisecond'
    and event.outcome <> 'failure' and event.operation ~* '${USE_PATTERN}'`;

type Used = NonNullable<Story["use"]>;

/** Apart by whether a tag is named: each by an index. */
const FIRST_USES = `
  select at, used_at, (
    select max(occurred_at) from detection
    where detection.alert_id = first.alert_id and outcome <> 'failure' and occurred_at < used_at
  ) as worked_at
  from (
  select at, alert_id, min(used.occurred_at) as used_at
  from jsonb_to_recordset($1::jsonb)
    as wanted (at int, alert_id uuid, image_id uuid, first timestamptz, last timestamptz, tags text[], digests text[])
  cross join lateral (
    (${firstWhere("used.tag = any(wanted.tags)")} order by used.occurred_at limit 1)
    union all
    (${firstWhere("used.tag is null and (used.digest is null or used.digest = any(wanted.digests))")} order by used.occurred_at limit 1)
  ) used
  group by at, alert_id
  ) first`;
