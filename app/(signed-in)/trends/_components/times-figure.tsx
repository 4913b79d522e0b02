import { within } from "#lib/trends/behind.ts";
import type { Period } from "#lib/trends/period.ts";
import type { Measure, Times, TimesTrend } from "#lib/trends/times.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import type { AlertFilter, Timing } from "#lib/triage/alert-filter.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { bucketWriter } from "./bucket-words.ts";
import { Figure } from "./figure.tsx";
import { LinkedNumber } from "./linked-number.tsx";
import { Numbers } from "./numbers.tsx";
import table from "./numbers-table.module.css";
import { QuantileLines } from "./quantile-lines.tsx";
import classes from "./times-figure.module.css";
import { alertsWords, durationWords, MEASURE_WORDS, STEP_WORDS } from "./words.ts";

const TIMING_OF = {
  acknowledge: "acknowledged",
  close: "closed",
  lag: "visible",
} as const satisfies Record<Measure, Timing>;

type TimesFigureProps = {
  filter: TrendsFilter;
  period: Period;
  measure: Measure;
  times: Promise<TimesTrend>;
};

/** How long something took: within how long half of it, and nine in ten, were done. */
export async function TimesFigure({ filter, period, measure, times }: TimesFigureProps) {
  const { now, before, buckets, byBucket } = await times;
  const { title, definition } = MEASURE_WORDS[measure];
  const writer = bucketWriter(period.step, period.zone);
  const behind = (span: Period["before"]): AlertFilter => ({
    ...within(filter.alerts, span),
    timing: TIMING_OF[measure],
  });
  const points = buckets.map((span, at) => {
    const { p50, p90, count } = byBucket[at]?.[measure] ?? { p50: null, p90: null, count: 0 };
    const when = writer.full(span);
    return {
      span,
      short: writer.short(span),
      when,
      words: `${when}: half within ${durationWords(p50)}, nine in ten within ${durationWords(p90)}, ${alertsWords(count)}`,
      href: count === 0 ? undefined : alertsHref(behind(span)),
      p50,
      p90,
      count,
    };
  });
  return (
    <Figure
      title={title}
      definition={definition}
      csv={[
        ["From", "Before", "p50 (s)", "p90 (s)", "Alerts"],
        ...points.map(({ span, p50, p90, count }) => [
          new Date(span.from).toISOString(),
          new Date(span.to).toISOString(),
          p50,
          p90,
          count,
        ]),
      ]}
    >
      <p className={classes.summary}>
        {now[measure].count === 0 ? (
          "Nothing to measure in this period"
        ) : (
          <>
            Half within <strong>{durationWords(now[measure].p50)}</strong>, nine in ten within{" "}
            <strong>{durationWords(now[measure].p90)}</strong>, of{" "}
            <LinkedNumber
              count={now[measure].count}
              href={alertsHref(behind(period))}
              words={`${title}: ${alertsWords(now[measure].count)}`}
            />{" "}
            {now[measure].count === 1 ? "alert" : "alerts"}
          </>
        )}
        ; {beforeWords(before, measure)}
        {measure === "lag" ? null : (
          <Waiting filter={within(filter.alerts, period)} measure={measure} now={now} />
        )}
      </p>
      {now[measure].count > 0 ? (
        <>
          <QuantileLines label={`${title} by ${STEP_WORDS[period.step]}`} points={points} />
          <Numbers filter={filter} of={measure} title={title}>
            {() => (
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col">{STEP_WORDS[period.step]}</th>
                    <th scope="col" className="number">
                      half within
                    </th>
                    <th scope="col" className="number">
                      nine in ten within
                    </th>
                    <th scope="col" className="number">
                      alerts
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {points
                    .filter(({ count }) => count > 0)
                    .map(({ when, href, p50, p90, count }) => (
                      <tr key={when}>
                        <th scope="row">{when}</th>
                        <td className="number">{durationWords(p50)}</td>
                        <td className="number">{durationWords(p90)}</td>
                        <td className="number">
                          <LinkedNumber count={count} href={href} words={`${when}: ${alertsWords(count)}`} />
                        </td>
                      </tr>
                    ))}
                </tbody>
              </table>
            )}
          </Numbers>
        </>
      ) : null}
    </Figure>
  );
}

function beforeWords(before: Times, measure: Measure): string {
  const { p50, p90, count } = before[measure];
  return count === 0
    ? "none before"
    : `before ${durationWords(p50)} and ${durationWords(p90)}, of ${alertsWords(count)}`;
}

type WaitingProps = { filter: AlertFilter; measure: Exclude<Measure, "lag">; now: Times };

/** What is not done yet has no time, and is told apart. */
function Waiting({ filter, measure, now }: WaitingProps) {
  const count = now.waiting[measure];
  const timing = measure === "acknowledge" ? "unacknowledged" : "unclosed";
  return (
    <>
      .{" "}
      <LinkedNumber
        count={count}
        href={alertsHref({ ...filter, timing })}
        words={`${alertsWords(count)} still waiting`}
      />{" "}
      still {count === 1 ? "waits" : "wait"}
    </>
  );
}
