import {
  type FirstShift,
  type FirstTime,
  keepFirstTimes,
} from "#lib/aggregates/commands/keep-actor-firsts.ts";
import { runOn } from "#lib/aggregates/commands/run.ts";
import { nameId } from "#lib/content-id.ts";
import type { Transaction } from "#lib/db/client.ts";
import { storable } from "#lib/db/copy.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";

type Field = FirstTime["field"];

const VALUE_OF = {
  operation: (event) => event.operation,
  account: (event) => event.account,
  region: (event) => event.region,
  address: (event) => event.sourceIp,
  agent: (event) => event.userAgent,
  session: (event) => event.session,
  key: (event) => event.accessKey,
} as const satisfies Record<Exclude<Field, "image">, (event: LogEvent) => string | null>;

const VALUES = Object.entries(VALUE_OF) as [Exclude<Field, "image">, (event: LogEvent) => string | null][];

/** Of one actor, by field: when each value was first seen. */
type Firsts = Map<Field, Map<string, Date>>;

/** Keeps when actors were first seen with what new events tell of them. Returns what moved. */
export async function storeFirsts(client: Transaction, events: readonly LogEvent[]): Promise<FirstShift[]> {
  const actors = new Map<string, Firsts>();
  for (const event of events) {
    if (!event.actor) continue;
    const actorId = nameId(event.platform, event.actor.key);
    const firsts = actors.get(actorId) ?? new Map();
    actors.set(actorId, firsts);
    for (const [field, tell] of VALUES) note(firsts, field, tell(event), event.occurredAt);
    for (const { key } of event.images) note(firsts, "image", nameId(event.platform, key), event.occurredAt);
  }
  const all: FirstTime[] = [];
  for (const [actorId, firsts] of actors)
    for (const [field, values] of firsts)
      for (const [value, at] of values) all.push({ actorId, field, value: storable(value), at });
  return await keepFirstTimes(runOn(client), all);
}

function note(firsts: Firsts, field: Field, value: string | null, at: Date): void {
  if (value === null) return;
  let values = firsts.get(field);
  if (!values) {
    values = new Map();
    firsts.set(field, values);
  }
  const known = values.get(value);
  if (!known || at < known) values.set(value, at);
}
