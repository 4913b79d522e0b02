import { setTimeout } from "node:timers/promises";
import { log } from "#lib/log.ts";
import { startReplay } from "../commands/replays.ts";
import { getReach } from "../queries/reach.ts";

const LOOK_MS = 5_000;
/** Somebody who fills in several lists makes one run of it. */
const QUIET_MS = 10_000;

/**
 * Has stored events follow what the organisation says of itself: starts the replay that a change needs, once for each, as soon
 * as nobody has changed anything for a while and no other is on its way. Says whether it started one.
 */
export async function followSettings(now: Date): Promise<boolean> {
  const { state, from, changedAt, changedBy } = await getReach();
  if (state !== "waiting" || from === null || changedAt === null) return false;
  if (now.getTime() - changedAt.getTime() < QUIET_MS) return false;
  const person = changedBy === null ? null : { id: changedBy };
  const started = await startReplay({ scope: { kind: "everything" }, from }, person, now);
  return started.ok;
}

/** Looks after it until `signal` asks it to stop. */
export function workOnSettings(signal: AbortSignal): void {
  void (async () => {
    while (!signal.aborted) {
      await followSettings(new Date()).catch((error: Error) =>
        log.warn({ error: error.message }, "it was not looked after the settings"),
      );
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => {});
    }
  })();
}
