"use client";

import { Confirm } from "../../../../_ui/confirm.tsx";
import { forgetMappingAction } from "../actions.ts";
import { refusalSentence } from "./refusal.ts";

/** Forgets a mapping, after saying what that does. */
export function ForgetMapping({ id, version, name }: { id: string; version: number; name: string }) {
  const forget = async () => {
    const outcome = await forgetMappingAction({ id, version });
    return outcome.ok ? null : refusalSentence(outcome.reason);
  };
  return (
    <Confirm label="Forget" name={`Forget ${name}`} title="Forget this mapping" act={forget}>
      The next table with the columns of <bdi>{name}</bdi> will wait until somebody names them again. What was
      read by it stays.
    </Confirm>
  );
}
