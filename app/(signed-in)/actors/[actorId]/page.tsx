import type { Metadata, Route } from "next";
import { notFound } from "next/navigation";
import { FACT_FIELDS } from "#lib/actors/facts.ts";
import { getActor } from "#lib/actors/queries/actor.ts";
import { encodeEventKey } from "#lib/events/event-key.ts";
import { parseEventFilter } from "#lib/events/parse-event-filter.ts";
import { decodeEventKey } from "#lib/events/parse-event-key.ts";
import { requirePermission } from "../../../_access/current-person.ts";
import { readerZone } from "../../../_ui/zone.ts";
import type { EventsBase } from "../../events/search-params.ts";
import { ActorEvents } from "./_components/actor-events.tsx";
import { ActorFacts } from "./_components/actor-facts.tsx";
import { ActorHeader } from "./_components/actor-header.tsx";
import { ActorInSumo } from "./_components/actor-in-sumo.tsx";
import classes from "./_components/layout.module.css";
import { OpenEvent } from "./_components/open-event.tsx";
import { TimelineOf } from "./_components/timeline-of.tsx";

type Props = PageProps<"/actors/[actorId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getActor((await params).actorId))?.name.slice(0, 100) ?? "Actor" };
}

export default async function ActorPage({ params, searchParams }: Props) {
  const person = await requirePermission("actors.read");
  const [{ actorId }, query, zone] = await Promise.all([params, searchParams, readerZone()]);
  const actor = await getActor(actorId);
  if (!actor) notFound();
  const whole = FACT_FIELDS.find((field) => field === query.facts);
  const base: EventsBase = {
    path: `/actors/${actor.id}` as Route,
    fixed: "actor",
    ...(whole && { keep: { facts: whole } }),
  };
  const filter = { ...parseEventFilter(query), actor: [{ value: actor.id, not: false }] };
  const open = decodeEventKey(query.event);
  const shared = {
    ...{ actor, base, filter, zone, now: new Date() },
    page: typeof query.page === "string" ? query.page : undefined,
    selected: open ? encodeEventKey(open) : null,
  };
  return (
    <article aria-label={actor.name.slice(0, 200)} className={classes.page}>
      <div className={classes.main}>
        <ActorHeader {...shared} />
        <ActorInSumo person={person} actor={actor} around={open?.occurredAt ?? actor.lastSeen} />
        <ActorFacts {...shared} whole={whole} />
        <TimelineOf {...shared} />
        <ActorEvents {...shared} />
      </div>
      <OpenEvent {...shared} />
    </article>
  );
}
