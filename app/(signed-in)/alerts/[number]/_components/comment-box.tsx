"use client";

import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState, useTransition } from "react";
import type { SeenAlert } from "#lib/triage/move-input.ts";
import { failureSentence } from "../../_components/failure-sentence.ts";
import { submitOnKeys } from "../../_components/submit-on-keys.ts";
import { moveAlertAction, type TriageFailure } from "../../actions.ts";
import classes from "./history.module.css";

/** Adds a comment to the history. It is never refused for what happened meanwhile. */
export function CommentBox({ seen }: { seen: SeenAlert }) {
  const [text, setText] = useState("");
  const [failure, setFailure] = useState<TriageFailure | null>(null);
  const [pending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    startTransition(async () => {
      const outcome = await moveAlertAction({ seen, change: { move: "comment", text } });
      setFailure(outcome.ok ? null : outcome.reason);
      if (outcome.ok) setText("");
    });
  };
  return (
    <form className={classes.comment} onSubmit={submit} onKeyDown={submitOnKeys}>
      <Textarea
        label="Comment"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={failure ? sentence(failure) : undefined}
        autosize
        minRows={2}
        maxRows={12}
      />
      <div className={classes.send}>
        <Button type="submit" size="xs" variant="default" loading={pending}>
          Comment
        </Button>
        <span className="secondary">Ctrl+Enter</span>
      </div>
    </form>
  );
}

function sentence(failure: TriageFailure): string {
  const fault = failure.why === "invalid-input" ? failure.faults.text?.[0] : undefined;
  return fault ?? failureSentence(failure, new Date());
}
