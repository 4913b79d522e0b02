import { type ReactNode, Suspense } from "react";
import type { Period } from "#lib/trends/period.ts";
import { countBacklog } from "#lib/trends/queries/backlog.ts";
import { countFirstSeen } from "#lib/trends/queries/first-seen.ts";
import { countMix } from "#lib/trends/queries/mix.ts";
import { measureTimes } from "#lib/trends/queries/times.ts";
import { listTops } from "#lib/trends/queries/tops.ts";
import { countVolume } from "#lib/trends/queries/volume.ts";
import type { TrendsFilter } from "#lib/trends/trends-filter.ts";
import { BacklogFigure } from "./backlog-figure.tsx";
import { FirstSeenFigure } from "./first-seen-figure.tsx";
import { Headlines } from "./headlines.tsx";
import classes from "./layout.module.css";
import { EntriesFigure, NoiseFigure, VerdictFigure } from "./mix-figures.tsx";
import { TimesFigure } from "./times-figure.tsx";
import { TopFigure } from "./top-figure.tsx";
import { VolumeFigure } from "./volume-figure.tsx";

type ChartsProps = { filter: TrendsFilter; period: Period; now: Date };

/** All that is counted, asked for at once, each part shown as soon as it is known. */
export function Charts({ filter, period, now }: ChartsProps) {
  const { alerts, stack } = filter;
  const volume = countVolume(alerts, period, stack);
  const mix = countMix(alerts, period);
  const times = measureTimes(alerts, period);
  const tops = listTops(alerts, period);
  const backlog = countBacklog(alerts, now);
  const firstSeen = countFirstSeen(period);
  const shared = { filter, period, now };
  return (
    <>
      <Later size="line">
        <Headlines {...shared} mix={mix} times={times} />
      </Later>
      <Later size="wide">
        <VolumeFigure {...shared} volume={volume} />
      </Later>
      <div className={classes.grid}>
        <Later>
          <BacklogFigure {...shared} backlog={backlog} />
        </Later>
        <Later>
          <VerdictFigure {...shared} mix={mix} />
        </Later>
        <Later>
          <TimesFigure {...shared} measure="acknowledge" times={times} />
        </Later>
        <Later>
          <TimesFigure {...shared} measure="close" times={times} />
        </Later>
        <Later>
          <NoiseFigure {...shared} mix={mix} />
        </Later>
        <Later>
          <TimesFigure {...shared} measure="lag" times={times} />
        </Later>
        <Later>
          <EntriesFigure {...shared} mix={mix} tops={tops} />
        </Later>
        <Later>
          <FirstSeenFigure {...shared} firstSeen={firstSeen} />
        </Later>
        <Later>
          <TopFigure {...shared} of="actor" tops={tops} />
        </Later>
        <Later>
          <TopFigure {...shared} of="image" tops={tops} />
        </Later>
        <Later>
          <TopFigure {...shared} of="rule" mix={mix} />
        </Later>
        <Later>
          <TopFigure {...shared} of="address" tops={tops} />
        </Later>
      </div>
    </>
  );
}

/** Keeps the place of what is still being counted. */
function Later({ size = "half", children }: { size?: "line" | "half" | "wide"; children: ReactNode }) {
  const fallback = (
    <div className={classes.skeleton} data-size={size}>
      <span className="secondary">counting…</span>
    </div>
  );
  return <Suspense fallback={fallback}>{children}</Suspense>;
}
