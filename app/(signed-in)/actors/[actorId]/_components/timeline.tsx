import type { ActorSummary } from "#lib/actors/actor.ts";
import { getTimeline } from "#lib/actors/queries/timeline.ts";
import { counted } from "#lib/actors/sentence.ts";
import { DAY_MS } from "#lib/actors/timeline/bucket.ts";
import { drawTimeline, type Lane } from "#lib/actors/timeline/draw.ts";
import { ticksOf } from "#lib/actors/timeline/ticks.ts";
import { type Timeline as Told, totalsOf } from "#lib/actors/timeline/timeline.ts";
import { isWhole, type Span, wholeOf } from "#lib/actors/timeline/window.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import classes from "./timeline.module.css";
import { TimelineAxis } from "./timeline-axis.tsx";
import type { BarPlace } from "./timeline-frame.ts";
import { TimelineLane } from "./timeline-lane.tsx";
import { NewcomersLane } from "./timeline-newcomers.tsx";
import { TimelineOverview } from "./timeline-overview.tsx";
import { TimelineStage } from "./timeline-stage.tsx";
import { spanWords, type When } from "./timeline-words.ts";

type TimelineProps = {
  actor: ActorSummary;
  life: Span;
  window: Span;
  filter: EventFilter;
  base: EventsBase;
  /** The event that is open beside. */
  selected: string | null;
} & When;

/** All that an actor did in a window of its life, drawn on the server; what moves is in the stage around it. */
export async function Timeline({ actor, life, window, filter, base, selected, zone, now }: TimelineProps) {
  const timeline = await getTimeline({ id: actor.id, life, window });
  const drawing = drawTimeline(timeline);
  const when = { zone, now };
  const isByDay = (timeline.histogram?.step ?? 0) >= DAY_MS;
  const frame = {
    drawing,
    isByDay,
    zoomHref: ({ from, to }: Span) =>
      eventsHref(base, filter, { range: null, from: iso(from), to: iso(Math.max(to, from + 1)) }),
    timelessHref: eventsHref(base, filter, { range: null, from: null, to: null }),
    places: placesOf(drawing.lanes, isByDay, when),
    eventHref: (event: string) => eventsHref(base, filter, { event }),
    selected,
    ...when,
  };
  return (
    <section className={classes.timeline} aria-labelledby="timeline">
      <header className={classes.head}>
        <h2 id="timeline">Timeline</h2>
        <p className={classes.sentence}>{sentence(timeline, when)}</p>
      </header>
      <TimelineStage
        window={window}
        whole={wholeOf(life)}
        isWhole={isWhole(window, life)}
        pieces={drawing.pieces}
        overviewPieces={drawing.overview.pieces}
        {...{ base, filter, zone, now }}
        overview={<TimelineOverview {...frame} isByDay={timeline.overview.step >= DAY_MS} />}
      >
        <TimelineAxis pieces={drawing.pieces} ticks={ticksOf(drawing.pieces, zone)} {...when} />
        <NewcomersLane {...frame} historyFrom={timeline.historyFrom} />
        {drawing.lanes.map((lane) => (
          <TimelineLane key={lane.service ?? "others"} lane={lane} platform={actor.platform} {...frame} />
        ))}
      </TimelineStage>
      <p className={classes.caption}>{caption(timeline)}</p>
    </section>
  );
}

function placesOf(lanes: readonly Lane[], isByDay: boolean, when: When): BarPlace[] {
  const bars = new Map(lanes.flatMap((lane) => lane.bars.map((bar) => [bar.span.from, bar])));
  return [...bars.values()].map(({ span, x, width }) => ({
    ...{ ...span, x, width },
    words: spanWords(span, isByDay, when),
  }));
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function sentence(timeline: Told, when: When): string {
  const { events, detections, suppressed } = totalsOf(timeline);
  const hidden = suppressed > 0 ? `, ${suppressed.toLocaleString("en-GB")} of them suppressed` : "";
  const what = `${counted(events, "event")} and ${counted(detections, "detection")}${hidden}`;
  const { life, window } = timeline;
  if (isWhole(window, life)) return `${what}, from first to last: ${spanWords(life, false, when)}.`;
  return `${what} from ${spanWords(window, false, when)}.`;
}

/** What a mark stands for, and what was gathered. */
function caption({ histogram, points, worst }: Told): string {
  if (!histogram)
    return "Each mark is an event; those with a detection have its severity's shape, grey and dashed when suppressed.";
  const bars =
    histogram.step >= DAY_MS
      ? "Bars count events by UTC day, or several days, each lane on its own scale."
      : "Bars count events, each lane on its own scale.";
  if (worst.length > 0)
    return `${bars} A shape is the worst detection of its bar, dashed if that is suppressed; where bars are narrow the worse ones are shown.`;
  return points.length > 0
    ? `${bars} Each shape is an event with a detection, dashed when suppressed.`
    : bars;
}
