import { CLOSE_OBJECT, OPEN_LIST, OPEN_OBJECT } from "./bytes.ts";

/** Deeper than any log: to remember a file of nothing but opening brackets would take more memory than the file. */
export const REMEMBERED = 10_000;

/** The open brackets of a record. So deep that nothing is readable any more they are only counted, and taken to match. */
export class Brackets {
  readonly #open: number[] = [];
  #forgotten = 0;

  /** A record begins with this one. */
  restart(byte: number): void {
    this.#open.length = 0;
    this.#forgotten = 0;
    this.open(byte);
  }

  open(byte: number): void {
    if (this.#open.length < REMEMBERED) this.#open.push(byte);
    else this.#forgotten++;
  }

  /** Whether a closing bracket is of the kind that was opened last. */
  close(byte: number): boolean {
    if (this.#forgotten > 0) {
      this.#forgotten--;
      return true;
    }
    return this.#open.pop() === (byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_LIST);
  }
}
