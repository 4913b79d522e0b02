"use client";

import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import { type Piece, timeAt } from "#lib/actors/timeline/scale.ts";
import { panned, type Span, zoomed } from "#lib/actors/timeline/window.ts";
import type { EventFilter } from "#lib/events/event-filter.ts";
import { formatTime } from "../../../../_ui/time.tsx";
import { type EventsBase, eventsHref } from "../../../events/search-params.ts";
import { OverviewBrush } from "./overview-brush.tsx";
import classes from "./timeline.module.css";
import { focusMark, markKeys, reachMarks } from "./timeline-keys.ts";
import { useDrag } from "./use-drag.ts";
import { useWheel } from "./use-wheel.ts";

type TimelineStageProps = {
  window: Span;
  whole: Span;
  isWhole: boolean;
  pieces: Piece[];
  overviewPieces: Piece[];
  base: EventsBase;
  filter: EventFilter;
  zone: string;
  now: Date;
  overview: ReactNode;
  children: ReactNode;
};

const STEP_IN = 0.5;
const STEP_OUT = 2;
const STEP_ASIDE = 0.3;

/** What moves about a drawn timeline: the crosshair, zoom, pan and brush, and the way from mark to mark. */
export function TimelineStage(props: TimelineStageProps) {
  const { window, whole, isWhole, pieces, overviewPieces, base, filter, zone, now, overview, children } =
    props;
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [readout, setReadout] = useState<{ x: number | null; words: string } | null>(null);
  const stageRef = useRef<HTMLElement>(null);
  const plotRef = useRef<HTMLDivElement>(null);
  const hrefOf = ({ from, to }: Span): Route =>
    from <= whole.from && to >= whole.to
      ? eventsHref(base, filter, { range: null, from: null, to: null })
      : eventsHref(base, filter, { range: null, from: iso(from), to: iso(to) });
  const open = (href: Route) => startTransition(() => router.push(href, { scroll: false }));
  const go = (span: Span) => open(hrefOf(span));
  const middle = (window.from + window.to) / 2;
  const moves = {
    in: zoomed(window, whole, STEP_IN, middle),
    out: zoomed(window, whole, STEP_OUT, middle),
    earlier: panned(window, whole, -STEP_ASIDE),
    later: panned(window, whole, STEP_ASIDE),
    all: whole,
  };
  const target = useWheel(plotRef, { window, whole, timeAt: (x) => timeAt(pieces, x), isWhole, go });
  const { shift, handlers: dragging } = useDrag(plotRef, (dragged) => {
    const centre = timeAt(pieces, 50 - dragged);
    go(panned(window, whole, (centre - timeAt(pieces, 50)) / (window.to - window.from)));
  });
  useKeptFocus(stageRef, window);
  useEffect(() => reachMarks(stageRef.current));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moved = { "+": moves.in, "=": moves.in, "-": moves.out, "0": moves.all }[event.key];
    const mark = (event.target as Element).closest("[data-mark]");
    const aside = { ArrowLeft: moves.earlier, ArrowRight: moves.later }[event.key];
    const isAside = aside && (event.shiftKey || event.target === stageRef.current);
    if (moved || isAside) {
      event.preventDefault();
      go(moved ?? aside ?? window);
    } else if (mark && markKeys(event.key, mark)) event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const href = (event.target as Element).closest("a[data-mark]")?.getAttribute("href");
    if (!href || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(href as Route);
  };
  const tell = (mark: Element | null, x: number | null) => {
    const time = x === null ? "" : formatTime(new Date(timeAt(pieces, x)), zone, now);
    setReadout({ x, words: mark?.getAttribute("aria-label") ?? time });
  };

  return (
    <section
      ref={stageRef}
      className={classes.stage}
      aria-label="Timeline: plus and minus zoom, arrows move, 0 shows all, Tab goes to the marks"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows need a place from where they move the window
      tabIndex={0}
      data-pending={isPending}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={({ target: focused }) => focusMark(focused) && tell(focused, Number(focused.dataset.x))}
    >
      <div className={classes.tools}>
        <p className={classes.readout} aria-hidden="true">
          {target ? spanText(target, zone, now) : (readout?.words ?? "Point at the timeline to read it")}
        </p>
        <nav className={classes.buttons} aria-label="Move in the timeline">
          <Tool href={hrefOf(moves.earlier)} words="Earlier" isOff={window.from <= whole.from} />
          <Tool href={hrefOf(moves.later)} words="Later" isOff={window.to >= whole.to} />
          <Tool href={hrefOf(moves.in)} words="Zoom in" isOff={false} />
          <Tool href={hrefOf(moves.out)} words="Zoom out" isOff={isWhole} />
          <Tool href={hrefOf(moves.all)} words="Show all" isOff={isWhole} />
        </nav>
      </div>
      <div
        ref={plotRef}
        className={classes.plot}
        data-dragging={shift !== null}
        style={{ "--shift": `${shift ?? 0}px` } as React.CSSProperties}
        {...dragging}
        onPointerMove={(event) => {
          dragging.onPointerMove(event);
          const x = placeIn(event.currentTarget, event.clientX);
          tell((event.target as Element).closest("[data-mark]"), x);
        }}
        onPointerLeave={() => setReadout(null)}
      >
        {children}
        <div className={classes.over} data-over="" aria-hidden="true">
          {readout?.x == null || readout.x < 0 ? null : (
            <div className={classes.crosshair} style={{ left: `${readout.x}%` }} />
          )}
        </div>
      </div>
      <OverviewBrush pieces={overviewPieces} window={window} whole={whole} go={go}>
        {overview}
      </OverviewBrush>
    </section>
  );
}

function Tool({ href, words, isOff }: { href: Route; words: string; isOff: boolean }) {
  if (isOff) return <span className={classes.off}>{words}</span>;
  return (
    <Link href={href} scroll={false} prefetch={false} className={classes.tool}>
      {words}
    </Link>
  );
}

/** A mark that had the focus may be gone after a zoom: the keys must go on from the timeline. */
function useKeptFocus(stageRef: React.RefObject<HTMLElement | null>, window: Span) {
  const hadFocus = useRef(false);
  useEffect(() => {
    const stage = stageRef.current;
    const [on, off] = [() => (hadFocus.current = true), () => (hadFocus.current = false)];
    const note = (event: FocusEvent) => (event.relatedTarget ? off() : undefined);
    stage?.addEventListener("focusin", on);
    stage?.addEventListener("focusout", note);
    return () => {
      stage?.removeEventListener("focusin", on);
      stage?.removeEventListener("focusout", note);
    };
  }, [stageRef]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about the new window
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body)
      stageRef.current?.focus({ preventScroll: true });
  }, [stageRef, window.from, window.to]);
}

function placeIn(plot: Element, clientX: number): number {
  const over = plot.querySelector("[data-over]")?.getBoundingClientRect();
  return over ? ((clientX - over.left) / over.width) * 100 : 0;
}

function spanText({ from, to }: Span, zone: string, now: Date): string {
  return `${formatTime(new Date(from), zone, now)} to ${formatTime(new Date(to), zone, now)}`;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
