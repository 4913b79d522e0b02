import { historyBefore } from "#lib/actors/timeline/point.ts";
import classes from "./timeline.module.css";
import { Folds } from "./timeline-axis.tsx";
import type { TimelineFrame } from "./timeline-frame.ts";
import { TimelinePlace } from "./timeline-place.tsx";
import { newcomersWords } from "./timeline-words.ts";

const HEIGHT = 22;

type NewcomersLaneProps = { historyFrom: number | null } & TimelineFrame;

/** When the actor was first seen with an operation, image, account, region, address or network. */
export function NewcomersLane({ drawing, historyFrom, zoomHref, zone, now }: NewcomersLaneProps) {
  if (drawing.newcomers.length === 0) return null;
  return (
    <div className={classes.row}>
      <div className={classes.label}>
        <span className={classes.laneName}>New for this actor</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset */}
      <svg
        className={classes.lane}
        height={HEIGHT}
        role="group"
        aria-label="New for this actor"
        data-lane="new"
      >
        <Folds pieces={drawing.pieces} height={HEIGHT} />
        {drawing.newcomers.map(({ x, newcomers }) => (
          <a
            key={newcomers.at}
            href={zoomHref(around(newcomers.at, newcomers.to))}
            className={classes.mark}
            data-mark="new"
            data-x={x}
            data-short={historyBefore(newcomers.at, historyFrom).isShort}
            aria-label={`${newcomersWords(newcomers, historyFrom, { zone, now })}. Zoom in`}
            tabIndex={-1}
          >
            <TimelinePlace x={x} y={HEIGHT / 2}>
              <rect x={-6} y={-9} width={12} height={18} className={classes.target} />
              <path d="M0 -5 L5 0 L0 5 L-5 0 Z" className={classes.newcomer} />
            </TimelinePlace>
          </a>
        ))}
      </svg>
    </div>
  );
}

/** An hour on both sides, so that what was going on is seen. */
function around(from: number, to: number) {
  return { from: from - 3_600_000, to: to + 3_600_000 };
}
