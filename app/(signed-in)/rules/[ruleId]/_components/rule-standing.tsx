import { Progress } from "@mantine/core";
import type { Route } from "next";
import type { Rule } from "#lib/detection/rule.ts";
import type { ReplayRow } from "#lib/ingest/queries/replays.ts";
import type { RuleChange } from "#lib/rules/queries/rule-settings.ts";
import { AS_SHIPPED } from "#lib/rules/setting.ts";
import { Time } from "../../../../_ui/time.tsx";
import { LinkButton } from "../../../allowlist/_components/link-button.tsx";
import { KeepFresh } from "../../../sources/_components/keep-fresh.tsx";
import { ruleRunSentence, settingWords } from "../../_components/words.ts";
import { ApplyAgain } from "./apply-again.tsx";
import classes from "./rule-standing.module.css";

type RuleStandingProps = {
  rule: Rule;
  /** The last one; null where there was none. */
  change: RuleChange | null;
  /** The run that has the store follow it. */
  run: ReplayRow | null;
  mayManage: boolean;
  zone: string;
  now: Date;
};

const LOOK_MS = 2000;

/** Whether a rule fires, who set it so and why, and how far the store has followed. */
export function RuleStanding({ rule, change, run, mayManage, zone, now }: RuleStandingProps) {
  const setting = change?.setting ?? AS_SHIPPED;
  return (
    <section
      className={classes.standing}
      aria-label="How it is set"
      data-off={setting.isOff ? "" : undefined}
    >
      <p role="status">
        This rule is <strong>{settingWords(setting, rule)}</strong>.
        {change ? (
          <>
            {" "}
            Set by {change.by ?? "somebody"}, <Time time={change.at} zone={zone} now={now} />:{" "}
            <bdi className={classes.reason}>“{change.reason}”</bdi>
          </>
        ) : null}
      </p>
      {run ? <Applying run={run} ruleId={rule.id} mayManage={mayManage} /> : null}
      {mayManage ? (
        <div>
          <LinkButton size="xs" href={`/rules/${rule.id}/change` as Route}>
            Change…
          </LinkButton>
        </div>
      ) : null}
    </section>
  );
}

function Applying({ run, ruleId, mayManage }: { run: ReplayRow; ruleId: string; mayManage: boolean }) {
  const { state, done, total, counts } = run;
  if (state === "done") return <p className="secondary">Applied. {ruleRunSentence(counts, false)}</p>;
  if (state === "queued" || state === "running")
    return (
      <div className={classes.progress}>
        <KeepFresh everyMs={LOOK_MS} />
        <p className="secondary">
          {state === "queued" || total === null
            ? "New events are by this already; it waits to be applied to stored ones."
            : `Being applied to stored events: ${done.toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}.`}
        </p>
        <Progress value={total ? (100 * done) / total : 0} size="sm" aria-label="Progress of applying it" />
      </div>
    );
  return (
    <div className={classes.progress}>
      <p role="alert">
        {state === "failed" ? "It could not be applied" : "Applying it was cancelled"}: alerts of before may
        still be as they were. {run.failure ? <bdi className={classes.reason}>{run.failure}</bdi> : null}
      </p>
      {mayManage ? <ApplyAgain ruleId={ruleId} /> : null}
    </div>
  );
}
