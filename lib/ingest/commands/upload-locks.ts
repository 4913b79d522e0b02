import { setTimeout as sleep } from "node:timers/promises";
import { type Lock, type Locker, MemoryLocker, type RequestRelease } from "@tus/server";
import { inTransaction } from "#lib/db/client.ts";
import { HeldLocks } from "#lib/db/held-locks.ts";
import { announce, listen } from "#lib/db/live.ts";

const POLL_MS = 200;

/** What the upload protocol's server answers with when it is thrown: its clients come again. */
const LOCKED = { status_code: 423, body: "Another request is sending this file.\n" };

/**
 * Has one request at a time write to an upload, in whatever process. Whoever comes later asks the earlier to let go, which keeps what
 * it has got so far: its client may have gone without a word.
 */
export class UploadLocks implements Locker {
  /** Within this process. */
  readonly #own = new MemoryLocker();
  readonly #held = new HeldLocks();
  readonly #waitMs: number;

  constructor(waitMs = 30_000) {
    this.#waitMs = waitMs;
  }

  newLock(id: string): Lock {
    const own = this.#own.newLock(id);
    let stopListening = () => {};
    return {
      lock: async (signal: AbortSignal, requestRelease: RequestRelease) => {
        await own.lock(signal, requestRelease);
        try {
          await this.#hold(id, signal, requestRelease);
        } catch (error) {
          await own.unlock();
          throw error;
        }
        stopListening = listen((message) => {
          if (message.topic === "upload" && message.id === id) void requestRelease();
        });
      },
      unlock: async () => {
        stopListening();
        await this.#held.release(keyOf(id));
        await own.unlock();
      },
    };
  }

  /** Throws what the client is told when nobody lets go. */
  async #hold(id: string, signal: AbortSignal, onLost: RequestRelease): Promise<void> {
    const end = Date.now() + this.#waitMs;
    for (;;) {
      if (await this.#held.tryHold(keyOf(id), () => void onLost())) return;
      if (signal.aborted || Date.now() > end) throw LOCKED;
      await inTransaction((client) => announce(client, { topic: "upload", id }));
      await sleep(POLL_MS);
    }
  }
}

function keyOf(id: string): string {
  return `upload ${id}`;
}
