"use client";

import { Button } from "@mantine/core";
import type { Route } from "next";
import { useState, useTransition } from "react";
import type { Outcome } from "#lib/outcome.ts";
import type { ConnectionTest } from "#lib/sumo/connection.ts";
import { LinkButton } from "../../../allowlist/_components/link-button.tsx";
import { RefusalNotice } from "../../_components/refusal-notice.tsx";
import { TestResult } from "../../_form/test-result.tsx";
import {
  enableConnectionAction,
  pullNowAction,
  type SourceRefusal,
  testConnectionAction,
} from "../../actions.ts";
import { connectionHref } from "../../search-params.ts";
import classes from "./connection-moves.module.css";
import { RotateKey } from "./rotate-key.tsx";

type ConnectionMovesProps = {
  seen: { id: string; revision: number };
  name: string;
  enabled: boolean;
  accessIdEnd: string;
};

type Move = "test" | "pull" | "enable";
type Said = { refusal: SourceRefusal } | { test: ConnectionTest } | { words: string };

/** What an admin can do with a connection, and what came of it. */
export function ConnectionMoves({ seen, name, enabled, accessIdEnd }: ConnectionMovesProps) {
  const [pressed, setPressed] = useState<Move | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [isRotating, setRotating] = useState(false);
  const [isPending, startTransition] = useTransition();
  const press = <Value,>(
    move: Move,
    act: () => Promise<Outcome<Value, SourceRefusal>>,
    say: (value: Value) => Said,
  ) => ({
    size: "xs",
    variant: "default",
    loading: isPending && pressed === move,
    disabled: isPending && pressed !== move,
    onClick: () =>
      startTransition(async () => {
        setPressed(move);
        setSaid(null);
        const outcome = await act();
        setSaid(outcome.ok ? say(outcome.value) : { refusal: outcome.reason });
      }),
  });
  return (
    <>
      <div className={classes.moves}>
        <Button
          {...press(
            "test",
            () => testConnectionAction({ id: seen.id, settings: null }),
            (test) => ({ test }),
          )}
        >
          Test
        </Button>
        {enabled ? (
          <Button
            {...press(
              "pull",
              () => pullNowAction({ id: seen.id }),
              () => ({
                words: "A worker looks within seconds, and what it pulls is listed below.",
              }),
            )}
          >
            Pull now
          </Button>
        ) : null}
        <Button size="xs" variant="default" onClick={() => setRotating(true)}>
          Rotate key
        </Button>
        <LinkButton href={`${connectionHref(seen.id)}/change` as Route} size="xs" label={`Change ${name}`}>
          Change
        </LinkButton>
        <Button
          {...press(
            "enable",
            () => enableConnectionAction({ seen, enabled: !enabled }),
            () => ({
              words: enabled
                ? "Nothing more is pulled. Enabled again it goes on from where it is."
                : "It goes on from where it was.",
            }),
          )}
        >
          {enabled ? "Disable" : "Enable"}
        </Button>
      </div>
      <div className={classes.said} aria-live="polite">
        {isPending && pressed === "test" ? <p>Searching the last minutes in Sumo Logic…</p> : null}
        {said && "words" in said ? <p>{said.words}</p> : null}
        {said && "test" in said ? <TestResult test={said.test} /> : null}
        {said && "refusal" in said ? <RefusalNotice refusal={said.refusal} /> : null}
      </div>
      {isRotating ? (
        <RotateKey
          seen={seen}
          accessIdEnd={accessIdEnd}
          close={() => setRotating(false)}
          done={() => setSaid({ words: "The key is rotated, and the connection is tried with it at once." })}
        />
      ) : null}
    </>
  );
}
