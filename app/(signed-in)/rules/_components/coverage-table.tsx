import Link from "next/link";
import { Fragment } from "react";
import type { LogArrival, LogCoverage } from "#lib/rules/coverage.ts";
import { STEP_NAMES, STEPS } from "#lib/rules/step.ts";
import lines from "../../../_ui/table.module.css";
import { formatAgo, Time } from "../../../_ui/time.tsx";
import { PLATFORM_WORDS } from "../../alerts/_components/words.ts";
import { LOG_WORDS } from "../../events/_components/words.ts";
import { ruleHref } from "../search-params.ts";
import classes from "./rules.module.css";

type CoverageTableProps = { coverage: readonly LogCoverage[]; zone: string; now: Date };

/** What each log is looked at for, whether it arrives, and how to switch it on where it does not. */
export function CoverageTable({ coverage, zone, now }: CoverageTableProps) {
  const missing = coverage.filter(({ arrival }) => arrival === null);
  const off = [...new Set(coverage.flatMap(({ rules }) => rules.flatMap((one) => one.off)))];
  return (
    <>
      <p className={classes.about}>
        How many rules look at each log for each step of an attack. A log that never arrived is a blind spot.
      </p>
      <div className={lines.scroll}>
        <table className={`${lines.table} ${classes.coverage}`}>
          <caption className="visually-hidden">Rules by log and step, times in {zone}</caption>
          <thead>
            <tr>
              <th scope="col">Log</th>
              <th scope="col">Platform</th>
              {STEP_NAMES.map((step) => (
                <th key={step} scope="col" className="number">
                  {STEPS[step].label}
                </th>
              ))}
              <th scope="col">Last event</th>
            </tr>
          </thead>
          <tbody>
            {coverage.map(({ log, guide, rules, arrival }) => (
              <tr key={log}>
                <th scope="row">{LOG_WORDS[log]}</th>
                <td>{PLATFORM_WORDS[guide.platform]}</td>
                {rules.map((one) => (
                  <td
                    key={one.step}
                    className="number"
                    title={[
                      ...one.rules.map(({ title }) => title),
                      ...one.off.map(({ title }) => `${title} (switched off)`),
                    ].join("\n")}
                  >
                    {one.rules.length === 0 ? <span className="secondary">–</span> : one.rules.length}
                    {one.off.length > 0 ? <span className="secondary"> {one.off.length} off</span> : null}
                  </td>
                ))}
                <td>
                  <Arrival arrival={arrival} zone={zone} now={now} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <section className={classes.blind} aria-labelledby="blind-spots">
        <h2 id="blind-spots">Blind spots</h2>
        {off.length > 0 ? (
          <p>
            Switched off:{" "}
            {off.map((rule, at) => (
              <Fragment key={rule.id}>
                {at > 0 ? ", " : ""}
                <Link href={ruleHref(rule.id)}>{rule.title}</Link>
              </Fragment>
            ))}
            . What only these would have found is not found.
          </p>
        ) : null}
        {missing.length === 0 ? <p>Every log that a rule looks at has arrived.</p> : null}
        <dl>
          {missing.map(({ log, guide, only }) => (
            <div key={log}>
              <dt>{LOG_WORDS[log]} never arrived</dt>
              <dd>
                {only === 0
                  ? "Its rules look at other logs too. "
                  : `${only} ${only === 1 ? "rule looks" : "rules look"} nowhere else and cannot fire. `}
                {guide.how}
              </dd>
            </div>
          ))}
          {coverage.map(({ log, guide, arrival }) =>
            arrival !== null && guide.blind !== null ? (
              <div key={log}>
                <dt>{LOG_WORDS[log]} does not tell all</dt>
                <dd>{guide.blind}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <p className="secondary">
          How each source is doing that has delivered is on <Link href="/sources">Sources</Link>.
        </p>
      </section>
    </>
  );
}

function Arrival({ arrival, zone, now }: { arrival: LogArrival | null; zone: string; now: Date }) {
  if (arrival === null) return <span className={classes.never}>never</span>;
  if (arrival.lastAt === null) return <span className="secondary">history alone</span>;
  return (
    <>
      <Time time={arrival.lastAt} zone={zone} now={now} />{" "}
      <span className="secondary">{formatAgo(arrival.lastAt, now)}</span>
    </>
  );
}
