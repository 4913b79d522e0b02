import type { Route } from "next";
import type { Bar, Drawing } from "#lib/actors/timeline/draw.ts";
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
  /** Where the bars of all lanes stand. */
  places: BarPlace[];
  eventHref: (event: string) => Route;
  /** Key of the event that is open beside. */
  selected: string | null;
} & When;

/** Where the bars of a bucket stand, and for when: said once for all lanes. */
export type BarPlace = Pick<Bar, "x" | "width"> & Span & { words: string };

export const LANE_HEIGHT = 56;
