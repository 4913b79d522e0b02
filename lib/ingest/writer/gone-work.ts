import type { Transaction } from "#lib/db/client.ts";
import { isPullOrBuild, isUse } from "#lib/detection/image-use.ts";
import type { Shifts } from "./store-context.ts";
import { BESIDES, imageIds, type MovedRow, shiftOf, spansOf } from "./store-image-work.ts";

type Gone = Pick<Shifts, "works" | "refusals" | "steps" | "uses">;

/** What of image work, refusals and uses goes with the events in the table `gone`, and goes. */
export async function takeWork(client: Transaction, gone: string): Promise<Gone> {
  return {
    works: await takeWorks(client, gone),
    refusals: await takeRefusals(client, gone),
    ...(await touchedBy(client, gone)),
  };
}

const ofGone = (table: string, gone: string) =>
  `delete from ${table} using ${gone} as gone where ${table}.occurred_at = gone.occurred_at and ${table}.event_id = gone.id`;

/** The rows that a statement deletes it still sees: what is first without them is asked for after. */
async function takeWorks(client: Transaction, gone: string): Promise<Shifts["works"]> {
  const { rows } = await client.query<{ scope: string; actor_id: string; at: Date }>(
    `with taken as (${ofGone("image_work", gone)} returning scope, image_work.actor_id, image_work.occurred_at)
     select scope, actor_id, min(occurred_at) as at from taken group by scope, actor_id`,
  );
  if (rows.length === 0) return [];
  const moved = await client.query<MovedRow>(
    `select firsts.*, own.occurred_at as own_at, anyone.occurred_at as any_at
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as firsts (scope, actor_id, at) ${BESIDES}`,
    [rows.map(({ scope }) => scope), rows.map((row) => row.actor_id), rows.map(({ at }) => at)],
  );
  return moved.rows.map(shiftOf);
}

async function takeRefusals(client: Transaction, gone: string): Promise<Shifts["refusals"]> {
  const { rows } = await client.query<{ actor_id: string; at: Date }>(
    `${ofGone("refused_call", gone)} returning refused_call.actor_id, refused_call.occurred_at as at`,
  );
  return rows.map(({ actor_id, at }) => ({ actorId: actor_id, at }));
}

async function touchedBy(client: Transaction, gone: string): Promise<Pick<Gone, "steps" | "uses">> {
  const { rows } = await client.query<{ image_id: string; key: string; operation: string; at: Date }>(
    `select touched.image_id, image.key, gone.operation, gone.occurred_at as at
     from ${gone} as gone join event_image touched on touched.occurred_at = gone.occurred_at and touched.event_id = gone.id
     join image on image.id = touched.image_id
     where gone.outcome <> 'failure'`,
  );
  const steps = rows.filter(({ operation }) => isPullOrBuild(operation));
  const uses = rows.filter(({ operation }) => isUse(operation));
  return {
    steps: spansOf(steps.map(({ image_id, at }) => ({ imageId: image_id, at }))),
    uses: spansOf(uses.flatMap(({ key, at }) => imageIds(key).map((imageId) => ({ imageId, at })))),
  };
}
