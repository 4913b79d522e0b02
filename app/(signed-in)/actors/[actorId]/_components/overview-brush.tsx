"use client";

import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { type Piece, timeAt } from "#lib/actors/timeline/scale.ts";
import { panned, type Span } from "#lib/actors/timeline/window.ts";
import classes from "./timeline.module.css";

/** In percent; less is a press, which moves the window there. */
const LEAST_WIDTH = 0.4;

type OverviewBrushProps = {
  pieces: Piece[];
  window: Span;
  whole: Span;
  go: (span: Span) => void;
  children: ReactNode;
};

/** The overview, over which a window is drawn with the pointer. The keys have it by plus, minus and the arrows. */
export function OverviewBrush({ pieces, window, whole, go, children }: OverviewBrushProps) {
  const [drawn, setDrawn] = useState<{ start: number; end: number } | null>(null);
  const areaRef = useRef<HTMLDivElement>(null);
  const place = (event: PointerEvent) => {
    const area = areaRef.current?.getBoundingClientRect();
    const percent = area ? ((event.clientX - area.left) / area.width) * 100 : 0;
    return Math.min(100, Math.max(0, percent));
  };
  const finish = () => {
    if (!drawn) return;
    setDrawn(null);
    const [start, end] = [Math.min(drawn.start, drawn.end), Math.max(drawn.start, drawn.end)];
    if (end - start >= LEAST_WIDTH) return go({ from: timeAt(pieces, start), to: timeAt(pieces, end) });
    const away = timeAt(pieces, start) - (window.from + window.to) / 2;
    go(panned(window, whole, away / (window.to - window.from)));
  };
  return (
    <div className={classes.overviewRow}>
      <span className={classes.zone}>Draw a window</span>
      <div
        ref={areaRef}
        className={classes.overviewArea}
        data-testid="overview"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrawn({ start: place(event), end: place(event) });
        }}
        onPointerMove={(event) => drawn && setDrawn({ ...drawn, end: place(event) })}
        onPointerUp={finish}
        onPointerCancel={() => setDrawn(null)}
      >
        {children}
        {drawn ? (
          <div
            className={classes.drawn}
            style={{
              left: `${Math.min(drawn.start, drawn.end)}%`,
              width: `${Math.abs(drawn.end - drawn.start)}%`,
            }}
          />
        ) : null}
      </div>
    </div>
  );
}
