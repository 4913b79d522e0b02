import type { AlertRow } from "#lib/triage/alert.ts";
import { countOperations } from "#lib/triage/deed.ts";
import { alertFacts, leadingDeed } from "#lib/triage/deed-facts.ts";
import type { DeedPage, ToldDeed } from "#lib/triage/queries/alert-deeds.ts";
import type { AlertStory } from "#lib/triage/queries/alert-story.ts";
import type { StoryFacts } from "#lib/triage/sentence.ts";

/** What the sentence on top is made from: the leading deed of the alert's first ones, and what all of it holds together. */
export function wholeFacts(
  alert: AlertRow,
  story: AlertStory,
  { deeds, later }: DeedPage,
  worstEventId: string | null,
): StoryFacts {
  const lead = leadingDeed(deeds, worstEventId);
  return alertFacts({
    alert,
    actors: leading(alert, story),
    tags: alert.outcome === "failure" ? story.refusedTags : story.tags,
    sharedWith: story.sharedWith,
    operationCount: later ? null : deeds.reduce((sum, deed) => sum + countOperations(deed), 0),
    lead: factsOf(lead),
  });
}

function factsOf(deed: ToldDeed | undefined): StoryFacts | null {
  return deed?.facts ?? null;
}

/** The actor of the worst detection first. */
function leading({ actor }: AlertRow, { actors }: AlertStory): AlertStory["actors"] {
  return [...actors.filter(({ id }) => id === actor?.id), ...actors.filter(({ id }) => id !== actor?.id)];
}
