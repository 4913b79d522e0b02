import type { Route } from "next";
import type { Drawing } from "#lib/actors/timeline/draw.ts";
import type { Span } from "#lib/actors/timeline/window.ts";
import type { When } from "./timeline-words.ts";

/** What all parts of a drawn timeline share. */
export type TimelineFrame = {
  drawing: Drawing;
  /** Whether the bars count whole days of UTC. */
  isByDay: boolean;
  zoomHref: (span: Span) => Route;
  /** The same address without times. */
  timelessHref: Route;
  eventHref: (event: string) => Route;
  /** Key of the event that is open beside. */
  selected: string | null;
} & When;

export const LANE_HEIGHT = 56;
