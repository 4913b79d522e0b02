import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { encodeEventKey } from "#lib/events/event-key.ts";
import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { alertName } from "#lib/triage/alert.ts";
import { listActivities } from "#lib/triage/queries/activities.ts";
import { getWorstDetection } from "#lib/triage/queries/alert-detections.ts";
import { getAlert } from "#lib/triage/queries/alert-list.ts";
import { getAlertStory } from "#lib/triage/queries/alert-story.ts";
import { getAlertTriage } from "#lib/triage/queries/alert-triage.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { EventView } from "../../events/_components/event-view.tsx";
import { AlertHeader } from "./_components/alert-header.tsx";
import { AlertSide } from "./_components/alert-side.tsx";
import { Detections } from "./_components/detections.tsx";
import { History } from "./_components/history.tsx";
import classes from "./_components/layout.module.css";
import { ScoreReasons } from "./_components/score-reasons.tsx";

type Props = PageProps<"/alerts/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `ALR-${(await params).number}` };
}

export default async function AlertPage({ params, searchParams }: Props) {
  const person = await requirePermission("alerts.read");
  const [{ number }, { event, page }, zone] = await Promise.all([params, searchParams, readerZone()]);
  const alert = /^\d{1,9}$/.test(number) ? await getAlert(Number(number)) : null;
  if (!alert) notFound();
  const [story, worst, triage, activities] = await Promise.all([
    getAlertStory(alert.id),
    getWorstDetection(alert.id),
    getAlertTriage(alert.id),
    listActivities(alert.id),
  ]);
  const selected = decodeEventKey(event) ?? (worst && { occurredAt: worst.occurredAt, id: worst.eventId });
  const cursor = typeof page === "string" ? page : undefined;
  const when = { zone, now: new Date() };
  return (
    <article aria-label={alertName(alert.number)}>
      <AlertHeader person={person} {...{ alert, story, triage, activities }} now={when.now} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <ScoreReasons score={triage.currentScore} addends={worst?.addends ?? []} />
          <Detections alert={alert} cursor={cursor} selected={selected} {...when} />
          {selected ? (
            <Suspense
              key={encodeEventKey(selected)}
              fallback={<p className="secondary">Loading the record…</p>}
            >
              <EventView eventKey={selected} {...when} />
            </Suspense>
          ) : null}
          <History person={person} alert={alert} activities={activities} {...when} />
        </div>
        <AlertSide person={person} alert={alert} story={story} {...when} />
      </div>
    </article>
  );
}
