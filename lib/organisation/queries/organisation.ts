import { z } from "zod";
import { pool, type Transaction } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { PLATFORMS } from "#lib/logs/normalize/event.ts";
import { IMPORTANCES, Organisation, type OrganisationSettings } from "../organisation.ts";

/** A lock of its own: changes wait for the batches that hold on to the settings, and for nothing else. */
export const ORGANISATION_KEY = 1_525_041;

const settingsSchema = z.object({
  revision: z.int(),
  networks: z.array(z.object({ cidr: z.string(), name: z.string() })),
  accounts: z.array(
    z.object({
      platform: z.enum(PLATFORMS),
      id: z.string(),
      name: z.string(),
      owner: z.string().nullable(),
      importance: z.enum(IMPORTANCES),
      isOwn: z.boolean(),
    }),
  ),
  applications: z.array(
    z.object({
      platform: z.enum(PLATFORMS),
      id: z.string(),
      name: z.string(),
      owner: z.string().nullable(),
    }),
  ),
  images: z.array(
    z.object({ pattern: z.string(), importance: z.enum(IMPORTANCES), note: z.string().nullable() }),
  ),
  hours: z
    .object({ days: z.array(z.int()), opens: z.string(), closes: z.string(), zone: z.string() })
    .nullable(),
});

/** One statement, so that all of it is of one moment. */
const SETTINGS = `select (select coalesce(max(revision), 0) from organisation_change) as revision,
  (select coalesce(json_agg(json_build_object('cidr', cidr, 'name', name)), '[]') from own_network) as networks,
  (select coalesce(json_agg(json_build_object('platform', platform, 'id', id, 'name', name, 'owner', owner,
     'importance', importance, 'isOwn', is_own)), '[]') from cloud_account) as accounts,
  (select coalesce(json_agg(json_build_object('platform', platform, 'id', id, 'name', name, 'owner', owner)), '[]')
   from cloud_application) as applications,
  (select coalesce(json_agg(json_build_object('pattern', pattern, 'importance', importance, 'note', note)), '[]')
   from image_importance) as images,
  (select json_build_object('days', days, 'opens', opens, 'closes', closes, 'zone', zone) from working_hours) as hours`;

/** Who wrote it counts besides: a store that was emptied or restored counts anew. */
const LAST_CHANGE =
  "select revision::int, xmin::text as writer from organisation_change order by revision desc limit 1";

let known: { organisation: Organisation; change: string; pool: unknown } | undefined;

/**
 * What the organisation says of itself now. Asks the store for the number of the last change only, as long as that is the one
 * that is known. With the networks that the environment names.
 */
export async function getOrganisation(client: Pick<Transaction, "query"> = pool()): Promise<Organisation> {
  const { rows } = await client.query<{ revision: number; writer: string }>(LAST_CHANGE);
  const change = rows[0] ? `${rows[0].revision} ${rows[0].writer}` : "";
  if (known?.pool === pool() && known.change === change) return known.organisation;
  const { settings, revision } = await readSettings(client);
  // Changed between the two statements: the next who asks reads again.
  const organisation = new Organisation(settings, revision, env().networks);
  known = { organisation, change, pool: pool() };
  return organisation;
}

/**
 * Holds on to the settings until the transaction ends: nobody changes them before. For whoever stores what follows from them;
 * what was computed from another revision than this is to be computed again. Comes after `holdStore`.
 */
export async function holdOrganisation(client: Transaction): Promise<Organisation> {
  await client.query("select pg_advisory_xact_lock_shared($1)", [ORGANISATION_KEY]);
  return await getOrganisation(client);
}

async function readSettings(
  client: Pick<Transaction, "query">,
): Promise<{ settings: OrganisationSettings; revision: number }> {
  const { rows } = await client.query(SETTINGS);
  const { revision, ...settings } = settingsSchema.parse(rows[0]);
  return { settings, revision };
}
