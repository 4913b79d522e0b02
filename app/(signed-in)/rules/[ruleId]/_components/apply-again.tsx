"use client";

import { Button } from "@mantine/core";
import { useState, useTransition } from "react";
import { ruleRefusalSentence } from "../../_components/words.ts";
import { applyRuleAgainAction, type RuleRefusal } from "../../actions.ts";
import classes from "./rule-standing.module.css";

/** Has stored events follow how the rule is set, after a run that did not come to its end. */
export function ApplyAgain({ ruleId }: { ruleId: string }) {
  const [refusal, setRefusal] = useState<RuleRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const apply = () =>
    startTransition(async () => {
      const outcome = await applyRuleAgainAction(ruleId);
      setRefusal(outcome.ok ? null : outcome.reason);
    });
  return (
    <>
      <Button size="xs" variant="default" className={classes.move} loading={isPending} onClick={apply}>
        Apply it again
      </Button>
      {refusal ? <p role="alert">{ruleRefusalSentence(refusal)}</p> : null}
    </>
  );
}
