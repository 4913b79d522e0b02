import { CLOSE_LIST, CLOSE_OBJECT, COMMA, isSpace, NEWLINE, OPEN_OBJECT, trimEnd } from "./bytes.ts";
import type { ReadLimits } from "./record.ts";
import { Piecewise, type Slice, type Splitter, type Start } from "./slice.ts";

/**
 * Splits what follows a record whose end cannot be found: a line that begins an object in the record's own column
 * begins the next record, and a bracket further left closes the list that they stand in. So the damage stays with the
 * record that has it.
 */
export class ColumnSplitter implements Splitter {
  readonly #record: Piecewise;
  #column: number | undefined;
  #byteOffset: number;
  #line: number;
  #recordStart: Start | undefined;
  /** The white space that the line in hand began with, until its first other byte is seen. */
  #indent: Buffer[] | undefined;

  /**
   * Begins at the first byte of a record, or somewhere between two. Column undefined: the record did not begin its line,
   * so the next line that begins an object decides.
   */
  constructor(limits: ReadLimits, start: Start, where: "inside" | "between", column: number | undefined) {
    this.#record = new Piecewise(limits);
    this.#column = column;
    this.#byteOffset = start.byteOffset;
    this.#line = start.line;
    if (where === "inside") this.#recordStart = start;
  }

  *push(chunk: Buffer): Generator<Slice> {
    let from = 0;
    while (from < chunk.length) {
      if (this.#indent) {
        const begun = this.#beginLine(this.#indent, chunk, from);
        if (begun.slice) yield begun.slice;
        from = begun.at;
      }
      const newline = chunk.indexOf(NEWLINE, from);
      const to = newline === -1 ? chunk.length : newline + 1;
      this.#keep(chunk.subarray(from, to));
      if (newline !== -1 && !this.#indent) this.#nextLine();
      from = to;
    }
  }

  *end(): Generator<Slice> {
    const slice = this.#finish();
    if (slice) yield { ...slice, open: true };
  }

  #nextLine(): void {
    this.#line += 1;
    this.#indent = [];
  }

  #keep(bytes: Buffer): void {
    if (this.#recordStart) this.#record.add(bytes);
    this.#byteOffset += bytes.length;
  }

  /** Decides what the line is by its first byte that is no space; `at` is how far the chunk was consumed. */
  #beginLine(indent: Buffer[], chunk: Buffer, from: number): { at: number; slice?: Slice | undefined } {
    let at = from;
    while (at < chunk.length && chunk[at] !== NEWLINE && isSpace(chunk[at])) at++;
    indent.push(chunk.subarray(from, at));
    if (at === chunk.length) return { at };

    const space = Buffer.concat(indent);
    this.#indent = undefined;
    const first = chunk[at];
    if (first === OPEN_OBJECT) this.#column ??= space.length;
    const isNext = first === OPEN_OBJECT && space.length === this.#column;
    const isEnd = (first === CLOSE_LIST || first === CLOSE_OBJECT) && space.length < (this.#column ?? 0);
    const slice = isNext || isEnd ? this.#finish() : undefined;
    if (isEnd) this.#column = undefined;
    this.#keep(space);
    if (isNext) this.#recordStart = { byteOffset: this.#byteOffset, line: this.#line };
    return { at, slice };
  }

  #finish(): Slice | undefined {
    const start = this.#recordStart;
    if (!start) return undefined;
    const { bytes, fault } = this.#record.take();
    this.#recordStart = undefined;
    return {
      ...start,
      bytes: trimEnd(bytes, (byte) => byte === COMMA || isSpace(byte)),
      ...(fault && { fault }),
    };
  }
}
