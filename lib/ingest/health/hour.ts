export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** So far back hours are kept, and events counted: longer than anything is learnt from. */
export const KEPT_DAYS = 35;
export const LEARNT_DAYS = 28;

/** An hour of a feed. `index`: hours since the epoch. */
export type FeedHour = {
  index: number;
  events: number;
  /** Bit 0: something happened in its first minute. */
  minutes: bigint;
};

export function hourIndex(time: Date): number {
  return Math.floor(time.getTime() / HOUR_MS);
}

export function startOfHour(index: number): Date {
  return new Date(index * HOUR_MS);
}

/** Minutes of an hour as they are gathered: in halves, for numbers are quicker than bigints. */
export class MinuteSet {
  #low = 0;
  #high = 0;

  add(time: Date): void {
    const minute = time.getUTCMinutes();
    if (minute < 30) this.#low |= 1 << minute;
    else this.#high |= 1 << (minute - 30);
  }

  bits(): bigint {
    return (BigInt(this.#high) << 30n) | BigInt(this.#low);
  }
}

/** The minutes in which something happened, since the epoch and in order. */
export function* activeMinutes(hours: readonly Pick<FeedHour, "index" | "minutes">[]): Generator<number> {
  for (const { index, minutes } of hours) {
    let rest = minutes;
    for (let minute = 0; rest !== 0n; minute++, rest >>= 1n) {
      if ((rest & 1n) === 1n) yield index * 60 + minute;
    }
  }
}
