"use client";

import { Button, Textarea } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { REASON_LENGTH } from "#lib/rules/reason.ts";
import { ruleRefusalSentence } from "../../../_components/words.ts";
import { changeRuleAction, type RuleRefusal } from "../../../actions.ts";
import { ruleHref } from "../../../search-params.ts";
import classes from "./change.module.css";

type ConfirmChangeProps = {
  ruleId: string;
  previewId: string;
  /** Of the rule's setting as it was seen. */
  revision: number;
  /** What is done. */
  label: string;
};

/** Why a rule is set otherwise, and the button that does it. */
export function ConfirmChange({ ruleId, previewId, revision, label }: ConfirmChangeProps) {
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<RuleRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const change = () =>
    startTransition(async () => {
      const outcome = await changeRuleAction({ ruleId, previewId, revision, reason });
      if (outcome.ok) router.push(ruleHref(ruleId));
      else setRefusal(outcome.reason);
    });
  return (
    <form
      className={classes.confirm}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        setRefusal(null);
        change();
      }}
    >
      <Textarea
        label="Why"
        description="Stays in the rule's history, and on alerts that lose or get detections by it."
        required
        minLength={REASON_LENGTH.min}
        maxLength={REASON_LENGTH.max}
        autosize
        minRows={2}
        maxRows={8}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.bar}>
        <Button size="xs" type="submit" loading={isPending}>
          Make it so
        </Button>
        {refusal ? <span role="alert">{ruleRefusalSentence(refusal)}</span> : null}
      </div>
    </form>
  );
}
