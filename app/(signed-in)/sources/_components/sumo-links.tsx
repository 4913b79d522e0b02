import { sumoSearchUrl } from "#lib/sumo/deep-link.ts";
import { uiUrlOf } from "#lib/sumo/deployment.ts";
import { queryForNames } from "#lib/sumo/query.ts";
import { searchPlaces } from "./search-places.ts";

type SumoLinksProps = {
  /** Texts of which what is searched for holds one. */
  names: readonly string[];
  from: Date;
  to: Date;
};

/** Ways to Sumo's search page with query and times filled in, one a connection; nothing where there is none. */
export async function SumoLinks({ names, from, to }: SumoLinksProps) {
  const links = (await searchPlaces()).flatMap((place) => {
    const uiUrl = uiUrlOf(place);
    const query = queryForNames(place, names);
    return uiUrl && query.ok
      ? [{ id: place.id, name: place.name, href: sumoSearchUrl({ uiUrl, query: query.value, from, to }) }]
      : [];
  });
  return links.map(({ id, name, href }) => (
    <div key={id}>
      <a href={href} target="_blank" rel="noopener noreferrer">
        {links.length === 1 ? "Search in Sumo Logic" : `Search in ${name}`}
        <span className="visually-hidden"> (opens in a new tab)</span>
      </a>
    </div>
  ));
}
