"use client";

import { Button } from "@mantine/core";
import { useTransition } from "react";
import { putFirstStepsAwayAction } from "../actions.ts";

/** Puts the first steps away from where one starts, or brings them back; the settings show them either way. */
export function PutAway({ isAway }: { isAway: boolean }) {
  const [isPending, startTransition] = useTransition();
  const press = () =>
    startTransition(async () => {
      await putFirstStepsAwayAction(!isAway);
    });
  return (
    <Button size="compact-xs" variant="default" loading={isPending} onClick={press}>
      {isAway ? "Show on the alerts page" : "Put away"}
    </Button>
  );
}
