import { leadingSpace, NEWLINE, trimEnd } from "./bytes.ts";
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

  push(chunk: Buffer): Slice[] {
    const slices: Slice[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      this.#record.add(chunk.subarray(from, at));
      slices.push(...this.#finish());
      this.#byteOffset += 1;
      this.#line += 1;
      from = at + 1;
    }
    this.#record.add(chunk.subarray(from));
    return slices;
  }

  end(): Slice[] {
    return this.#finish().map((slice) => ({ ...slice, open: true }));
  }

  #finish(): Slice[] {
    const byteOffset = this.#byteOffset;
    this.#byteOffset += this.#record.length;
    const { bytes, fault } = this.#record.take();
    const space = leadingSpace(bytes);
    const trimmed = trimEnd(bytes.subarray(space));
    if (fault) return [{ byteOffset, line: this.#line, bytes, fault }];
    if (trimmed.length === 0) return [];
    return [{ byteOffset: byteOffset + space, line: this.#line, bytes: trimmed }];
  }
}
