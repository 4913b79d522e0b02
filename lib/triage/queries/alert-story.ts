import { z } from "zod";
import { db } from "#lib/db/client.ts";
import type { NamedLink } from "../alert.ts";

/** How many of each kind are listed. */
export const LISTED = 20;

/** What an alert's events say together, beyond what its row keeps. */
export type AlertStory = {
  actors: NamedLink[];
  /** Of what succeeded, or may have; `refusedTags` of what failed. */
  tags: string[];
  refusedTags: string[];
  sharedWith: string[];
  principals: string[];
  accessKeys: string[];
  userAgents: string[];
  correlationIds: string[];
};

export async function getAlertStory(alertId: string): Promise<AlertStory> {
  const found = await db().$queryRaw<unknown[]>`
    with event as materialized (
      select detection.actor_id, detection.tag, detection.outcome, event.principal, event.access_key, event.user_agent, event.correlation_id,
        event.details
      from detection join event on event.occurred_at = detection.occurred_at and event.id = detection.event_id
      where detection.alert_id = ${alertId}::uuid
    )
    select
      array(select distinct tag from event where tag is not null and outcome <> 'failure' order by tag) as tags,
      array(select distinct tag from event where tag is not null and outcome = 'failure' order by tag) as refused_tags,
      array(
        select distinct party from event, jsonb_array_elements_text(event.details -> 'sharedWith') as party order by party
      ) as shared_with,
      array(select distinct principal from event where principal is not null order by 1 limit ${LISTED}) as principals,
      array(select distinct access_key from event where access_key is not null order by 1 limit ${LISTED}) as access_keys,
      array(select distinct user_agent from event where user_agent is not null order by 1 limit ${LISTED}) as user_agents,
      array(
        select distinct correlation_id from event where correlation_id is not null order by 1 limit ${LISTED}
      ) as correlation_ids,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', actor.id, 'name', actor.name) order by actor.name, actor.id)
        from actor where actor.id in (select actor_id from event)
      ), '[]') as actors`;
  return storySchema.parse(found[0]);
}

const texts = z.array(z.string());
const storySchema = z
  .object({
    actors: z.array(z.object({ id: z.guid(), name: z.string() })),
    tags: texts,
    refused_tags: texts,
    shared_with: texts,
    principals: texts,
    access_keys: texts,
    user_agents: texts,
    correlation_ids: texts,
  })
  .transform(
    ({
      actors,
      tags,
      refused_tags,
      shared_with,
      principals,
      access_keys,
      user_agents,
      correlation_ids,
    }): AlertStory => ({
      actors,
      tags,
      refusedTags: refused_tags,
      sharedWith: shared_with,
      principals,
      accessKeys: access_keys,
      userAgents: user_agents,
      correlationIds: correlation_ids,
    }),
  );
