"use client";

import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { NamedLink } from "#lib/triage/alert.ts";
import type { MoveName } from "#lib/triage/move.ts";
import { assigneeOptions, fromOption, toOption } from "./assignee-options.ts";
import { CloseFields } from "./close-fields.tsx";
import type { Draft } from "./draft.ts";

export type FieldsProps = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** Sentences, by field. */
  faults: Record<string, string | undefined>;
};

type MoveFieldsProps = FieldsProps & { move: MoveName; assignees: NamedLink[] };

const TEXT_LABELS = {
  take: "Note (optional)",
  assign: "Note (optional)",
  wait: "What it is waiting for",
  escalate: "Note (optional)",
  resume: "Note (optional)",
  close: "Why",
  reopen: "Why it is opened again",
  comment: "Comment",
} as const satisfies Record<MoveName, string>;

/** The fields that a change asks for. */
export function MoveFields({ move, assignees, draft, change, faults }: MoveFieldsProps) {
  const text = (
    <Textarea
      label={TEXT_LABELS[move]}
      value={draft.text}
      onChange={(event) => change({ text: event.currentTarget.value })}
      error={faults.text}
      autosize
      minRows={3}
      maxRows={10}
      data-autofocus={move === "wait" || move === "reopen" || move === "comment" ? true : undefined}
    />
  );
  if (move === "close") {
    return (
      <CloseFields draft={draft} change={change} faults={faults}>
        {text}
      </CloseFields>
    );
  }
  return (
    <>
      {move === "escalate" ? (
        <TextInput
          label="Link to the case"
          type="url"
          placeholder="https://"
          value={draft.caseLink}
          onChange={(event) => change({ caseLink: event.currentTarget.value })}
          error={faults.caseLink}
          data-autofocus
        />
      ) : null}
      {move === "assign" ? (
        <NativeSelect
          label="To whom"
          data={assigneeOptions(assignees)}
          value={toOption(draft.assigneeId)}
          onChange={(event) => change({ assigneeId: fromOption(event.currentTarget.value) })}
          error={faults.assigneeId}
          data-autofocus
        />
      ) : null}
      {text}
    </>
  );
}
