import { may } from "#lib/access/permission.ts";
import type { Person } from "#lib/access/person.ts";
import { imageWords } from "#lib/sumo/image-words.ts";
import type { AlertRow } from "#lib/triage/alert.ts";
import type { AlertStory } from "#lib/triage/queries/alert-story.ts";
import { FetchActors } from "../../../sources/_components/fetch-actors.tsx";
import { InSumo } from "../../../sources/_components/in-sumo.tsx";
import { SumoLinks } from "../../../sources/_components/sumo-links.tsx";

const HOUR_MS = 3_600_000;

type AlertInSumoProps = { person: Person; alert: AlertRow; story: AlertStory };

/** What else Sumo holds of the image, or where none is named of the actors; and a way to have it here. */
export function AlertInSumo({ person, alert, story }: AlertInSumoProps) {
  const { firstAt, lastAt, image, subject } = alert;
  return (
    <InSumo>
      <SumoLinks
        names={image ? [imageWords(subject)] : story.principals}
        from={new Date(firstAt.getTime() - HOUR_MS)}
        to={new Date(lastAt.getTime() + HOUR_MS)}
      />
      {may(person, "sources.fetch") ? <FetchActors actors={story.actors} around={lastAt} /> : null}
    </InSumo>
  );
}
