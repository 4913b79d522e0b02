import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { Watched } from "./watchdog.ts";

const { beats, maxSeconds } = workerData as Watched;
let last = -1;
let stillSeconds = 0;

// It counts its own seconds: those in which the machine slept are none.
setInterval(() => {
  const now = Atomics.load(beats, 0);
  stillSeconds = now === last ? stillSeconds + 1 : 0;
  last = now;
  // A beat may just be due.
  if (stillSeconds <= maxSeconds) return;
  // What the main thread would write it never would.
  writeSync(2, `The process has stood still for ${maxSeconds} s and is ended.\n`);
  process.kill(process.pid, "SIGKILL");
}, 1000);
