import { dropEmptyTallies } from "#lib/aggregates/commands/keep-numbers.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import {
  listActorsWithStaleFirsts,
  settleActorFirsts,
} from "#lib/aggregates/commands/settle-actor-firsts.ts";
import { inSnapshot, inTransaction } from "#lib/db/client.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { judgeShifted, listStaleTimes, type StaleTimes, settleTimes } from "../writer/settle-firsts.ts";
import { NO_SHIFTS } from "../writer/store-context.ts";
import { Stopped } from "./run-import.ts";

/** Imports go on between two chunks. */
const CHUNK = 500;
/** Of an actor all events are read. */
const ACTORS_AT_ONCE = 20;

const NOTHING: StaleTimes = { networks: [], histories: [], actors: [], images: [] };

/**
 * Puts right what events that went have left behind: first and last times, and the signals that follow from them. It looks
 * for what no event bears out, so that it can break off and be repeated. Throws Stopped.
 */
export async function settleStore(clock: () => Date, signal: AbortSignal): Promise<void> {
  const stale = await inSnapshot(listStaleTimes);
  const steps: Partial<StaleTimes>[] = [
    ...chunks(stale.networks, CHUNK).map((networks) => ({ networks })),
    ...chunks(stale.histories, CHUNK).map((histories) => ({ histories })),
    ...chunks(stale.actors, CHUNK).map((actors) => ({ actors })),
    ...chunks(stale.images, CHUNK).map((images) => ({ images })),
  ];
  for (const step of steps) {
    if (signal.aborted) throw new Stopped("The worker is stopping.");
    await inTransaction(async (client) => {
      const inForce = await holdForAltering(client);
      await settleTimes(client, { ...NOTHING, ...step }, { inForce, now: clock() });
    });
  }
  const actors = await inSnapshot((client) => listActorsWithStaleFirsts(runOn(client)));
  for (const some of chunks(actors, ACTORS_AT_ONCE)) {
    if (signal.aborted) throw new Stopped("The worker is stopping.");
    await inTransaction(async (client) => {
      const inForce = await holdForAltering(client);
      const firsts = await settleActorFirsts(runOn(client), some);
      await judgeShifted(client, { ...NO_SHIFTS, firsts }, { inForce, now: clock() });
    });
  }
  await inTransaction((client) => dropEmptyTallies(runOn(client)));
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
