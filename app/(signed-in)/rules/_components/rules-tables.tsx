import type { Route } from "next";
import Link from "next/link";
import type { Rule } from "#lib/detection/rule.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import { NO_NUMBERS, precisionOf, type RuleNumbers } from "#lib/rules/numbers.ts";
import { AS_SHIPPED, type RuleSetting, type RuleSettings } from "#lib/rules/setting.ts";
import { STEPS, stepOf } from "#lib/rules/step.ts";
import { JUDGING_VERDICTS } from "#lib/triage/alert.ts";
import lines from "../../../_ui/table.module.css";
import { SeverityMark } from "../../alerts/_components/severity-mark.tsx";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { alertsOfRuleHref, ruleHref } from "../search-params.ts";
import classes from "./rules.module.css";

type RulesTablesProps = {
  rules: readonly Rule[];
  numbers: ReadonlyMap<string, RuleNumbers>;
  settings: RuleSettings;
  since: Date;
  now: Date;
};

/** Every rule, those of a platform together, with what became of its alerts. */
export function RulesTables({ rules, numbers, settings, since, now }: RulesTablesProps) {
  const byPlatform = Map.groupBy(rules, platformOf);
  return (
    <>
      <p className={classes.about}>
        Alerts are those of the last 30 days (UTC), since {since.toISOString().slice(0, 10)}. Precision is the
        share of judged alerts that were what the rule looks for, expected or not.
      </p>
      {PLATFORMS.map((platform) => {
        const own = byPlatform.get(platform) ?? [];
        return own.length === 0 ? null : (
          <section key={platform} className={classes.platform} aria-labelledby={`of-${platform}`}>
            <h2 id={`of-${platform}`}>{PLATFORM_WORDS[platform]}</h2>
            <div className={lines.scroll}>
              <table className={`${lines.table} ${classes.table}`}>
                <caption className="visually-hidden">Rules for {PLATFORM_WORDS[platform]}</caption>
                <thead>
                  <tr>
                    <th scope="col">Rule</th>
                    <th scope="col">Step</th>
                    <th scope="col">Technique</th>
                    <th scope="col">Base</th>
                    <th scope="col" className="number">
                      Alerts
                    </th>
                    <th scope="col" className="number">
                      Suppressed
                    </th>
                    <th scope="col" className="number">
                      Judged
                    </th>
                    <th scope="col" className="number">
                      Precision
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {own.map((rule) => (
                    <Row
                      key={rule.id}
                      rule={rule}
                      numbers={numbers.get(rule.id) ?? NO_NUMBERS}
                      setting={settings.get(rule.id) ?? AS_SHIPPED}
                      now={now}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
    </>
  );
}

type RowProps = { rule: Rule; numbers: RuleNumbers; setting: RuleSetting; now: Date };

function Row({ rule, numbers, setting: { isOff, base }, now }: RowProps) {
  const step = stepOf(rule);
  const judged = precisionOf(numbers);
  return (
    <tr>
      <td title={rule.title}>
        <Link href={ruleHref(rule.id)} className={lines.open} prefetch={false}>
          {rule.title}
        </Link>
        {isOff ? <span className={classes.off}>switched off</span> : null}
      </td>
      <td>{step ? STEPS[step].label : "–"}</td>
      <td>{rule.technique}</td>
      <td>
        <SeverityMark severity={severityOf(base ?? rule.base)} score={base ?? rule.base} />
        {base === null ? null : <span className="secondary"> not {rule.base}</span>}
      </td>
      <Count value={numbers.alerts} href={alertsOfRuleHref(rule.id, now)} of={`alerts of ${rule.title}`} />
      <Count
        value={numbers.suppressed}
        href={alertsOfRuleHref(rule.id, now, { queue: "suppressed" })}
        of={`suppressed alerts of ${rule.title}`}
      />
      <Count
        value={judged?.judged ?? 0}
        href={alertsOfRuleHref(rule.id, now, { verdicts: JUDGING_VERDICTS })}
        of={`judged alerts of ${rule.title}`}
      />
      <td className="number">{judged ? `${Math.round(judged.precision * 100)} %` : "–"}</td>
    </tr>
  );
}

function Count({ value, href, of }: { value: number; href: Route; of: string }) {
  const words = value.toLocaleString("en-GB");
  return (
    <td className="number">
      {value === 0 ? (
        <span className="secondary">0</span>
      ) : (
        <Link href={href} className={classes.count} prefetch={false} aria-label={`${words} ${of}`}>
          {words}
        </Link>
      )}
    </td>
  );
}

/** Most rules look at one platform; one that looks at several stands where it looks first. */
function platformOf({ match }: Rule): Platform | undefined {
  return match[0]?.platform;
}
