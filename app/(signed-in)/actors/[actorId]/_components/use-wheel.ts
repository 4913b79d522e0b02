import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { type Span, zoomed } from "#lib/actors/timeline/window.ts";

/** The wheel has come to rest. */
const REST_MS = 160;
const STRENGTH = 0.0016;

type Wheel = {
  window: Span;
  whole: Span;
  isWhole: boolean;
  timeAt: (place: number) => number;
  go: (span: Span) => void;
};

/** Zooms by the wheel around the pointer, once it rests; until then says where to. Out of the whole the page scrolls on. */
export function useWheel(plotRef: RefObject<HTMLElement | null>, wheel: Wheel): Span | null {
  const [target, setTarget] = useState<Span | null>(null);
  const turn = useEffectEvent((event: WheelEvent) => {
    const { window, whole, isWhole, timeAt } = wheel;
    if (event.ctrlKey || event.deltaY === 0 || (isWhole && !target && event.deltaY > 0)) return;
    event.preventDefault();
    const lane = plotRef.current?.querySelector("[data-lane], svg")?.getBoundingClientRect();
    const place = lane ? ((event.clientX - lane.left) / lane.width) * 100 : 50;
    const factor = Math.exp(Math.max(-400, Math.min(400, event.deltaY)) * STRENGTH);
    setTarget(zoomed(target ?? window, whole, factor, timeAt(place)));
  });
  useEffect(() => {
    const plot = plotRef.current;
    // React listens to wheels without a way to keep the page from scrolling.
    const listener = (event: WheelEvent) => turn(event);
    plot?.addEventListener("wheel", listener, { passive: false });
    return () => plot?.removeEventListener("wheel", listener);
  }, [plotRef]);
  const arrive = useEffectEvent((span: Span) => {
    setTarget(null);
    wheel.go(span);
  });
  useEffect(() => {
    if (!target) return;
    const timer = setTimeout(() => arrive(target), REST_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return target;
}
