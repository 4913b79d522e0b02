import { inSeries, suppressed, within } from "#lib/trends/behind.ts";
import type { Period } from "#lib/trends/period.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import type { Volume } from "#lib/trends/volume.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { bucketWriter } from "./bucket-words.ts";
import { LinkedNumber } from "./linked-number.tsx";
import classes from "./numbers-table.module.css";
import { seriesWords } from "./series-words.ts";
import { alertsWords, STEP_WORDS } from "./words.ts";

type VolumeTableProps = { filter: TrendsFilter; period: Period; volume: Volume };

/** The numbers of the bars, each with the alerts behind it; stretches without alerts are left out. */
export function VolumeTable({ filter: { alerts, stack }, period, volume }: VolumeTableProps) {
  const writer = bucketWriter(period.step, period.zone);
  const names = volume.series.map((one) => seriesWords(stack, one));
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{STEP_WORDS[period.step]}</th>
          <th scope="col" className="number">
            alerts
          </th>
          <th scope="col" className="number">
            suppressed
          </th>
          {names.map((name, at) => (
            <th key={`${volume.series[at]?.kind} ${name}`} scope="col" className="number" title={name}>
              <bdi>{name}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {volume.buckets.map((span, at) => {
          const total = volume.totals[at];
          if (!total?.alerts) return null;
          const own = within(alerts, span);
          const when = writer.full(span);
          return (
            <tr key={span.from}>
              <th scope="row">{when}</th>
              <td className="number">
                <LinkedNumber
                  count={total.alerts}
                  href={alertsHref(own)}
                  words={`${when}: ${alertsWords(total.alerts)}`}
                />
              </td>
              <td className="number">
                <LinkedNumber
                  count={total.suppressed}
                  href={alertsHref(suppressed(own))}
                  words={`${when}, suppressed: ${alertsWords(total.suppressed)}`}
                />
              </td>
              {volume.series.map((one, index) => (
                <td key={`${one.kind} ${one.value}`} className="number">
                  <LinkedNumber
                    count={one.counts[at]?.alerts ?? 0}
                    href={alertsHref(inSeries(own, stack, one, volume.series))}
                    words={`${when}, ${names[index]}: ${alertsWords(one.counts[at]?.alerts ?? 0)}`}
                  />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
