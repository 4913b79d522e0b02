import { db } from "#lib/db/client.ts";

/** What actors, images, people and allowlist entries are called, by id; those that are not known are missing. */
export async function listNames(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const where = { id: { in: [...ids] } };
  const select = { id: true, name: true } as const;
  const [actors, images, people, entries] = await Promise.all([
    db().actor.findMany({ where, select }),
    db().image.findMany({ where, select }),
    db().person.findMany({ where, select }),
    db().allowEntry.findMany({ where, select: { id: true, number: true } }),
  ]);
  return new Map([
    ...[...actors, ...images, ...people].map(({ id, name }) => [id, name] as const),
    ...entries.map(({ id, number }) => [id, `ALW-${number}`] as const),
  ]);
}
