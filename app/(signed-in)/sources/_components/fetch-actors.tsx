import { FetchActor } from "./fetch-actor.tsx";
import { searchPlaces } from "./search-places.ts";

type FetchActorsProps = { actors: readonly { id: string; name: string }[]; around: Date };

/** More actors are not offered at once: each has a page of their own. */
const MOST = 3;

/** Lets somebody fetch what actors did around a time, by each connection; nothing where there is none. */
export async function FetchActors({ actors, around }: FetchActorsProps) {
  const places = await searchPlaces();
  return actors
    .slice(0, MOST)
    .flatMap((actor) =>
      places.map((place) => (
        <FetchActor
          key={`${actor.id} ${place.id}`}
          actor={actor}
          isOneOfMany={actors.length > 1}
          connection={{ id: place.id, name: places.length > 1 ? place.name : "Sumo Logic" }}
          around={around}
        />
      )),
    );
}
