import { type PointerEvent, type RefObject, useRef, useState } from "react";

/** A shorter way is a click. */
const LEAST_WAY = 4;

/**
 * Dragging over a plot: `shift` says how far it is, in pixels, while it goes on; `done` is told in percent of the width of
 * what is dragged. A click at its end is not one.
 */
export function useDrag(plotRef: RefObject<HTMLElement | null>, done: (percent: number) => void) {
  const [shift, setShift] = useState<number | null>(null);
  const start = useRef<{ x: number; id: number } | null>(null);
  const wasDragged = useRef(false);
  const end = (event: PointerEvent) => {
    const way = start.current ? event.clientX - start.current.x : 0;
    start.current = null;
    if (shift === null) return;
    setShift(null);
    const width = plotRef.current?.querySelector("[data-lane], svg")?.getBoundingClientRect().width ?? 0;
    if (width > 0) done((way / width) * 100);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      wasDragged.current = false;
      if (event.button === 0) start.current = { x: event.clientX, id: event.pointerId };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!start.current) return;
      const way = event.clientX - start.current.x;
      if (shift === null && Math.abs(way) < LEAST_WAY) return;
      if (!wasDragged.current) event.currentTarget.setPointerCapture(start.current.id);
      wasDragged.current = true;
      setShift(way);
    },
    onPointerUp: end,
    onPointerCancel: () => {
      start.current = null;
      setShift(null);
    },
    onClickCapture: (event: React.MouseEvent) => {
      if (!wasDragged.current) return;
      wasDragged.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onDragStart: (event: React.DragEvent) => event.preventDefault(),
  };
  return { shift, handlers };
}
