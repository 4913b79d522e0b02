/** A stretch of time in milliseconds since the epoch, both ends included: the store holds milliseconds. */
export type Span = { from: number; to: number };

/** Narrower than this nothing more comes apart. */
const NARROWEST_MS = 100;
/** A life that is shorter gets room on both sides: there must be a time to draw. */
const SHORT_LIFE_MS = 1000;

export function lengthOf({ from, to }: Span): number {
  return to - from;
}

/** A whole life: what is drawn when nobody asks for less. */
export function wholeOf(life: Span): Span {
  const margin = lengthOf(life) < SHORT_LIFE_MS ? SHORT_LIFE_MS / 2 : 0;
  return { from: life.from - margin, to: life.to + margin };
}

/**
 * The part of a life that somebody asks for; any range may be asked for, a hundred years or none. Null where it lies
 * wholly beside the life.
 */
export function windowOf(life: Span, from: number | undefined, to: number | undefined): Span | null {
  const whole = wholeOf(life);
  const asked = { from: Math.max(from ?? whole.from, whole.from), to: Math.min(to ?? whole.to, whole.to) };
  if (asked.from > life.to || asked.to < life.from || asked.from > asked.to) return null;
  return lengthOf(asked) >= NARROWEST_MS ? asked : widened(asked, NARROWEST_MS);
}

function widened({ from, to }: Span, length: number): Span {
  const start = Math.floor((from + to - length) / 2);
  return { from: start, to: start + length };
}

/** The window that a factor makes of another around a point; below 1 it comes nearer. It stays within the whole. */
export function zoomed(window: Span, whole: Span, factor: number, around: number): Span {
  const length = Math.round(Math.min(Math.max(lengthOf(window) * factor, NARROWEST_MS), lengthOf(whole)));
  const share = lengthOf(window) === 0 ? 0.5 : (around - window.from) / lengthOf(window);
  return within(Math.round(around - share * length), length, whole);
}

/** The window moved by a share of its length, earlier or later, within the whole. */
export function panned(window: Span, whole: Span, share: number): Span {
  return within(Math.round(window.from + lengthOf(window) * share), lengthOf(window), whole);
}

function within(from: number, length: number, whole: Span): Span {
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

export function isWhole(window: Span, life: Span): boolean {
  return window.from <= life.from && window.to >= life.to;
}
