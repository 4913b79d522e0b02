"use client";

import { Button } from "@mantine/core";
import { useRef, useState, useTransition } from "react";
import { BetweenFields, readBetween } from "../../../../_ui/between-fields.tsx";
import { formatBytes } from "../../../../_ui/bytes.ts";
import { RefusalNotice } from "../../_components/refusal-notice.tsx";
import { estimateBackfillAction, type SourceRefusal, startBackfillAction } from "../../actions.ts";
import classes from "./backfill-form.module.css";

type Estimate = { messages: number; bytesScanned: number };

const NOTHING = { from: undefined, to: undefined };

/** Asks for a range of the past: how much it holds is counted first, when somebody wants to know. */
export function BackfillForm({ connectionId, zone }: { connectionId: string; zone: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [pressed, setPressed] = useState<"count" | "start" | null>(null);
  const [estimate, setEstimate] = useState<Estimate | null>(null);
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const range = () => {
    const { from, to } = readBetween(new FormData(form.current ?? undefined), zone);
    // What is missing is said by the server, in the same words as what is wrong.
    return { connectionId, startsAt: from && new Date(from), endsAt: to && new Date(to) };
  };
  const forget = () => {
    setEstimate(null);
    setRefusal(null);
  };
  const count = () =>
    startTransition(async () => {
      setPressed("count");
      forget();
      const outcome = await estimateBackfillAction(range());
      if (outcome.ok) setEstimate(outcome.value);
      else setRefusal(outcome.reason);
    });
  const start = () =>
    startTransition(async () => {
      setPressed("start");
      setRefusal(null);
      const outcome = await startBackfillAction({ ...range(), estimate: estimate?.messages ?? null });
      if (!outcome.ok) return setRefusal(outcome.reason);
      setEstimate(null);
      form.current?.reset();
    });
  return (
    <form
      ref={form}
      className={classes.form}
      aria-label="Backfill"
      onChange={forget}
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <div className={classes.line}>
        <BetweenFields bounds={NOTHING} zone={zone} />
        <Button
          size="xs"
          variant="default"
          loading={isPending && pressed === "count"}
          disabled={isPending && pressed !== "count"}
          onClick={count}
        >
          Count first
        </Button>
        <Button
          type="submit"
          size="xs"
          loading={isPending && pressed === "start"}
          disabled={isPending && pressed !== "start"}
        >
          Start backfill
        </Button>
        <span className="secondary">{zone}</span>
      </div>
      <div aria-live="polite">
        {isPending && pressed === "count" ? <p>Sumo Logic is counting…</p> : null}
        {estimate ? (
          <p>
            Sumo Logic holds {estimate.messages.toLocaleString("en-GB")}{" "}
            {estimate.messages === 1 ? "message" : "messages"} of this range, and scanned{" "}
            {formatBytes(estimate.bytesScanned)} to count them.
          </p>
        ) : null}
      </div>
      {refusal ? <RefusalNotice refusal={refusal} /> : null}
    </form>
  );
}
