import type { Piece } from "#lib/actors/timeline/scale.ts";
import type { Tick } from "#lib/actors/timeline/ticks.ts";
import { lengthOf } from "#lib/actors/timeline/window.ts";
import classes from "./timeline.module.css";
import { lengthWords, tickWords, type When } from "./timeline-words.ts";

type TimelineAxisProps = { pieces: readonly Piece[]; ticks: readonly Tick[] } & When;

/** Times along the top, and how long what is folded is. */
export function TimelineAxis({ pieces, ticks, zone, now }: TimelineAxisProps) {
  return (
    <div className={classes.row}>
      <span className={classes.zone}>Times in {zone}</span>
      <svg className={classes.axis} height={30} aria-hidden="true">
        {ticks.map((tick, at) => (
          <g key={tick.at}>
            <line x1={`${tick.x}%`} x2={`${tick.x}%`} y1={24} y2={30} className={classes.tick} />
            <text
              x={`${tick.x}%`}
              y={20}
              className={classes.tickWords}
              textAnchor={tick.x < 3 ? "start" : "middle"}
            >
              {tickWords(tick, ticks[at - 1], { zone, now })}
            </text>
          </g>
        ))}
        {pieces
          .filter(({ isFold }) => isFold)
          .map((fold) => (
            <text
              key={fold.from}
              x={`${(fold.start + fold.end) / 2}%`}
              y={8}
              textAnchor="middle"
              className={classes.foldWords}
            >
              {lengthWords(lengthOf(fold))}
            </text>
          ))}
      </svg>
    </div>
  );
}

/** Where nothing is for so long that it is not drawn. */
export function Folds({ pieces, height }: { pieces: readonly Piece[]; height: number }) {
  return pieces
    .filter(({ isFold }) => isFold)
    .map((fold) => (
      <g key={fold.from}>
        <title>{`Nothing for ${lengthWords(lengthOf(fold))}`}</title>
        <rect
          x={`${fold.start}%`}
          width={`${fold.end - fold.start}%`}
          y={0}
          height={height}
          className={classes.fold}
        />
      </g>
    ));
}
