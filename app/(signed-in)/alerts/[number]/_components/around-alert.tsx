import { Suspense } from "react";
import type { AlertRow } from "#lib/triage/alert.ts";
import type { DeedPage } from "#lib/triage/queries/alert-deeds.ts";
import type { AlertStory } from "#lib/triage/queries/alert-story.ts";
import { Around } from "./around.tsx";
import { ImageUses } from "./image-uses.tsx";

type AroundAlertProps = { alert: AlertRow; story: AlertStory; deeds: DeedPage; zone: string; now: Date };

/** What came of the image, and what happened around: each looked up while the rest of the page is there. */
export function AroundAlert({ alert, story, deeds, ...when }: AroundAlertProps) {
  const actors = story.actors.map(({ id }) => id);
  const first = alert.actor ? [alert.actor.id] : [];
  return (
    <>
      <Suspense fallback={<p className="secondary">Looking where the image went…</p>}>
        <ImageUses {...{ alert, deeds, story }} {...when} />
      </Suspense>
      <Suspense fallback={<p className="secondary">Looking what else happened around it…</p>}>
        <Around
          alert={alert}
          actorIds={[...new Set([...first, ...actors])]}
          imageIds={deeds.imageIds}
          {...when}
        />
      </Suspense>
    </>
  );
}
