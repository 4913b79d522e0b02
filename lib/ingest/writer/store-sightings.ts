import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import type { EventActor, EventImage, LogEvent } from "#lib/logs/normalize/event.ts";

/** Stores the actors and images of events, with when they were first and last seen. */
export async function storeSightings(client: Transaction, events: readonly LogEvent[]): Promise<void> {
  await upsertNamed(client, "actor", actorsOf(events));
  await upsertNamed(client, "image", imagesOf(events));
}

type Named = {
  id: string;
  platform: string;
  kind: string;
  key: string;
  name: string;
  account: string | null;
};
type Seen = Named & { region?: string | null; first: Date; last: Date };

function actorsOf(events: readonly LogEvent[]): Seen[] {
  return seen(
    events.flatMap((event) =>
      event.actor ? [{ at: event.occurredAt, named: named(event.platform, event.actor) }] : [],
    ),
  );
}

function imagesOf(events: readonly LogEvent[]): Seen[] {
  return seen(
    events.flatMap((event) =>
      event.images.map((image) => ({
        at: event.occurredAt,
        named: { ...named(event.platform, image), region: image.region },
      })),
    ),
  );
}

function named(platform: string, { kind, key, name, account }: EventActor | EventImage): Named {
  return { id: nameId(platform, key), platform, kind, key, name, account };
}

/** The first and last time of each way in which a thing is named. */
function seen(sightings: readonly { at: Date; named: Named }[]): Seen[] {
  const byName = new Map<string, Seen>();
  for (const { at, named: what } of sightings) {
    const key = `${what.id} ${what.kind} ${what.name}`;
    const before = byName.get(key);
    if (!before) byName.set(key, { ...what, first: at, last: at });
    else {
      if (at < before.first) before.first = at;
      if (at > before.last) before.last = at;
    }
  }
  return [...byName.values()];
}

/** Where two records name the same thing differently, the lesser text stays: any order gives the same row. */
async function upsertNamed(
  client: Transaction,
  table: "actor" | "image",
  things: readonly Seen[],
): Promise<void> {
  if (things.length === 0) return;
  const [region, minRegion] = table === "image" ? [", region", ", min(region)"] : ["", ""];
  await client.query(
    `insert into ${table} (id, platform, kind, key, name, account, first_seen, last_seen${region})
     select id, min(platform), min(kind), min(key), min(name), min(account), min(first), max(last)${minRegion}
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
       $8::timestamptz[], $9::text[]) as seen (id, platform, kind, key, name, account, first, last, region)
     group by id order by id
     on conflict (id) do update set
       kind = least(${table}.kind, excluded.kind),
       name = least(${table}.name, excluded.name),
       first_seen = least(${table}.first_seen, excluded.first_seen),
       last_seen = greatest(${table}.last_seen, excluded.last_seen)
     where excluded.first_seen < ${table}.first_seen or excluded.last_seen > ${table}.last_seen
       or excluded.name < ${table}.name or excluded.kind < ${table}.kind`,
    [
      things.map(({ id }) => id),
      things.map(({ platform }) => platform),
      things.map(({ kind }) => kind),
      things.map(({ key }) => key),
      things.map(({ name }) => name),
      things.map(({ account }) => account),
      things.map(({ first }) => first),
      things.map(({ last }) => last),
      things.map((thing) => thing.region ?? null),
    ],
  );
}
