import { once } from "node:events";
import type { Writable } from "node:stream";

/** Standard output, as fast as its reader. One that has seen enough, such as `head`, is no error: `stop` is called. */
export class Output {
  readonly #stream: Writable;
  #error: Error | undefined;

  constructor(stream: Writable, stop: () => void) {
    this.#stream = stream;
    stream.on("error", (error: NodeJS.ErrnoException) => {
      this.#error = error;
      stop();
    });
  }

  /** Whether nobody reads any more. */
  get isLeft(): boolean {
    return this.#error !== undefined && "code" in this.#error && this.#error.code === "EPIPE";
  }

  /** Throws what keeps it from writing, but when its reader has left. */
  async print(lines: readonly string[]): Promise<void> {
    if (lines.length > 0 && this.#error === undefined && !this.#stream.write(`${lines.join("\n")}\n`)) {
      await once(this.#stream, "drain").catch(() => {});
    }
    if (this.#error && !this.isLeft) throw this.#error;
  }

  /** Until all of it is with the reader: a process that ends keeps nothing. */
  async flush(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#stream.write("", () => resolve());
    });
  }
}
