"use client";

import { Confirm } from "../../../_ui/confirm.tsx";
import { removeWatchItemAction } from "../actions.ts";
import { watchSentence } from "./failures.ts";

/** Takes something off the watch list, after saying what that does. */
export function RemoveWatchItem({ itemId, value }: { itemId: string; value: string }) {
  const remove = async () => {
    const outcome = await removeWatchItemAction({ itemId });
    return outcome.ok ? null : watchSentence(outcome.reason);
  };
  return (
    <Confirm label="Remove" name={`Watch no longer for ${value}`} title="Watch for it no longer" act={remove}>
      What is about <code>{value}</code> and broke through only for that is decided by the allowlist again,
      what is stored included.
    </Confirm>
  );
}
