import { setTimeout as sleep } from "node:timers/promises";
import { log } from "#lib/log.ts";
import { sealAnew } from "../commands/key.ts";
import { pruneWindows } from "../commands/settle-window.ts";
import { listDue } from "../commands/windows.ts";
import { pullConnection } from "./pull.ts";

const LOOK_MS = 2000;

/** Each keeps a connection to the database to itself. */
const MOST_AT_ONCE = 3;
/** While others wait. A window that was begun is ended. */
const TURN_MS = 60_000;
const AFTER_FAULT_MS = 15_000;
const PRUNE_MS = 3_600_000;

/** Has the worker pull what is due from every connection, until `signal` asks it to stop; then waits for what is in hand. */
export function workOnPulls(signal: AbortSignal): { stopped: Promise<void> } {
  return { stopped: new Puller(signal).run() };
}

class Puller {
  readonly #signal: AbortSignal;
  readonly #running = new Map<string, Promise<void>>();
  /** When a connection's last turn began. */
  readonly #turns = new Map<string, number>();
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
    const due = (await listDue(new Date())).filter((id) => !this.#running.has(id));
    // Who has waited longest comes first.
    due.sort((one, other) => (this.#turns.get(one) ?? 0) - (this.#turns.get(other) ?? 0));
    for (const id of due.slice(0, MOST_AT_ONCE - this.#running.size)) {
      this.#running.set(id, this.#pull(id));
    }
    if (Date.now() - this.#prunedAt < PRUNE_MS) return;
    this.#prunedAt = Date.now();
    await pruneWindows(new Date());
  }

  /** A connection that met a fault of ours is left alone for a while. */
  async #pull(connectionId: string): Promise<void> {
    try {
      const now = Date.now();
      this.#turns.set(connectionId, now);
      const until = new Date(now + TURN_MS);
      await pullConnection(connectionId, { clock: () => new Date(), signal: this.#signal, until });
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
