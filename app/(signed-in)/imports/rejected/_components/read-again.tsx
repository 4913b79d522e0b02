"use client";

import { Button } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { ReplayScope } from "#lib/ingest/replay.ts";
import { replayRefusalSentence } from "../../replays/_components/words.ts";
import { previewReplayAction, type ReplayRefusal } from "../../replays/actions.ts";

/** Has it looked at what records would be today, and goes where that is shown. */
export function ReadAgain({ scope, label }: { scope: ReplayScope; label: string }) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<ReplayRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      const outcome = await previewReplayAction({ scope, from: "normalise" });
      if (outcome.ok) router.push(`/imports/replays/${outcome.value}` as Route);
      else setRefusal(outcome.reason);
    });
  return (
    <>
      <Button size="compact-xs" variant="default" loading={isPending} onClick={press}>
        {label}
      </Button>
      {refusal ? <span role="alert">{replayRefusalSentence(refusal)}</span> : null}
    </>
  );
}
