import { suppressed, within } from "#lib/trends/behind.ts";
import type { Cell } from "#lib/trends/csv.ts";
import type { Period } from "#lib/trends/period.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import type { Volume } from "#lib/trends/volume.ts";
import { accountNames } from "../../../_organisation/names.ts";
import { accountWords } from "../../../_ui/account-name.tsx";
import { alertsHref } from "../../alerts/search-params.ts";
import { bucketWriter } from "./bucket-words.ts";
import { Figure } from "./figure.tsx";
import layout from "./layout.module.css";
import { Numbers } from "./numbers.tsx";
import { WIDE } from "./plot.ts";
import { seriesWords } from "./series-words.ts";
import { fillOf } from "./shades.ts";
import { type Column, StackedBars } from "./stacked-bars.tsx";
import { VolumeLegend } from "./volume-legend.tsx";
import { VolumeTable } from "./volume-table.tsx";
import { alertsWords, countWords, STACK_WORDS, STEP_WORDS } from "./words.ts";

type VolumeFigureProps = { filter: TrendsFilter; period: Period; volume: Promise<Volume> };

/** How many alerts there are over time, and what they are. */
export async function VolumeFigure({ filter, period, volume: counting }: VolumeFigureProps) {
  const { stack } = filter;
  const volume = stack === "account" ? await named(await counting) : await counting;
  const isSeveral = stack === "rule" || stack === "account";
  const title = `Alerts by ${STEP_WORDS[period.step]} and ${STACK_WORDS[stack].toLowerCase()}`;
  return (
    <div className={layout.wide}>
      <Figure
        title={title}
        definition={
          <>
            All alerts, where they were active last; the hatched bars beside are those of them that the
            allowlist covers whole.
            {isSeveral
              ? ` An alert of several ${stack}s stands in each of them, so that bars can be higher than the number of alerts.`
              : ""}
          </>
        }
        csv={csvOf(filter, volume)}
      >
        <VolumeLegend filter={filter} period={period} volume={volume} />
        <StackedBars
          label={`Alerts by ${STEP_WORDS[period.step]}`}
          frame={WIDE}
          columns={columnsOf(filter, period, volume)}
          layers={volume.series.map((series, at) => ({
            key: `${series.kind} ${series.value}`,
            fill: fillOf(stack, series, at),
            counts: series.counts.map(({ alerts }) => alerts),
          }))}
        />
        <Numbers filter={filter} of="volume" title={title}>
          {() => <VolumeTable filter={filter} period={period} volume={volume} />}
        </Numbers>
      </Figure>
    </div>
  );
}

async function named(volume: Volume): Promise<Volume> {
  const names = await accountNames(volume.series.map(({ value }) => value));
  const series = volume.series.map((one) => ({
    ...one,
    name: accountWords(one.value, names.get(one.value)),
  }));
  return { ...volume, series };
}

function columnsOf({ alerts, stack }: TrendsFilter, period: Period, volume: Volume): Column[] {
  const writer = bucketWriter(period.step, period.zone);
  return volume.buckets.map((span, at): Column => {
    const total = volume.totals[at] ?? { alerts: 0, suppressed: 0 };
    const own = within(alerts, span);
    const parts = volume.series.flatMap((series) => {
      const count = series.counts[at]?.alerts ?? 0;
      return count === 0 ? [] : [`${seriesWords(stack, series)} ${countWords(count)}`];
    });
    const when = writer.full(span);
    return {
      span,
      short: writer.short(span),
      words: `${when}: ${alertsWords(total.alerts)}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}, ${countWords(total.suppressed)} suppressed`,
      href: total.alerts === 0 ? undefined : alertsHref(own),
      hatched:
        total.suppressed === 0
          ? undefined
          : {
              count: total.suppressed,
              words: `${when}: ${alertsWords(total.suppressed)} suppressed`,
              href: alertsHref(suppressed(own)),
            },
    };
  });
}

function csvOf({ stack }: TrendsFilter, { buckets, totals, series }: Volume): Cell[][] {
  return [
    ["From", "Before", "Alerts", "Suppressed", ...series.map((one) => seriesWords(stack, one))],
    ...buckets.map(({ from, to }, at): Cell[] => [
      new Date(from).toISOString(),
      new Date(to).toISOString(),
      totals[at]?.alerts ?? 0,
      totals[at]?.suppressed ?? 0,
      ...series.map(({ counts }) => counts[at]?.alerts ?? 0),
    ]),
  ];
}
