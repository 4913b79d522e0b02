import { inSeries, suppressed, within } from "#lib/trends/behind.ts";
import { shareOf } from "#lib/trends/mix.ts";
import type { Period } from "#lib/trends/period.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import type { Volume } from "#lib/trends/volume.ts";
import { alertsHref } from "../../alerts/search-params.ts";
import { HATCH } from "./hatch.tsx";
import { LinkedNumber } from "./linked-number.tsx";
import { seriesWords } from "./series-words.ts";
import { fillOf } from "./shades.ts";
import classes from "./volume-legend.module.css";
import { alertsWords, changeWords, shareWords } from "./words.ts";

type VolumeLegendProps = { filter: TrendsFilter; period: Period; volume: Volume };

/** What the fills mean, with the numbers of the whole period. */
export function VolumeLegend({ filter: { alerts, stack }, period, volume }: VolumeLegendProps) {
  const own = within(alerts, period);
  const { now, before, series } = volume;
  return (
    <ul className={classes.legend}>
      {series.map((one, at) => {
        const name = seriesWords(stack, one);
        return (
          <li key={`${one.kind} ${one.value}`} className={classes.entry}>
            <Swatch fill={fillOf(stack, one, at)} />
            <bdi className={classes.name} title={name}>
              {name}
            </bdi>
            <LinkedNumber
              count={one.now.alerts}
              href={alertsHref(inSeries(own, stack, one, series))}
              words={`${name}: ${alertsWords(one.now.alerts)}`}
            />
            <span className="secondary">
              {changeWords({ now: one.now.alerts, before: one.before.alerts })}
            </span>
          </li>
        );
      })}
      <li className={classes.entry}>
        <Swatch fill={HATCH} />
        <span>suppressed</span>
        <LinkedNumber
          count={now.suppressed}
          href={alertsHref(suppressed(own))}
          words={`suppressed: ${alertsWords(now.suppressed)}`}
        />
        <span className="secondary">
          {shareWords(shareOf(now.suppressed, now.alerts))} of all,{" "}
          {shareWords(shareOf(before.suppressed, before.alerts))} before
        </span>
      </li>
    </ul>
  );
}

function Swatch({ fill }: { fill: string }) {
  return (
    <svg viewBox="0 0 12 12" className={classes.swatch} aria-hidden="true">
      <rect x="0.5" y="0.5" width="11" height="11" fill={fill} className={classes.box} />
    </svg>
  );
}
