"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { refusalSentence } from "../../_components/refusal.ts";
import classes from "../../_components/section.module.css";
import { retryGapAction, type SourceRefusal } from "../../actions.ts";

/** Has the window of a gap pulled again. */
export function RetryGap({ windowId }: { windowId: string }) {
  const [refusal, setRefusal] = useState<SourceRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const retry = () =>
    startTransition(async () => {
      const outcome = await retryGapAction({ id: windowId });
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  return (
    <span className={classes.buttons}>
      {refusal ? (
        <span className={classes.problem} role="alert">
          {refusalSentence(refusal)}
        </span>
      ) : null}
      <Button size="compact-xs" variant="default" loading={isPending} onClick={retry}>
        Retry
      </Button>
    </span>
  );
}
