import type { ReactNode } from "react";
import classes from "./axes.module.css";
import { type Frame, marked } from "./plot.ts";
import { round } from "./round.ts";

type AxesProps = {
  frame: Frame;
  /** What stands at which height. */
  heights: readonly { y: number; words: string }[];
  /** What each column is called. */
  columns: { x: (at: number) => number; step: number; words: readonly string[] };
  children: ReactNode;
};

/** Thin lines and few words around what is drawn. */
export function Axes({ frame, heights, columns, children }: AxesProps) {
  const floor = frame.height - frame.bottom;
  const place = (at: number) => round(columns.x(at) + Math.min(columns.step / 2, 24));
  return (
    <>
      {heights.map(({ y, words }) => (
        <g key={words}>
          <line
            x1={frame.left}
            x2={frame.width - frame.right}
            y1={round(y)}
            y2={round(y)}
            className={classes.line}
          />
          <text x={frame.left - 6} y={round(y) + 4} textAnchor="end" className={classes.words}>
            {words}
          </text>
        </g>
      ))}
      {children}
      <line x1={frame.left} x2={frame.width - frame.right} y1={floor} y2={floor} className={classes.floor} />
      {marked(columns.words.length, frame.width / 110).map((at) => (
        <text
          key={columns.words[at]}
          x={place(at)}
          y={floor + 16}
          textAnchor={columns.step > 60 ? "middle" : place(at) > frame.width - 80 ? "end" : "start"}
          className={classes.words}
        >
          {columns.words[at]}
        </text>
      ))}
    </>
  );
}
