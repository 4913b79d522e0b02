"use client";

import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import type { MoveName } from "#lib/triage/move.ts";
import type { TriageFailure } from "../actions.ts";
import { changeOf, type Draft, EMPTY_DRAFT } from "./draft.ts";
import { failureSentence } from "./failure-sentence.ts";
import classes from "./move-dialog.module.css";
import type { MoveDialogProps } from "./move-dialog.tsx";
import { MoveFields } from "./move-fields.tsx";
import { submitOnKeys } from "./submit-on-keys.ts";
import { MOVE_WORDS } from "./triage-words.ts";

type MoveFormProps = Omit<MoveDialogProps, "move" | "target"> & { move: MoveName };

/** The fields of a change, its button, and why it was refused. What was written stays then. */
export function MoveForm({ move, assignees, state, send, close }: MoveFormProps) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [failure, setFailure] = useState<{ of: TriageFailure; at: Date } | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    startTransition(async () => {
      const refused = await send(changeOf(move, draft));
      // Together with the fresh page: whoever submits again has seen what they were told of.
      startTransition(() => {
        setFailure(refused && { of: refused, at: new Date() });
        if (!refused) close();
      });
    });
  };
  const form = useFirstFocus();
  return (
    <form ref={form} onSubmit={submit} onKeyDown={submitOnKeys} noValidate>
      <Stack gap="md">
        <MoveFields
          move={move}
          draft={draft}
          change={(part) => setDraft({ ...draft, ...part })}
          faults={faultsOf(failure?.of)}
          assignees={assignees}
        />
        <div role="alert" className={classes.refusal} data-empty={failure === null}>
          {failure ? <Refusal failure={failure.of} at={failure.at} state={state} /> : null}
        </div>
        <Group justify="flex-end" gap="xs">
          <span className={classes.hint}>Ctrl+Enter</span>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={pending}>
            {MOVE_WORDS[move].button.replace("…", "")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** After the dialog has noted where the focus was, to which it returns. */
function useFirstFocus() {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus());
    return () => clearTimeout(timer);
  }, []);
  return form;
}

type RefusalProps = { failure: TriageFailure; at: Date; state: string | undefined };

/** Who did what in the meantime, how the alert stands now, and that nothing is lost. */
function Refusal({ failure, at, state }: RefusalProps) {
  const isStale = failure.why === "changed-meanwhile" || failure.why === "more-detections";
  return (
    <>
      <p>{failureSentence(failure, at)}</p>
      {isStale ? (
        <p className="secondary">
          {state ? `Now: ${state}. ` : ""}What you wrote is kept; submit it again if it still holds.
        </p>
      ) : null}
    </>
  );
}

/** A fault that belongs to a field stands beside it. */
function faultsOf(failure: TriageFailure | undefined): Record<string, string | undefined> {
  if (!failure) return {};
  switch (failure.why) {
    case "invalid-input":
      return Object.fromEntries(
        Object.entries(failure.faults).map(([field, faults]) => [field, faults?.[0]]),
      );
    case "no-such-duplicate":
    case "duplicate-of-itself":
    case "duplicate-in-a-circle":
      return { duplicateOf: failureSentence(failure, new Date()) };
    case "no-such-assignee":
      return { assigneeId: failureSentence(failure, new Date()) };
    default:
      return {};
  }
}
