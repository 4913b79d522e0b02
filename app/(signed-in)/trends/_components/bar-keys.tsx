"use client";

import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useRef,
  useState,
} from "react";
import classes from "./bar-keys.module.css";

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * Around a chart whose bars are links: one of them is reached by Tab, the others from it by the arrows, and what the pointer
 * or the focus is on is written out.
 */
export function BarKeys({ hint, children }: { hint: string; children: ReactNode }) {
  const chart = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState("");
  const bars = () => [...(chart.current?.querySelectorAll<SVGElement>("a") ?? [])];

  const read = (event: PointerEvent | FocusEvent) => {
    const bar = event.target instanceof Element ? event.target.closest("a, [data-words]") : null;
    setWords(bar?.getAttribute("aria-label") ?? bar?.getAttribute("data-words") ?? "");
  };
  const move = (event: KeyboardEvent) => {
    const all = bars();
    const at = all.indexOf(document.activeElement as SVGAElement);
    const next = at < 0 ? undefined : all[MOVES[event.key]?.(at, all.length - 1) ?? -1];
    if (!next) return;
    event.preventDefault();
    for (const bar of all) bar.setAttribute("tabindex", bar === next ? "0" : "-1");
    next.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the bars in it take the focus; this moves it among them
    <div ref={chart} onPointerOver={read} onFocus={read} onKeyDown={move} onPointerLeave={() => setWords("")}>
      {children}
      <p className={classes.reading} aria-hidden="true">
        {words || hint}
      </p>
    </div>
  );
}
