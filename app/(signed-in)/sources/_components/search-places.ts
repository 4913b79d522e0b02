import { cache } from "react";
import { listSearchPlaces } from "#lib/sumo/queries/search-places.ts";

/** Several parts of a page ask; the database is asked once. */
export const searchPlaces = cache(listSearchPlaces);
