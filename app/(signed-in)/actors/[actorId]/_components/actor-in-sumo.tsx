import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import type { ActorSummary } from "#lib/actors/actor.ts";
import { listSearchedNames } from "#lib/actors/queries/searched-names.ts";
import { FetchActors } from "../../../sources/_components/fetch-actors.tsx";
import { searchPlaces } from "../../../sources/_components/search-places.ts";
import { SumoLinks } from "../../../sources/_components/sumo-links.tsx";
import classes from "./layout.module.css";

const DAY_MS = 86_400_000;

type ActorInSumoProps = { person: Person; actor: ActorSummary; around: Date };

/** What Sumo holds of the actor a day before and after a time, and a way to have it here. */
export async function ActorInSumo({ person, actor, around }: ActorInSumoProps) {
  if ((await searchPlaces()).length === 0) return null;
  return (
    <section className={classes.sumo} aria-label="In Sumo Logic">
      <SumoLinks
        names={await listSearchedNames(actor.id)}
        from={new Date(around.getTime() - DAY_MS)}
        to={new Date(around.getTime() + DAY_MS)}
      />
      {may(person, "sources.fetch") ? <FetchActors actors={[actor]} around={around} /> : null}
    </section>
  );
}
