import { withLock } from "#lib/db/advisory-lock.ts";
import { log } from "#lib/log.ts";
import { tendFeeds } from "./commands.ts";
import { HOUR_MS } from "./hour.ts";

/** Has the worker see to the feeds each hour, until `signal` asks it to stop. */
export function workOnFeeds(signal: AbortSignal): void {
  const tend = () =>
    withLock("feeds", () => tendFeeds(new Date())).catch((error: Error) =>
      log.warn({ error: error.message }, "the feeds could not be looked after"),
    );
  const timer = setInterval(() => void tend(), HOUR_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  void tend();
}
