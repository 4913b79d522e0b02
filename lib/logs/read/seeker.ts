export type Find = (bytes: Buffer, from: number) => number;

/** Whether something stands in one part of a long run of bytes after another: each thing is sought in all of them once. */
export class Seeker {
  readonly #finds: readonly Find[];
  #bytes: Buffer | undefined;
  #next: number[] = [];

  constructor(finds: readonly Find[]) {
    this.#finds = finds;
  }

  /** Of the same bytes `start` only grows. */
  isIn(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#next = this.#finds.map(() => -1);
    }
    const next = this.#next;
    for (let at = 0; at < next.length; at++) {
      if ((next[at] as number) < start) {
        const found = (this.#finds[at] as Find)(bytes, start);
        next[at] = found === -1 ? bytes.length : found;
      }
      if ((next[at] as number) < end) return true;
    }
    return false;
  }
}
