import { NEWLINE } from "./bytes.ts";
import { MARKS_OF_CONTAINERS, needleFinds, type Passing } from "./passing.ts";
import type { ReadLimits } from "./record.ts";
import { Seeker } from "./seeker.ts";
import type { Slice, Splitter } from "./slice.ts";
import type { LineSplitter } from "./split-lines.ts";

/** Splits JSON Lines without cutting out those that are passed over: what is looked for is sought in whole chunks. */
export class LineSieve implements Splitter {
  readonly #lines: LineSplitter;
  readonly #passing: Passing;
  readonly #maxRecordBytes: number;
  readonly #seeker: Seeker;

  constructor(lines: LineSplitter, passing: Passing, { maxRecordBytes }: ReadLimits) {
    this.#lines = lines;
    this.#passing = passing;
    this.#maxRecordBytes = maxRecordBytes;
    this.#seeker = new Seeker([...needleFinds(passing.sieve), ...MARKS_OF_CONTAINERS]);
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
    let unsplit = first;
    let start = first;
    for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const isShort = end - start <= this.#maxRecordBytes;
      if (isShort && sieve.isFamiliar(chunk, start) && !this.#seeker.isIn(chunk, start, end)) {
        if (unsplit < start) yield* this.#lines.push(chunk.subarray(unsplit, start));
        this.#lines.skip(end + 1 - start);
        this.#passing.count++;
        unsplit = end + 1;
      }
      start = end + 1;
    }
    return unsplit;
  }
}
