import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { PULL_PATTERN, USE_PATTERN } from "#lib/detection/image-use.ts";
import type { EventKey } from "#lib/events/event-key.ts";
import { type EventOutcome, OUTCOMES } from "#lib/logs/normalize/event.ts";
import type { NamedLink } from "../alert.ts";

/** How an image went on after the work on it. */
export const USE_KINDS = ["started", "pulled", "copied", "shared"] as const;
export type UseKind = (typeof USE_KINDS)[number];

export type ImageUse = {
  event: EventKey;
  kind: UseKind;
  operation: string;
  outcome: EventOutcome;
  actor: NamedLink | null;
  account: string | null;
  region: string | null;
  tag: string | null;
  digest: string | null;
  /** What was made of it by a copy. */
  made: NamedLink | null;
  sharedWith: string[];
};

export type ImageUses = {
  /** The first ones, in the order of time. */
  uses: ImageUse[];
  /** How many there are of each kind among the events that were looked at. */
  counts: Record<UseKind, number>;
  accounts: number;
  /** Until when events were looked at; null: all that are stored. */
  until: Date | null;
};

type Asked = {
  /** Whose detections are no copies: what made the image is its story, and not what became of it. */
  alertId: string;
  imageIds: readonly string[];
  from: Date;
  /** Of a container image: what was pushed. Uses of something else in its repository are none of it. */
  tags: readonly string[];
  digests: readonly string[];
};

const LOOKED_AT = 2000;
const LISTED = 20;

/** Where an image went: what started, pulled, copied or shared it from a time on, walked along the image's events. */
export async function listImageUses({ alertId, imageIds, from, tags, digests }: Asked): Promise<ImageUses> {
  const found = await db().$queryRaw<unknown[]>`
    with looked as materialized (
      select walked.* from unnest(${[...imageIds]}::uuid[]) as known (image_id)
      cross join lateral (
        select occurred_at, event_id, role, tag, digest from event_image
        where image_id = known.image_id and occurred_at >= ${from}
        order by occurred_at, event_id limit ${LOOKED_AT}
      ) walked
    ), bound as (
      select case when count(*) >= ${LOOKED_AT} then max(occurred_at) end as until from looked
    ), used as (
      select looked.*, event.operation, event.outcome, event.actor_id, event.account, event.region, event.details,
        case when looked.role = 'source' then 'copied' when looked.role = 'shared' then 'shared'
          when event.operation ~* ${PULL_PATTERN} then 'pulled' else 'started' end as kind
      from looked join event on event.occurred_at = looked.occurred_at and event.id = looked.event_id
      where (
          looked.role = 'shared' or looked.role = 'used' and event.operation ~* ${USE_PATTERN}
          or looked.role = 'source' and not exists (
            select from detection where alert_id = ${alertId}::uuid
              and detection.occurred_at = looked.occurred_at and detection.event_id = looked.event_id
          )
        )
        and (
          cardinality(${[...tags, ...digests]}::text[]) = 0 or looked.digest = any(${[...digests]}::text[])
          or looked.digest is null and (looked.tag is null or looked.tag = any(${[...tags]}::text[]))
        )
    ), counted as (
      select jsonb_object_agg(kind, n) as counts from (select kind, count(*) as n from used group by kind) of_kind
    )
    select bound.until, coalesce(counted.counts, '{}') as counts,
      (select count(distinct account)::int from used) as accounts, listed.*
    from bound cross join counted left join lateral (
      select used.*, actor.name as actor_name, made.id as made_id, made.name as made_name
      from (select * from used order by occurred_at, event_id limit ${LISTED}) used
      left join actor on actor.id = used.actor_id
      left join lateral (
        select image.id, image.name from event_image join image on image.id = event_image.image_id
        where event_image.occurred_at = used.occurred_at and event_image.event_id = used.event_id
          and event_image.role = 'made' and used.kind = 'copied' limit 1
      ) made on true
    ) listed on true
    order by listed.occurred_at, listed.event_id`;
  const rows = rowsSchema.parse(found);
  const [one] = rows;
  return {
    uses: rows.flatMap(({ use }) => use ?? []),
    counts: { started: 0, pulled: 0, copied: 0, shared: 0, ...one?.counts },
    accounts: one?.accounts ?? 0,
    until: one?.until ?? null,
  };
}

const detailsSchema = z
  .object({ sharedWith: z.array(z.string()).catch([]) })
  .nullable()
  .catch(null);

const rowsSchema = z.array(
  z
    .object({
      until: z.date().nullable(),
      counts: z.partialRecord(z.enum(USE_KINDS), z.int()),
      accounts: z.int(),
      occurred_at: z.date().nullable(),
      event_id: z.guid().nullable(),
      kind: z.enum(USE_KINDS).nullable(),
      operation: z.string().nullable(),
      outcome: z.enum(OUTCOMES).nullable(),
      actor_id: z.guid().nullable(),
      actor_name: z.string().nullable(),
      account: z.string().nullable(),
      region: z.string().nullable(),
      tag: z.string().nullable(),
      digest: z.string().nullable(),
      made_id: z.guid().nullable(),
      made_name: z.string().nullable(),
      details: detailsSchema,
    })
    .transform(({ until, counts, accounts, ...row }) => ({ until, counts, accounts, use: useOf(row) })),
);

type UseColumns = {
  occurred_at: Date | null;
  event_id: string | null;
  kind: UseKind | null;
  operation: string | null;
  outcome: EventOutcome | null;
  actor_id: string | null;
  actor_name: string | null;
  account: string | null;
  region: string | null;
  tag: string | null;
  digest: string | null;
  made_id: string | null;
  made_name: string | null;
  details: z.infer<typeof detailsSchema>;
};

/** Null: nothing used it, and the row only says how far was looked. */
function useOf(row: UseColumns): ImageUse | null {
  const { occurred_at: occurredAt, event_id: id, kind, operation, outcome } = row;
  if (!occurredAt || !id || !kind || operation === null || !outcome) return null;
  return {
    event: { occurredAt, id },
    kind,
    operation,
    outcome,
    actor: named(row.actor_id, row.actor_name),
    account: row.account,
    region: row.region,
    tag: row.tag,
    digest: row.digest,
    made: named(row.made_id, row.made_name),
    sharedWith: row.details?.sharedWith ?? [],
  };
}

function named(id: string | null, name: string | null): NamedLink | null {
  return id === null ? null : { id, name: name ?? id };
}
