import { NEWLINE } from "./bytes.ts";
import { MARKS_OF_CONTAINERS, type Passing } from "./passing.ts";
import type { ReadLimits } from "./record.ts";
import type { Slice, Splitter } from "./slice.ts";
import type { LineSplitter } from "./split-lines.ts";

type Find = (bytes: Buffer, from: number) => number;

/** Splits JSON Lines without cutting out those that are passed over: what is looked for is sought in whole chunks. */
export class LineSieve implements Splitter {
  readonly #lines: LineSplitter;
  readonly #passing: Passing;
  readonly #maxRecordBytes: number;
  readonly #finds: readonly Find[];

  constructor(lines: LineSplitter, passing: Passing, { maxRecordBytes }: ReadLimits) {
    this.#lines = lines;
    this.#passing = passing;
    this.#maxRecordBytes = maxRecordBytes;
    const needles = passing.sieve.needles.map(
      (needle): Find =>
        (bytes, from) =>
          bytes.indexOf(needle, from),
    );
    this.#finds = [...needles, ...MARKS_OF_CONTAINERS];
  }

  *push(chunk: Buffer): Generator<Slice> {
    const first = chunk.indexOf(NEWLINE) + 1;
    yield* this.#lines.push(chunk.subarray(0, first));
    const rest = yield* this.#wholeLines(chunk, first);
    yield* this.#lines.push(chunk.subarray(rest));
  }

  end(): Iterable<Slice> {
    return this.#lines.end();
  }

  /** Of lines that are whole in the chunk. Returns where those begin that are still to be split. */
  *#wholeLines(chunk: Buffer, first: number): Generator<Slice, number> {
    const { sieve } = this.#passing;
    const next = this.#finds.map(() => -1);
    let unsplit = first;
    let start = first;
    for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const isShort = end - start <= this.#maxRecordBytes;
      if (isShort && sieve.isFamiliar(chunk, start) && !this.#isFound(chunk, start, end, next)) {
        if (unsplit < start) yield* this.#lines.push(chunk.subarray(unsplit, start));
        this.#lines.skip(end + 1 - start);
        this.#passing.count++;
        unsplit = end + 1;
      }
      start = end + 1;
    }
    return unsplit;
  }

  /** Whether something that is looked for stands in a line. `next` remembers where each stands next. */
  #isFound(chunk: Buffer, start: number, end: number, next: number[]): boolean {
    for (let at = 0; at < next.length; at++) {
      if ((next[at] as number) < start) {
        const found = (this.#finds[at] as Find)(chunk, start);
        next[at] = found === -1 ? chunk.length : found;
      }
      if ((next[at] as number) < end) return true;
    }
    return false;
  }
}
