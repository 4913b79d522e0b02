import type { Route } from "next";
import type { Span } from "#lib/trends/buckets.ts";
import type { Period } from "#lib/trends/period.ts";
import type { FirstSeen } from "#lib/trends/queries/first-seen.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { newActorsHref } from "../../actors/search-params.ts";
import { bucketWriter } from "./bucket-words.ts";
import { Figure } from "./figure.tsx";
import classes from "./first-seen-figure.module.css";
import { LinkedNumber } from "./linked-number.tsx";
import { Numbers } from "./numbers.tsx";
import table from "./numbers-table.module.css";
import { SMALL } from "./plot.ts";
import { StackedBars } from "./stacked-bars.tsx";
import { changeWords, countWords } from "./words.ts";

const TITLE = "Seen for the first time";
const KINDS = ["actors", "images"] as const;

type FirstSeenFigureProps = { filter: TrendsFilter; period: Period; firstSeen: Promise<FirstSeen> };

/** How many actors and images nobody had seen before. */
export async function FirstSeenFigure({ filter, period, firstSeen }: FirstSeenFigureProps) {
  const { weeks, all, ...counts } = await firstSeen;
  const writer = bucketWriter("week", period.zone);
  const names = weeks.map((week) => writer.full(week));
  return (
    <Figure
      title={TITLE}
      definition="Actors and images by the week of their first event in the store, whatever filters are in force. When a log has only just been connected, all of its actors are new."
      csv={[
        ["From", "Before", "Actors", "Images"],
        ...weeks.map(({ from, to }, at) => [
          new Date(from).toISOString(),
          new Date(to).toISOString(),
          counts.actors[at] ?? 0,
          counts.images[at] ?? 0,
        ]),
      ]}
    >
      {KINDS.map((kind) => (
        <div key={kind}>
          <p className={classes.kind}>
            <LinkedNumber
              count={all[kind].now}
              href={hrefOf(kind, period)}
              words={`${countWords(all[kind].now)} ${kind} seen for the first time`}
            />{" "}
            {kind} <span className="secondary">{changeWords(all[kind])}</span>
          </p>
          <StackedBars
            label={`New ${kind} by week`}
            frame={SMALL}
            columns={weeks.map((span, at) => ({
              span,
              short: writer.short(span),
              words: `${names[at]}: ${countWords(counts[kind][at] ?? 0)} new ${kind}`,
              href: counts[kind][at] ? hrefOf(kind, span) : undefined,
            }))}
            layers={[{ key: kind, fill: "var(--secondary)", counts: counts[kind] }]}
          />
        </div>
      ))}
      <Numbers filter={filter} of="first-seen" title={TITLE}>
        {() => (
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">week</th>
                {KINDS.map((kind) => (
                  <th key={kind} scope="col" className="number">
                    new {kind}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {names.map((name, at) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {KINDS.map((kind) => (
                    <td key={kind} className="number">
                      <LinkedNumber
                        count={counts[kind][at] ?? 0}
                        href={weeks[at] && hrefOf(kind, weeks[at])}
                        words={`${name}: ${countWords(counts[kind][at] ?? 0)} new ${kind}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Numbers>
    </Figure>
  );
}

function hrefOf(kind: (typeof KINDS)[number], span: Span): Route | undefined {
  return kind === "actors" ? newActorsHref(new Date(span.from), new Date(span.to - 1)) : undefined;
}
