import type { EventDay } from "#lib/aggregates/commands/keep-numbers.ts";
import { nameId } from "#lib/content-id.ts";
import { storable } from "#lib/db/copy.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";

const DAY_MS = 86_400_000;

/** How many events actors have on a day with a service. */
export function eventDays(events: readonly LogEvent[]): EventDay[] {
  const days = new Map<string, EventDay>();
  for (const { platform, actor, occurredAt, service: named } of events) {
    if (!actor) continue;
    const actorId = nameId(platform, actor.key);
    const service = storable(named ?? "");
    const key = `${actorId} ${Math.floor(occurredAt.getTime() / DAY_MS)} ${service}`;
    const known = days.get(key);
    if (known) known.events++;
    else days.set(key, { actorId, day: occurredAt.toISOString().slice(0, 10), service, events: 1 });
  }
  return [...days.values()];
}
