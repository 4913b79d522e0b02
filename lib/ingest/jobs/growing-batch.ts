import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import { type Batch, type PipelineSettings, processRecords } from "../pipeline.ts";

/** A batch is a transaction: large enough to be fast, small enough that progress is seen and little is done twice. */
const BATCH_RECORDS = 4000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * A batch that records are added to a few at a time. What was parsed of them is let go at once, for it may take sixty times
 * the room of its text; what they say is that of all together.
 */
export class GrowingBatch {
  readonly #settings: PipelineSettings;
  #batch: Batch | undefined;
  readonly #ids = new Set<LogEvent["id"]>();
  #records = 0;
  #bytes = 0;

  constructor(settings: PipelineSettings) {
    this.#settings = settings;
  }

  get isFull(): boolean {
    return this.#records >= BATCH_RECORDS || this.#bytes >= BATCH_BYTES;
  }

  /** The records that follow those it has. */
  add(items: readonly ReadItem[]): void {
    if (items.length === 0) return;
    const { from, through, events, repeated, rejected } = processRecords(items, this.#settings);
    this.#batch ??= { from, through, events: [], repeated: 0, rejected: [] };
    const batch = this.#batch;
    batch.through = through;
    batch.repeated += repeated;
    for (const found of events) {
      if (this.#ids.has(found.event.id)) batch.repeated++;
      else batch.events.push(found);
      this.#ids.add(found.event.id);
    }
    for (const one of rejected) batch.rejected.push(one);
    this.#records += items.length;
    for (const { bytes } of items) this.#bytes += bytes.length;
  }

  /** What it holds, if anything; empty again afterwards. */
  take(): Batch | undefined {
    const batch = this.#batch;
    this.#batch = undefined;
    this.#ids.clear();
    this.#records = 0;
    this.#bytes = 0;
    return batch;
  }
}
