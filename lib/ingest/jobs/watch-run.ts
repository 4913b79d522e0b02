import { pool } from "#lib/db/client.ts";
import { log } from "#lib/log.ts";

/** How often a run looks whether it may go on. */
const LOOK_MS = 2000;

/** Somebody cancelled the import, or had it queued anew: what this run reads is wanted no more. */
export class Overtaken extends Error {}

/** The run has had the time that one may take. */
export class TookTooLong extends Error {}

/** One run of an import, as far as it may yet store something. */
export class Run {
  readonly #onMoved: () => void;
  #isOver = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(onMoved: () => void) {
    this.#onMoved = onMoved;
  }

  /** Reads, until that ends by itself or somebody has it end. Nothing of it is stored after that. Throws what ended it. */
  async keep(importId: string, maxMs: number, read: () => Promise<void>): Promise<void> {
    const watch = watchRun(importId, maxMs);
    try {
      await Promise.race([read(), watch.over]);
    } finally {
      watch.stop();
      this.#isOver = true;
      // Whoever reads on begins where this ends.
      await this.written().catch(() => {});
    }
  }

  /** Throws Overtaken when the run is over. */
  check(): void {
    if (this.#isOver) throw new Overtaken();
  }

  /** Begins to store something. */
  write(store: () => Promise<void>): void {
    this.check();
    this.#writing = store().then(this.#onMoved);
    // Seen again when it is awaited; this keeps a failure in between from ending the process.
    this.#writing.catch(() => {});
  }

  /** What was begun to be stored is. Throws what kept it from being. */
  async written(): Promise<void> {
    await this.#writing;
  }
}

type RunWatch = {
  /** Throws Overtaken or TookTooLong when the run has to end, and never returns. */
  over: Promise<never>;
  stop(): void;
};

/**
 * Looks now and then whether the import is still to be read, and for how long it has been: also while its file gives nothing
 * that would be written. The time that the machine slept does not count.
 */
function watchRun(importId: string, maxMs: number): RunWatch {
  const { promise: over, reject: end } = Promise.withResolvers<never>();
  over.catch(() => {});
  let ranMs = 0;
  const look = async () => {
    ranMs += LOOK_MS;
    if (ranMs > maxMs) end(new TookTooLong(`more than ${Math.round(maxMs / 60_000)} minutes`));
    else if (!(await isRunning(importId))) end(new Overtaken());
  };
  const timer = setInterval(() => {
    look().catch((error: Error) => log.debug({ importId, error: error.message }, "an import was not seen"));
  }, LOOK_MS);
  return { over, stop: () => clearInterval(timer) };
}

async function isRunning(importId: string): Promise<boolean> {
  const { rowCount } = await pool().query("select 1 from import where id = $1 and state = 'running'", [
    importId,
  ]);
  return rowCount === 1;
}
