import { z } from "zod";
import { pool } from "#lib/db/client.ts";
import { PROFILES, type QuerySettings } from "../query.ts";

/** Where an enabled connection's people search, and what it searches in. */
export type SearchPlace = QuerySettings & {
  id: string;
  name: string;
  deployment: string;
  uiUrl: string | null;
};

/** More are not offered on a page about something else. */
const MOST_PLACES = 5;

/** The enabled connections, by name. */
export async function listSearchPlaces(): Promise<SearchPlace[]> {
  const { rows } = await pool().query(
    `select id, name, deployment, ui_url as "uiUrl", categories, profile, own_query as "ownQuery"
     from sumo_connection where enabled order by lower(name), id limit $1`,
    [MOST_PLACES],
  );
  return placesSchema.parse(rows);
}

const placesSchema = z.array(
  z.object({
    id: z.guid(),
    name: z.string(),
    deployment: z.string(),
    uiUrl: z.string().nullable(),
    categories: z.object({ aws: z.array(z.string()), azure: z.array(z.string()) }),
    profile: z.enum(PROFILES),
    ownQuery: z.string().nullable(),
  }),
);
