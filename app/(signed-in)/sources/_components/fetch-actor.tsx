"use client";

import { Button } from "@mantine/core";
import type { Route } from "next";
import Link from "next/link";
import { useState, useTransition } from "react";
import type { Outcome } from "#lib/outcome.ts";
import { fetchActorAction, type SourceRefusal } from "../actions.ts";
import { connectionHref } from "../search-params.ts";
import classes from "./fetch-actor.module.css";
import { refusalSentence } from "./refusal.ts";

type FetchActorProps = {
  actor: { id: string; name: string };
  /** Its name is needed to tell it from the others. */
  isOneOfMany: boolean;
  connection: { id: string; name: string };
  around: Date;
};

/** Has everything pulled that names an actor, a day before and after a time. */
export function FetchActor({ actor, isOneOfMany, connection, around }: FetchActorProps) {
  const [outcome, setOutcome] = useState<Outcome<string, SourceRefusal> | null>(null);
  const [isPending, startTransition] = useTransition();
  const fetchIt = () =>
    startTransition(async () => {
      setOutcome(await fetchActorAction({ connectionId: connection.id, actorId: actor.id, around }));
    });
  return (
    <div className={classes.fetch}>
      <Button
        size="compact-xs"
        variant="default"
        loading={isPending}
        onClick={fetchIt}
        className={classes.button}
      >
        Fetch {isOneOfMany ? <bdi className={classes.name}>{actor.name}</bdi> : "this actor"} ±24 h from{" "}
        <bdi className={classes.name} title={connection.name}>
          {connection.name}
        </bdi>
      </Button>
      <div role="status">
        {outcome?.ok ? (
          <p>
            Asked for: what names this actor is pulled now; what is recent goes to the queue.{" "}
            <Link href={`${connectionHref(connection.id)}#backfills` as Route}>See the backfill</Link>
          </p>
        ) : null}
        {outcome?.ok === false ? <p className={classes.problem}>{refusalSentence(outcome.reason)}</p> : null}
      </div>
    </div>
  );
}
