import { db } from "#lib/db/client.ts";

/** What actors and images are called, by id; those that are not known are missing. */
export async function listNames(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const where = { id: { in: [...ids] } };
  const select = { id: true, name: true } as const;
  const [actors, images] = await Promise.all([
    db().actor.findMany({ where, select }),
    db().image.findMany({ where, select }),
  ]);
  return new Map([...actors, ...images].map(({ id, name }) => [id, name]));
}
