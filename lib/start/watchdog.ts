import { Worker } from "node:worker_threads";

/** What the thread is given: a count that moves as long as our event loop turns. */
export type Watched = { beats: Int32Array<SharedArrayBuffer>; maxSeconds: number };

const BEAT_MS = 1000;

/**
 * Kills this process when its event loop has stood still for so many seconds: what makes it turn for ever would keep all other
 * work waiting. Whoever supervises it starts it again.
 */
export function watchEventLoop(maxSeconds: number): void {
  const workerData: Watched = { beats: new Int32Array(new SharedArrayBuffer(4)), maxSeconds };
  new Worker(new URL("./watchdog-thread.ts", import.meta.url), { workerData, execArgv: [] }).unref();
  setInterval(() => Atomics.add(workerData.beats, 0, 1), BEAT_MS).unref();
}
