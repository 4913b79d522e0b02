import { isEmptyLine, leadingSpace, NEWLINE, trimEnd } from "./bytes.ts";
import type { ReadLimits } from "./record.ts";
import { Piecewise, type Slice, type Splitter, STREAM_START, type Start } from "./slice.ts";

/** Splits JSON Lines: one record a line, so that a broken one costs only itself. */
export class LineSplitter implements Splitter {
  readonly #record: Piecewise;
  #byteOffset: number;
  #line: number;

  constructor(limits: ReadLimits, start: Start = STREAM_START) {
    this.#record = new Piecewise(limits);
    this.#byteOffset = start.byteOffset;
    this.#line = start.line;
  }

  *push(chunk: Buffer): Generator<Slice> {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      if (this.#record.length === 0 && isEmptyLine(chunk, from, at)) {
        this.skip(at + 1 - from);
        from = at + 1;
        continue;
      }
      this.#record.add(chunk.subarray(from, at));
      const slice = this.#finish();
      if (slice) yield slice;
      this.#byteOffset += 1;
      this.#line += 1;
      from = at + 1;
    }
    this.#record.add(chunk.subarray(from));
  }

  /** Between two lines: the next one, of so many bytes with its end, is none of its business. */
  skip(lineBytes: number): void {
    this.#byteOffset += lineBytes;
    this.#line += 1;
  }

  *end(): Generator<Slice> {
    const slice = this.#finish();
    if (slice) yield { ...slice, open: true };
  }

  #finish(): Slice | undefined {
    const byteOffset = this.#byteOffset;
    this.#byteOffset += this.#record.length;
    const { bytes, fault } = this.#record.take();
    const space = leadingSpace(bytes);
    const trimmed = trimEnd(bytes.subarray(space));
    if (fault) return { byteOffset, line: this.#line, bytes, fault };
    if (trimmed.length === 0) return undefined;
    return { byteOffset: byteOffset + space, line: this.#line, bytes: trimmed };
  }
}
