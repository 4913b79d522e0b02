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

/** About how wide a letter is; on a narrow page nearly twice that. */
const LETTER = 6.5;

/** Thin lines and few words around what is drawn. */
export function Axes({ frame, heights, columns, children }: AxesProps) {
  const floor = frame.height - frame.bottom;
  const place = (at: number) => round(columns.x(at) + Math.min(columns.step / 2, 24));
  const isMiddle = columns.step > 60;
  const longest = Math.max(0, ...columns.words.map(({ length }) => length));
  const marks = marked(columns.words.length, frame.width / Math.max(110, longest * LETTER * 2)).filter(
    (at) => isMiddle || at === 0 || place(at) + longest * LETTER * 1.6 <= frame.width,
  );
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
      {marks.map((at) => (
        <text
          key={columns.words[at]}
          x={place(at)}
          y={floor + 16}
          textAnchor={isMiddle ? "middle" : "start"}
          className={classes.words}
        >
          {columns.words[at]}
        </text>
      ))}
    </>
  );
}
