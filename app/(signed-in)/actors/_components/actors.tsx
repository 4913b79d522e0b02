import type { Route } from "next";
import Link from "next/link";
import { type ActorFilter, isFiltered } from "#lib/actors/actor-filter.ts";
import { countActors, listActors } from "#lib/actors/queries/actor-list.ts";
import { Notice } from "../../../_ui/notice.tsx";
import { actorsHref } from "../search-params.ts";
import { ActorsTable } from "./actors-table.tsx";

type ActorsProps = { filter: ActorFilter; cursor: string | undefined; zone: string; now: Date };

/** One page of actors, or why there are none. */
export async function Actors({ filter, cursor, zone, now }: ActorsProps) {
  const { rows, previous, next } = await listActors(filter, now, cursor);
  if (rows.length === 0) return <NoActors filter={filter} />;
  const href = (page: string | null): Route | null => (page === null ? null : actorsHref(filter, { page }));
  return (
    <ActorsTable
      rows={rows}
      filter={filter}
      zone={zone}
      now={now}
      previous={href(previous)}
      next={href(next)}
    />
  );
}

export async function ActorCount({ filter, now }: { filter: ActorFilter; now: Date }) {
  const count = await countActors(filter, now);
  const noun = count === 1 ? "actor" : "actors";
  const verb = count === 1 ? "matches" : "match";
  return (
    <span className="secondary" role="status">
      {count.toLocaleString("en-GB")} {noun}
      {isFiltered(filter) ? ` ${verb}` : ""}
    </span>
  );
}

function NoActors({ filter }: { filter: ActorFilter }) {
  if (isFiltered(filter)) {
    return (
      <Notice title="No actor matches these filters">
        <Link href="/actors">Clear all filters</Link>
      </Notice>
    );
  }
  return (
    <Notice title="No actor is known yet">
      Actors appear with the events of imported logs. <Link href="/imports">Import logs</Link>
    </Notice>
  );
}
