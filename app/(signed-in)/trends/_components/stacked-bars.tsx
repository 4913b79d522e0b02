import { stack as stackOf } from "d3-shape";
import type { Span } from "#lib/trends/buckets.ts";
import { Axes } from "./axes.tsx";
import { BarKeys } from "./bar-keys.tsx";
import classes from "./chart.module.css";
import { ColumnLinks } from "./column-links.tsx";
import { HATCH } from "./hatch.tsx";
import { columnsOf, type Frame, heightsOf } from "./plot.ts";
import { round } from "./round.ts";

/** A column's words, and the alerts behind it and behind its hatched part. */
export type Column = {
  span: Span;
  short: string;
  words: string;
  href: string | undefined;
  hatched?: { count: number; words: string; href: string } | undefined;
};

const BAR_HINT = "Point at a bar, or move among them with the arrow keys; Enter opens what it counts.";

type StackedBarsProps = {
  label: string;
  frame: Frame;
  columns: readonly Column[];
  /** From below: how each is filled, and how high it is in each column. */
  layers: readonly { key: string; fill: string; counts: readonly number[] }[];
};

/** Bars that are links to the alerts behind them; the hatched part stands beside. Each layer is one path: there are many bars. */
export function StackedBars({ label, frame, columns, layers }: StackedBarsProps) {
  const keys = layers.map(({ key }) => key);
  const rows = columns.map((_, at) => layers.map(({ counts }) => counts[at] ?? 0));
  const stacked = stackOf<number[], string>()
    .keys(keys)
    .value((row, key) => row[keys.indexOf(key)] ?? 0)(rows);
  const highest = Math.max(
    0,
    ...rows.map((row) => row.reduce((sum, count) => sum + count, 0)),
    ...columns.map(({ hatched }) => hatched?.count ?? 0),
  );
  const y = heightsOf(frame, highest);
  const { x, step } = columnsOf(
    frame,
    columns.map(({ span }) => span),
  );
  const hasHatched = columns.some(({ hatched }) => hatched);
  const width = Math.min(step * (hasHatched ? 0.55 : 0.8), 48);
  const beside = { at: width + Math.min(step * 0.05, 4), width: Math.min(step * 0.3, 20) };
  const floor = frame.height - frame.bottom;
  const bar = (left: number, top: number, bottom: number, wide: number) =>
    `M${round(left)} ${round(bottom)}V${round(top)}h${round(wide)}V${round(bottom)}z`;
  return (
    <BarKeys hint={columns.some(({ href }) => href) ? BAR_HINT : ""}>
      <div className={classes.scroll}>
        {/* biome-ignore lint/a11y/useSemanticElements: there is no other element for a group of links within a drawing */}
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          className={classes.chart}
          data-wide={frame.width > 1000}
          role="group"
          aria-label={label}
        >
          <Axes
            frame={frame}
            heights={y
              .ticks(frame.height > 150 ? 4 : 2)
              .filter(Number.isInteger)
              .map((tick) => ({ y: y(tick), words: tick.toLocaleString("en-GB") }))}
            columns={{ x, step, words: columns.map(({ short }) => short) }}
          >
            {stacked.map((layer) => (
              <path
                key={layer.key}
                fill={layers[layer.index]?.fill}
                className={classes.layer}
                d={layer
                  .map(([low, high], at) => (high > low ? bar(x(at), y(high), y(low), width) : ""))
                  .join("")}
              />
            ))}
            <path
              fill={HATCH}
              className={classes.hatched}
              d={columns
                .map(({ hatched }, at) =>
                  hatched ? bar(x(at) + beside.at, y(hatched.count), floor, beside.width) : "",
                )
                .join("")}
            />
            <ColumnLinks
              columns={columns.map(({ words, href, hatched }) => ({
                words,
                href,
                hatched: hatched && {
                  words: hatched.words,
                  href: hatched.href,
                  top: round(Math.min(y(hatched.count), floor - 8)),
                },
              }))}
              left={frame.left}
              step={step}
              top={frame.top}
              floor={floor}
              beside={beside}
            />
          </Axes>
        </svg>
      </div>
    </BarKeys>
  );
}
