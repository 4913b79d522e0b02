"use client";

import type { Preview } from "#lib/allowlist/preview.ts";
import classes from "./preview-bars.module.css";
import { type Bar, barsOf, barWords } from "./preview-days.ts";

type Fate = "suppressed" | "brokeThrough" | "outside";

const FATES = ["suppressed", "brokeThrough", "outside"] as const satisfies Fate[];
const FATE_WORDS = {
  suppressed: "suppressed",
  brokeThrough: "broke through",
  outside: "outside its time",
} as const satisfies Record<Fate, string>;

const WIDTH = 600;
const HEIGHT = 96;
const MOST_BARS = 90;

/** What is matched by day, stacked; suppressed hatched, so that colour is never alone. */
export function PreviewBars({ days }: { days: Preview["byDay"] }) {
  const bars = barsOf(days, MOST_BARS);
  const highest = Math.max(...bars.map(total), 1);
  const step = WIDTH / bars.length;
  const [first, last] = [bars.at(0), bars.at(-1)];
  if (!first || !last) return null;
  const busiest = bars.reduce((most, bar) => (total(bar) > total(most) ? bar : most));
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={classes.bars}
        role="img"
        aria-label={`Detections by day from ${barWords(first)} to ${barWords(last)}, at most ${highest.toLocaleString("en-GB")} on ${barWords(busiest)}.`}
      >
        {bars.map((bar, index) => (
          <g key={bar.from} className={classes.bar}>
            <title>{words(bar)}</title>
            <rect x={index * step} y={0} width={step} height={HEIGHT} className={classes.target} />
            <Stack bar={bar} x={index * step} width={Math.min(step * 0.8, 24)} highest={highest} />
          </g>
        ))}
      </svg>
      <figcaption className={classes.axis}>
        <span>{barWords(first)}</span>
        <span>
          at most {highest.toLocaleString("en-GB")} a {first.from === first.to ? "day" : "bar"} · UTC
        </span>
        <span>{barWords(last)}</span>
      </figcaption>
      <details className={classes.details}>
        <summary>By day in numbers</summary>
        <DayTable bars={bars} />
      </details>
    </figure>
  );
}

/** The pattern that stands for a fate, as in the bars. */
export function Swatch({ fate }: { fate: Fate }) {
  return (
    <svg viewBox="0 0 12 12" className={classes.swatch} aria-hidden="true">
      <rect x="0.5" y="0.5" width="11" height="11" fill={FILLS[fate]} className={classes[fate]} />
    </svg>
  );
}

const HATCH = "preview-hatch";
const FILLS = {
  suppressed: `url(#${HATCH})`,
  brokeThrough: "var(--severity-high)",
  outside: "none",
} as const satisfies Record<Fate, string>;

/** Once on the page, for all that is hatched. */
export function HatchPattern() {
  return (
    <svg className={classes.patterns} aria-hidden="true">
      <defs>
        <pattern id={HATCH} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="4" className={classes.hatch} />
        </pattern>
      </defs>
    </svg>
  );
}

function Stack({ bar, x, width, highest }: { bar: Bar; x: number; width: number; highest: number }) {
  let top = HEIGHT;
  return FATES.map((fate) => {
    const height = (bar[fate] / highest) * HEIGHT;
    top -= height;
    return height === 0 ? null : (
      <rect
        key={fate}
        x={x}
        y={top}
        width={width}
        height={height}
        fill={FILLS[fate]}
        className={classes[fate]}
      />
    );
  });
}

function DayTable({ bars }: { bars: Bar[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {FATES.map((fate) => (
            <th key={fate} scope="col" className="number">
              {FATE_WORDS[fate]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars
          .filter((bar) => total(bar) > 0)
          .map((bar) => (
            <tr key={bar.from}>
              <th scope="row">{barWords(bar)}</th>
              {FATES.map((fate) => (
                <td key={fate} className="number">
                  {bar[fate].toLocaleString("en-GB")}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function total({ suppressed, brokeThrough, outside }: Bar): number {
  return suppressed + brokeThrough + outside;
}

function words(bar: Bar): string {
  const parts = FATES.filter((fate) => bar[fate] > 0).map(
    (fate) => `${bar[fate].toLocaleString("en-GB")} ${FATE_WORDS[fate]}`,
  );
  return `${barWords(bar)}: ${parts.join(", ") || "none"}`;
}
