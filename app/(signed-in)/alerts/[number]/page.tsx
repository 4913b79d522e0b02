import type { Metadata } from "next";
import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { alertName } from "#lib/triage/alert.ts";
import { listActivities } from "#lib/triage/queries/activities.ts";
import { listDeeds } from "#lib/triage/queries/alert-deeds.ts";
import { getWorstDetection } from "#lib/triage/queries/alert-detections.ts";
import { getAlert } from "#lib/triage/queries/alert-list.ts";
import { getAlertStory } from "#lib/triage/queries/alert-story.ts";
import { getAlertTriage } from "#lib/triage/queries/alert-triage.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import { AlertHeader } from "./_components/alert-header.tsx";
import { AlertSide } from "./_components/alert-side.tsx";
import { AroundAlert } from "./_components/around-alert.tsx";
import { Deeds } from "./_components/deeds.tsx";
import { FormerAlert } from "./_components/former-alert.tsx";
import { History } from "./_components/history.tsx";
import classes from "./_components/layout.module.css";
import { OpenedEvent } from "./_components/opened-event.tsx";
import { ScoreReasons } from "./_components/score-reasons.tsx";
import { wholeFacts } from "./_components/whole-facts.ts";

type Props = PageProps<"/alerts/[number]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `ALR-${(await params).number}` };
}

export default async function AlertPage({ params, searchParams }: Props) {
  const person = await requirePermission("alerts.read");
  const [{ number }, { event, page }, zone] = await Promise.all([params, searchParams, readerZone()]);
  const alert = /^\d{1,9}$/.test(number) ? await getAlert(Number(number)) : null;
  const when = { zone, now: new Date() };
  if (!alert) return <FormerAlert number={number} {...when} />;
  const cursor = typeof page === "string" ? page : undefined;
  const [story, worst, triage, activities, deeds, further] = await Promise.all([
    getAlertStory(alert.id),
    getWorstDetection(alert.id),
    getAlertTriage(alert.id),
    listActivities(alert.id),
    listDeeds(alert),
    cursor === undefined ? null : listDeeds(alert, cursor),
  ]);
  const selected = decodeEventKey(event) ?? (worst && { occurredAt: worst.occurredAt, id: worst.eventId });
  const facts = wholeFacts(alert, story, deeds, worst?.eventId ?? null);
  return (
    <article aria-label={alertName(alert.number)}>
      <AlertHeader person={person} {...{ alert, facts, triage, activities }} now={when.now} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <ScoreReasons score={triage.currentScore} addends={worst?.addends ?? []} />
          <Deeds alert={alert} page={further ?? deeds} cursor={cursor} selected={selected} {...when} />
          <OpenedEvent eventKey={selected} {...when} />
          <AroundAlert {...{ alert, story, deeds }} {...when} />
          <History person={person} alert={alert} activities={activities} {...when} />
        </div>
        <AlertSide person={person} {...{ alert, story, deeds }} {...when} />
      </div>
    </article>
  );
}
