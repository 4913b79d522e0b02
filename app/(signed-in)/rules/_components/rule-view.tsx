import Link from "next/link";
import { FAMILIES } from "#lib/detection/family.ts";
import type { Match, Rule } from "#lib/detection/rule.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { precisionOf, type RuleNumbers } from "#lib/rules/numbers.ts";
import { STEPS, stepOf, techniqueUrl } from "#lib/rules/step.ts";
import { VERDICTS } from "#lib/triage/alert.ts";
import { Fields } from "../../../_ui/fields.tsx";
import { SeverityMark } from "../../alerts/_components/severity-mark.tsx";
import { VERDICT_WORDS } from "../../alerts/_components/triage-words.ts";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { LOG_WORDS } from "../../events/_components/words.ts";
import { alertsOfRuleHref } from "../search-params.ts";
import classes from "./rules.module.css";

type RuleViewProps = { rule: Rule; numbers: RuleNumbers; now: Date };

/** All of a rule: why, when it fires, what harmless work looks the same, and what became of its alerts. */
export function RuleView({ rule, numbers, now }: RuleViewProps) {
  const step = stepOf(rule);
  const judged = precisionOf(numbers);
  return (
    <div className={classes.rule}>
      <p className={classes.why}>{rule.why}</p>
      <Fields
        fields={[
          ["Fires on", rule.logic],
          ...rule.match.map((match) => ["Looks at", matchWords(match)] as const),
          ["Step", step ? STEPS[step].label : null],
          [
            "Technique",
            <a key="technique" href={techniqueUrl(rule.technique)} target="_blank" rel="noreferrer">
              MITRE ATT&amp;CK {rule.technique}
            </a>,
          ],
          [
            "Base severity as it ships",
            <SeverityMark key="base" severity={severityOf(rule.base)} score={rule.base} />,
          ],
          ["Grouped as", `${FAMILIES[rule.family].label}, within ${FAMILIES[rule.family].windowHours} hours`],
          ["Id", <code key="id">{rule.id}</code>],
        ]}
      />
      <section aria-labelledby="harmless">
        <h2 id="harmless">Harmless work that looks the same</h2>
        <ul>
          {rule.falsePositives.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="became">
        <h2 id="became">Its alerts of the last 30 days</h2>
        <p>
          {numbers.alerts === 0 ? (
            "None."
          ) : (
            <>
              <Link href={alertsOfRuleHref(rule.id, now)}>
                {numbers.alerts.toLocaleString("en-GB")} alerts
              </Link>
              {numbers.suppressed > 0 ? (
                <>
                  , of which{" "}
                  <Link href={alertsOfRuleHref(rule.id, now, { queue: "suppressed" })}>
                    {numbers.suppressed.toLocaleString("en-GB")} are suppressed
                  </Link>
                </>
              ) : null}
              .{" "}
              {judged
                ? `${judged.judged.toLocaleString("en-GB")} were judged; ${Math.round(judged.precision * 100)} % of those were what it looks for, expected or not.`
                : "None was judged yet."}
            </>
          )}
        </p>
        <ul>
          {VERDICTS.flatMap((verdict) => {
            const count = numbers.verdicts[verdict];
            return count
              ? [
                  <li key={verdict}>
                    <Link href={alertsOfRuleHref(rule.id, now, { verdicts: [verdict] })}>
                      {count.toLocaleString("en-GB")}
                    </Link>{" "}
                    {VERDICT_WORDS[verdict].words}
                  </li>,
                ]
              : [];
          })}
        </ul>
      </section>
      <section aria-labelledby="references">
        <h2 id="references">References</h2>
        <ul>
          {rule.references.map((url) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function matchWords({ platform, logs, service, operation }: Match): string {
  const operations = "contains" in operation ? operation.contains.map((part) => `…${part}…`) : operation;
  const where = [PLATFORM_WORDS[platform], ...(service ?? [])].join(", ");
  return `${operations.join(", ")} (${where}; told by ${logs.map((log) => LOG_WORDS[log]).join(", ")})`;
}
