import { scaleLinear } from "d3-scale";
import { lengthOf, type Span } from "./window.ts";

/** A part of the scale: time that runs evenly, or an empty stretch that is folded up. Places are in percent of the width. */
export type Piece = Span & { start: number; end: number; isFold: boolean };

/** An empty stretch is folded when it is longer than this share of the time that is not. */
const FOLDED_SHARE = 1 / 8;
const MOST_FOLDS = 8;
const FOLD_WIDTH = 3.2;
const LEAST_WIDTH = 5;
/** Room on both sides, so that the first and last marks are whole. */
const PADDING = 0.8;
/** Room beside a fold, so that what stands there is not at its edge: a share of what is drawn, but no less than this. */
const FOLD_MARGIN = 0.04;
const LEAST_FOLD_MARGIN = 0.002;
const HALF_A_DAY_MS = 43_200_000;

/**
 * Lays a window out over the width. Long stretches in which nothing happened are folded to a fixed width; whatever is
 * left runs evenly within each piece. `occupied` is in order of time.
 */
export function piecesOf(window: Span, occupied: readonly Span[]): Piece[] {
  const folds = foldsOf(window, occupied);
  const stretches: (Span & { isFold: boolean })[] = [];
  let at = window.from;
  for (const fold of folds) {
    if (fold.from > at) stretches.push({ from: at, to: fold.from, isFold: false });
    stretches.push({ ...fold, isFold: true });
    at = fold.to;
  }
  if (at < window.to || stretches.length === 0) stretches.push({ from: at, to: window.to, isFold: false });
  return laidOut(stretches);
}

function laidOut(stretches: readonly (Span & { isFold: boolean })[]): Piece[] {
  const running = stretches.filter(({ isFold }) => !isFold);
  const folded = stretches.length - running.length;
  const runningTime = running.reduce((sum, stretch) => sum + lengthOf(stretch), 0);
  const shared = 100 - 2 * PADDING - folded * FOLD_WIDTH - running.length * LEAST_WIDTH;
  let start = PADDING;
  return stretches.map((stretch) => {
    const share = runningTime === 0 ? 1 / running.length : lengthOf(stretch) / runningTime;
    const width = stretch.isFold ? FOLD_WIDTH : LEAST_WIDTH + shared * share;
    const piece = { ...stretch, start, end: start + width };
    start += width;
    return piece;
  });
}

/**
 * The longest empty stretches. What is long is measured against what is left when others are folded: a single record of
 * the year 1 must not keep two busy years from being told apart.
 */
function foldsOf(window: Span, occupied: readonly Span[]): Span[] {
  const gaps = gapsOf(window, occupied).sort((a, b) => lengthOf(b) - lengthOf(a));
  const least = Math.min(lengthOf(window) * LEAST_FOLD_MARGIN, HALF_A_DAY_MS);
  const folds: Gap[] = [];
  let left = lengthOf(window);
  for (const gap of gaps.slice(0, MOST_FOLDS)) {
    if (lengthOf(gap) <= (left + 2 * least * folds.length) * FOLDED_SHARE) break;
    folds.push(gap);
    left -= lengthOf(gap);
  }
  const margin = Math.ceil(Math.max(1, least, (left * FOLD_MARGIN) / (folds.length + 1)));
  return folds
    .map(({ from, to, isFirst, isLast }) => {
      const room = Math.min(margin, Math.floor((to - from) / 4));
      return { from: isFirst ? from : from + room, to: isLast ? to : to - room };
    })
    .sort((a, b) => a.from - b.from);
}

/** An empty stretch; at the window's own ends nothing stands beside it. */
type Gap = Span & { isFirst: boolean; isLast: boolean };

function gapsOf(window: Span, occupied: readonly Span[]): Gap[] {
  if (occupied.length === 0) return [];
  const gaps: Gap[] = [];
  let at = window.from;
  for (const [index, { from, to }] of occupied.entries()) {
    if (from > at)
      gaps.push({ from: at, to: Math.min(from, window.to), isFirst: index === 0, isLast: false });
    at = Math.max(at, to);
  }
  if (at < window.to) gaps.push({ from: at, to: window.to, isFirst: false, isLast: true });
  return gaps;
}

/** Where a time stands, in percent; within a fold at its share of it. */
export function placeOf(pieces: readonly Piece[], time: number): number {
  const piece = pieces.find(({ to }) => time <= to) ?? pieces.at(-1);
  if (!piece) return 0;
  return scaleLinear([piece.from, piece.to], [piece.start, piece.end]).clamp(true)(time);
}

/** The time at a place, in whole milliseconds. */
export function timeAt(pieces: readonly Piece[], place: number): number {
  const piece = pieces.find(({ end }) => place <= end) ?? pieces.at(-1);
  if (!piece) return 0;
  return Math.round(scaleLinear([piece.start, piece.end], [piece.from, piece.to]).clamp(true)(place));
}

/** How much time is not folded. */
export function runningTime(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => (piece.isFold ? sum : sum + lengthOf(piece)), 0);
}
