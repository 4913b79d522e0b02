import { setTimeout as sleep } from "node:timers/promises";
import { log } from "#lib/log.ts";
import { sealAnew } from "../commands/key.ts";
import { listDue, pruneWindows } from "../commands/windows.ts";
import { pullConnection } from "./pull.ts";

const LOOK_MS = 2000;
const AFTER_FAULT_MS = 15_000;
const PRUNE_MS = 3_600_000;

/** Has the worker pull what is due from every connection, until `signal` asks it to stop; then waits for what is in hand. */
export function workOnPulls(signal: AbortSignal): { stopped: Promise<void> } {
  return { stopped: new Puller(signal).run() };
}

class Puller {
  readonly #signal: AbortSignal;
  readonly #running = new Map<string, Promise<void>>();
  #prunedAt = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async run(): Promise<void> {
    await this.#guarded("connections could not be sealed anew", async () => {
      const count = await sealAnew();
      if (count > 0) log.info({ count }, "connections were sealed anew");
    });
    while (!this.#signal.aborted) {
      await this.#guarded("connections could not be looked at", () => this.#look());
      await sleep(LOOK_MS, undefined, { signal: this.#signal }).catch(() => {});
    }
    await Promise.all(this.#running.values());
  }

  async #look(): Promise<void> {
    for (const id of await listDue(new Date())) {
      if (!this.#running.has(id)) this.#running.set(id, this.#pull(id));
    }
    if (Date.now() - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = Date.now();
    await pruneWindows(new Date());
  }

  /** A connection that met a fault of ours is left alone for a while. */
  async #pull(connectionId: string): Promise<void> {
    try {
      await pullConnection(connectionId, () => new Date(), this.#signal);
    } catch (error) {
      log.error({ connectionId, error: (error as Error).message }, "a pull broke off");
      await sleep(AFTER_FAULT_MS, undefined, { signal: this.#signal }).catch(() => {});
    } finally {
      this.#running.delete(connectionId);
    }
  }

  async #guarded(what: string, run: () => Promise<void>): Promise<void> {
    await run().catch((error: Error) => log.warn({ error: error.message }, what));
  }
}
