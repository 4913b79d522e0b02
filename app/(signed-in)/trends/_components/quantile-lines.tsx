import { line } from "d3-shape";
import type { Span } from "#lib/trends/buckets.ts";
import { Axes } from "./axes.tsx";
import { BarKeys } from "./bar-keys.tsx";
import classes from "./chart.module.css";
import { ColumnLinks } from "./column-links.tsx";
import { columnsOf, HALF as frame, heightsOf } from "./plot.ts";
import { round } from "./round.ts";

export type QuantilePoint = {
  span: Span;
  short: string;
  words: string;
  href: string | undefined;
  p50: number | null;
  p90: number | null;
};

const POINT_HINT = "Point at the lines, or move along them with the arrow keys; Enter opens the alerts.";
const QUANTILES = ["p90", "p50"] as const;
const QUANTILE_WORDS = { p50: "half", p90: "nine in ten" } as const;

/** The largest unit in which the longest time is more than one. */
const UNITS = [
  { seconds: 86_400, words: "d" },
  { seconds: 3600, words: "h" },
  { seconds: 60, words: "min" },
  { seconds: 1, words: "s" },
] as const;

/** Within how long half of them, and nine in ten, were done. A line breaks off where there was none. */
export function QuantileLines({ label, points }: { label: string; points: readonly QuantilePoint[] }) {
  const highest = Math.max(0, ...points.flatMap(({ p50, p90 }) => [p50 ?? 0, p90 ?? 0]));
  const unit = UNITS.find(({ seconds }) => highest > seconds * 1.5) ?? UNITS[3];
  // Above the highest there is room for what its line is called.
  const y = heightsOf(frame, (highest / unit.seconds) * 1.12);
  const { x, step } = columnsOf(
    frame,
    points.map(({ span }) => span),
  );
  const floor = frame.height - frame.bottom;
  const middle = (at: number) => round(x(at) + step / 2);
  const height = (seconds: number | null) => round(y((seconds ?? 0) / unit.seconds));
  // A stroke of no length with round ends is a dot: one path for all of them.
  const dots = (of: (typeof QUANTILES)[number]) =>
    points.map((point, at) => (point[of] === null ? "" : `M${middle(at)} ${height(point[of])}h0`)).join("");
  return (
    <BarKeys hint={POINT_HINT}>
      <div className={classes.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: there is no other element for a group of links within a drawing */}
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          className={classes.chart}
          role="group"
          aria-label={label}
        >
          <Axes
            frame={frame}
            heights={y
              .ticks(4)
              .map((tick) => ({ y: y(tick), words: `${tick.toLocaleString("en-GB")} ${unit.words}` }))}
            columns={{ x, step, words: points.map(({ short }) => short) }}
          >
            {QUANTILES.map((of) => (
              <g key={of}>
                <path
                  className={classes[of]}
                  d={
                    line<QuantilePoint>()
                      .defined((point) => point[of] !== null)
                      .x((_, at) => middle(at))
                      .y((point) => height(point[of]))(points) ?? ""
                  }
                />
                <path data-of={of} data-many={points.length > 60} className={classes.dots} d={dots(of)} />
                <LineName of={of} points={points} middle={middle} height={height} />
              </g>
            ))}
            <ColumnLinks
              columns={points.map(({ words, href }) => ({ words, href }))}
              left={frame.left}
              step={step}
              top={frame.top}
              floor={floor}
            />
          </Axes>
        </svg>
      </div>
    </BarKeys>
  );
}

type LineNameProps = {
  of: (typeof QUANTILES)[number];
  points: readonly QuantilePoint[];
  middle: (at: number) => number;
  height: (seconds: number | null) => number;
};

/** What a line is, where it is highest. */
function LineName({ of, points, middle, height }: LineNameProps) {
  const highest = points.reduce(
    (most, point, at) => ((point[of] ?? -1) > (points[most]?.[of] ?? -1) ? at : most),
    0,
  );
  const seconds = points[highest]?.[of] ?? null;
  if (seconds === null) return null;
  const isRight = middle(highest) > frame.width / 2;
  const top = height(seconds);
  const isTight = of === "p50" && top - height(points[highest]?.p90 ?? null) < 24;
  return (
    <text
      data-of={of}
      className={classes.name}
      x={middle(highest) + (isRight ? -8 : 8)}
      y={isTight ? top + 15 : Math.max(top - 7, 10)}
      textAnchor={isRight ? "end" : "start"}
    >
      {QUANTILE_WORDS[of]}
    </text>
  );
}
