/** Over how long the speed of an upload is measured: long enough to be calm, short enough to be true. */
const WINDOW_MS = 10_000;
const TELLING_MS = 1000;

type Sample = { at: number; sent: number };

/** How fast an upload goes, from what was sent when. */
export class Rate {
  #samples: Sample[] = [];

  /** Where it begins, or goes on after a pause. */
  restart(sent: number, at: number): void {
    this.#samples = [{ at, sent }];
  }

  add(sent: number, at: number): void {
    const last = this.#samples.at(-1);
    // After an interruption less may be there than was on its way.
    if (last && sent < last.sent) this.#samples = [];
    this.#samples.push({ at, sent });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift();
  }

  /** Null while nothing can be said yet. */
  bytesPerSecond(at: number): number | null {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (!first || !last || at - first.at < TELLING_MS) return null;
    return (1000 * (last.sent - first.sent)) / (at - first.at);
  }
}

/** `about 5 min left`. Empty while nothing can be said. */
export function timeLeftWords(bytesLeft: number, bytesPerSecond: number | null): string {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return "";
  const minutes = Math.ceil(bytesLeft / bytesPerSecond / 60);
  if (minutes <= 1) return "less than a minute left";
  if (minutes < 60) return `about ${minutes} min left`;
  if (minutes >= 24 * 60) return "more than a day left";
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""} left`;
}
