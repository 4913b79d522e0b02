"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { followAction } from "../actions.ts";
import { refusalSentence, type SettingsRefusal } from "../refusal.ts";
import classes from "./settings.module.css";

/** Starts anew what brings stored events to where the settings want them. */
export function FollowButton() {
  const [refusal, setRefusal] = useState<SettingsRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const follow = () =>
    startTransition(async () => {
      const outcome = await followAction();
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  return (
    <>
      <Button size="compact-xs" variant="default" loading={isPending} onClick={follow}>
        Bring it there
      </Button>
      {refusal ? (
        <span className={classes.refusal} role="alert">
          {refusalSentence(refusal)}
        </span>
      ) : null}
    </>
  );
}
