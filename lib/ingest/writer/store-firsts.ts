import { type FirstTime, keepFirstTimes } from "#lib/aggregates/commands/keep-actor-firsts.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";

/** Keeps when actors were first seen with what new events tell of them. */
export async function storeFirsts(client: Transaction, events: readonly LogEvent[]): Promise<void> {
  const firsts = new Map<string, FirstTime>();
  for (const event of events) {
    if (!event.actor) continue;
    const actorId = nameId(event.platform, event.actor.key);
    const note = (field: FirstTime["field"], value: string | null) => {
      if (value === null) return;
      const key = `${actorId} ${field} ${value}`;
      const known = firsts.get(key);
      if (!known) firsts.set(key, { actorId, field, value: storable(value), at: event.occurredAt });
      else if (event.occurredAt < known.at) known.at = event.occurredAt;
    };
    note("operation", event.operation);
    note("account", event.account);
    note("region", event.region);
    note("address", event.sourceIp);
    note("agent", event.userAgent);
    note("session", event.session);
    note("key", event.accessKey);
    for (const { key } of event.images) note("image", nameId(event.platform, key));
  }
  await keepFirstTimes(runOn(client), [...firsts.values()]);
}
