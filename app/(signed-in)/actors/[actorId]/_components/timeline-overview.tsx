import { lengthOf } from "#lib/actors/timeline/window.ts";
import classes from "./timeline.module.css";
import { Folds } from "./timeline-axis.tsx";
import type { TimelineFrame } from "./timeline-frame.ts";
import { barWords, lengthWords } from "./timeline-words.ts";

const HEIGHT = 40;

/** The whole life as a histogram, with the window on it. */
export function TimelineOverview({ drawing, isByDay, zone, now }: TimelineFrame) {
  const { pieces, bars, brush } = drawing.overview;
  const [first, last] = [bars.at(0), bars.at(-1)];
  const folded = pieces.filter(({ isFold }) => isFold).reduce((sum, fold) => sum + lengthOf(fold), 0);
  return (
    <svg
      className={classes.overview}
      height={HEIGHT}
      role="img"
      aria-label={`All events from ${first ? barWords(first, isByDay, { zone, now }) : "nothing"} to ${last ? barWords(last, isByDay, { zone, now }) : "nothing"}${folded > 0 ? `, ${lengthWords(folded)} without events folded` : ""}.`}
    >
      <Folds pieces={pieces} height={HEIGHT} />
      {bars.map((bar) => {
        const height = Math.max(1.5, bar.height * (HEIGHT - 2));
        return (
          <g key={bar.span.from}>
            <title>{barWords(bar, isByDay, { zone, now })}</title>
            <rect
              x={`${bar.x}%`}
              width={`${bar.width}%`}
              y={HEIGHT - height}
              height={height}
              className={classes.overviewBar}
              data-events={bar.counts.events}
            />
          </g>
        );
      })}
      <rect
        x={`${brush.x}%`}
        width={`${Math.max(brush.width, 0.3)}%`}
        y={0.5}
        height={HEIGHT - 1}
        className={classes.brush}
        data-brush=""
      />
    </svg>
  );
}
