"use client";

import { Button, NumberInput, SegmentedControl } from "@mantine/core";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { severityOf } from "#lib/detection/severity.ts";
import type { RuleSetting } from "#lib/rules/setting.ts";
import { SeverityMark } from "../../../../alerts/_components/severity-mark.tsx";
import { ruleRefusalSentence } from "../../../_components/words.ts";
import { previewRuleAction, type RuleRefusal } from "../../../actions.ts";
import classes from "./change.module.css";

type SettingFormProps = {
  ruleId: string;
  /** The base that ships. */
  shipped: number;
  initial: RuleSetting;
};

/** How a rule shall be set. What that would change is looked at before it can be done. */
export function SettingForm({ ruleId, shipped, initial }: SettingFormProps) {
  const router = useRouter();
  const [isOff, setIsOff] = useState(initial.isOff);
  const [base, setBase] = useState<number | string>(initial.base ?? shipped);
  const [refusal, setRefusal] = useState<RuleRefusal | null>(null);
  const [isPending, startTransition] = useTransition();
  const look = () =>
    startTransition(async () => {
      const outcome = await previewRuleAction({ ruleId, setting: { isOff, base } });
      if (outcome.ok) router.push(`/rules/${ruleId}/change?run=${outcome.value}` as Route);
      else setRefusal(outcome.reason);
    });
  return (
    <form
      className={classes.form}
      aria-label="How the rule shall be set"
      onSubmit={(event) => {
        event.preventDefault();
        setRefusal(null);
        look();
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label="Whether it fires"
        data={[
          { value: "on", label: "On" },
          { value: "off", label: "Switched off" },
        ]}
        value={isOff ? "off" : "on"}
        onChange={(value) => setIsOff(value === "off")}
      />
      <NumberInput
        size="xs"
        className={classes.base}
        label="Base severity, 0 to 100"
        description={`${shipped} ships with it`}
        min={0}
        max={100}
        allowDecimal={false}
        value={base}
        disabled={isOff}
        onChange={setBase}
      />
      <span className={classes.level} aria-live="polite">
        {typeof base === "number" && !isOff ? (
          <SeverityMark severity={severityOf(base)} score={base} />
        ) : null}
      </span>
      <Button size="xs" type="submit" loading={isPending}>
        See what would change
      </Button>
      {refusal ? <p role="alert">{ruleRefusalSentence(refusal)}</p> : null}
    </form>
  );
}
