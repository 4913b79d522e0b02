"use client";

import type { RowList } from "#lib/organisation/columns.ts";
import { Confirm } from "../../../_ui/confirm.tsx";
import { removeRowAction } from "../actions.ts";
import { refusalSentence } from "../refusal.ts";

type RemoveRowProps = { list: RowList; rowKey: string; revision: number; name: string };

/** Takes a row away, after asking. */
export function RemoveRow({ list, rowKey, revision, name }: RemoveRowProps) {
  const remove = async () => {
    const outcome = await removeRowAction({ list, key: rowKey, seenRevision: revision });
    return outcome.ok ? null : refusalSentence(outcome.reason);
  };
  return (
    <Confirm label="Remove" name={`Remove ${name}`} title={`Remove ${name}`} act={remove}>
      Nothing that is stored is deleted. What followed from it is worked out anew, as if it had never been
      said.
    </Confirm>
  );
}
