import { setTimeout as wait } from "node:timers/promises";
import type { Turns } from "./search.ts";

const GAP_MS = 300;

/** Turns of one process that shares its key with no other, one request after another. */
export function ownTurns(): Turns {
  let before: Promise<unknown> = Promise.resolve();
  return {
    take: (send) => {
      const mine = before.then(send);
      before = mine.then(
        () => wait(GAP_MS),
        () => wait(GAP_MS),
      );
      return mine;
    },
  };
}
