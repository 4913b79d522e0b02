import { nameId } from "#lib/content-id.ts";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { deriveAlerts } from "../writer/store-alerts.ts";

/** With more the map would take more room than a worker has. */
const MOST_NAMES = 500_000;
const AT_ONCE = 2000;

type Named = { name: string; kind: string };

/**
 * What actors and images are called by all records together: an event does not keep it, so that a comparison of events cannot
 * tell. As the writer does it, of several texts the least counts.
 */
export class ReplayNames {
  readonly #actors = new Map<string, Named>();
  readonly #images = new Map<string, Named>();

  note({ platform, actor, images }: LogEvent): void {
    if (actor) noteOne(this.#actors, nameId(platform, actor.key), actor);
    for (const image of images) noteOne(this.#images, nameId(platform, image.key), image);
  }

  /** Stores what is called otherwise, and has alerts found by it. Nothing when there are too many to be sure of. */
  async store(now: Date): Promise<void> {
    if (this.#actors.size + this.#images.size > MOST_NAMES) return;
    await storeNames("image", this.#images, now);
    await storeNames("actor", this.#actors, now);
  }
}

function noteOne(names: Map<string, Named>, id: string, { name, kind }: Named): void {
  const known = names.get(id);
  if (!known && names.size > MOST_NAMES) return;
  names.set(id, {
    name: known && known.name < name ? known.name : name,
    kind: known && known.kind < kind ? known.kind : kind,
  });
}

async function storeNames(
  table: "actor" | "image",
  names: ReadonlyMap<string, Named>,
  now: Date,
): Promise<void> {
  const all = [...names];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    await inTransaction(async (client) => {
      await holdForAltering(client);
      const renamed = await rename(client, table, all.slice(at, at + AT_ONCE));
      if (table !== "actor" || renamed.length === 0) return;
      const { rows } = await client.query<{ id: string }>(
        "select id from alert where actor_ids && $1::uuid[]",
        [renamed],
      );
      await deriveAlerts(
        client,
        rows.map(({ id }) => id),
        now,
      );
    });
  }
}

async function rename(
  client: Transaction,
  table: "actor" | "image",
  names: readonly (readonly [id: string, named: Named])[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `update ${table} set name = called.name, kind = called.kind
     from unnest($1::uuid[], $2::text[], $3::text[]) as called (id, name, kind)
     where ${table}.id = called.id and (${table}.name, ${table}.kind) is distinct from (called.name, called.kind)
     returning ${table}.id`,
    [names.map(([id]) => id), names.map(([, { name }]) => storable(name)), names.map(([, { kind }]) => kind)],
  );
  return rows.map(({ id }) => id);
}
