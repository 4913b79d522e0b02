import type { Bar, Lane } from "#lib/actors/timeline/draw.ts";
import type { Platform } from "#lib/logs/normalize/event.ts";
import { PLATFORM_WORDS } from "../../../alerts/_components/words.ts";
import classes from "./timeline.module.css";
import { Folds } from "./timeline-axis.tsx";
import { type DrawnBar, TimelineBars } from "./timeline-bars.tsx";
import { type BarPlace, LANE_HEIGHT, type TimelineFrame } from "./timeline-frame.ts";
import { DotMark } from "./timeline-mark.tsx";
import { laneName } from "./timeline-words.ts";

type TimelineLaneProps = { lane: Lane; platform: Platform } & TimelineFrame;

/** What the actor did with one service. */
export function TimelineLane({ lane, platform, ...frame }: TimelineLaneProps) {
  const { drawing, places, timelessHref, eventHref, selected, zone, now } = frame;
  const name = laneName(lane);
  const { events, detections } = lane.counts;
  const isSevere = ({ point }: Lane["dots"][number]) => point.detections.length > 0;
  return (
    <div className={classes.row}>
      <div className={classes.label}>
        <span className={classes.laneName} title={name}>
          <span className="secondary">{PLATFORM_WORDS[platform]}</span> <bdi>{name}</bdi>
        </span>
        <span className={classes.laneCounts}>
          {events.toLocaleString("en-GB")}
          {lane.bars.length > 0 ? ` · at most ${lane.most.toLocaleString("en-GB")} a bar` : ""}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset */}
      <svg
        className={classes.lane}
        height={LANE_HEIGHT}
        role="group"
        aria-label={`${PLATFORM_WORDS[platform]} ${name}: ${events} events, ${detections} detections`}
        data-lane={lane.service ?? "others"}
      >
        <Folds pieces={drawing.pieces} height={LANE_HEIGHT} />
        <line x1="0" x2="100%" y1={LANE_HEIGHT - 0.5} y2={LANE_HEIGHT - 0.5} className={classes.base} />
        {lane.bars.length > 0 ? (
          <TimelineBars
            bars={lane.bars.map((bar) => drawn(bar, places))}
            most={lane.most}
            places={places}
            href={timelessHref}
          />
        ) : null}
        {[...lane.dots]
          .sort((a, b) => Number(isSevere(a)) - Number(isSevere(b)))
          .map((dot) => (
            <DotMark key={`${dot.point.at} ${dot.point.id}`} {...{ dot, eventHref, selected, zone, now }} />
          ))}
      </svg>
    </div>
  );
}

function drawn({ span, counts, worst, hasRoom }: Bar, places: readonly BarPlace[]): DrawnBar {
  const { events, ...found } = counts;
  const place = places.findIndex(({ from }) => from === span.from);
  return { place, events, ...(found.detections > 0 && { found: { ...found, worst, hasRoom } }) };
}
