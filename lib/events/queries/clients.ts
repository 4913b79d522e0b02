import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { LOGIN_MS } from "#lib/detection/signal.ts";
import { type Client, type ClientBehind, clientBehind, hidesClient } from "../client.ts";
import type { EventRow } from "../event-row.ts";

/** Calls made with an access key, from the first to the last of them. */
export type Calls = { accessKey: string; from: Date; to: Date };

/** So many of the latest logins are looked at for each. */
const MOST_LOGINS = 500;
const MOST_CLIENTS = 10;

/**
 * Who may stand behind each of the calls: where their access key fetched a registry's token in the 12 hours before, which is
 * how long one lives. In the order of the calls.
 */
export async function listClientsBehind(calls: readonly Calls[]): Promise<ClientBehind[]> {
  if (calls.length === 0) return [];
  const found = await db().$queryRaw<unknown[]>`
    with login as (
      select asked.place, login.occurred_at, login.event_id, count(*) over (partition by asked.place) as looked_at
      from unnest(
        ${calls.map((_, place) => place)}::int[], ${calls.map(({ accessKey }) => accessKey)}::text[],
        ${calls.map(({ from }) => new Date(from.getTime() - LOGIN_MS).toISOString())}::timestamptz[],
        ${calls.map(({ to }) => to.toISOString())}::timestamptz[]
      ) as asked (place, access_key, since, until)
      cross join lateral (
        select occurred_at, event_id from registry_login
        where access_key = asked.access_key and occurred_at > asked.since and occurred_at <= asked.until
        order by occurred_at desc, event_id desc limit ${MOST_LOGINS}
      ) login
    )
    select distinct on (place, event.source_ip, event.user_agent) place, looked_at::int, event.source_ip, event.user_agent,
      event.network, network.name as network_name, event.occurred_at, event.id
    from login join event on event.occurred_at = login.occurred_at and event.id = login.event_id
    left join network on network.key = event.network
    where event.source_ip is not null
    order by place, event.source_ip, event.user_agent, event.occurred_at desc, event.id`;
  const rows = rowsSchema.parse(found);
  return calls.map((_, place) => {
    const own = rows.filter((row) => row.place === place);
    const clients = own.map(({ client }) => client).sort(latestFirst);
    const isPart = own.some(({ lookedAt }) => lookedAt === MOST_LOGINS) || clients.length > MOST_CLIENTS;
    return clientBehind(clients.slice(0, MOST_CLIENTS), isPart);
  });
}

type ListedEvent = Pick<EventRow, "id" | "occurredAt" | "service" | "sourceIp" | "accessKey">;

/** The same of the events of a list that hide their client, by the event's id; the others are missing. */
export async function listClientsOf(events: readonly ListedEvent[]): Promise<Map<string, ClientBehind>> {
  const hidden = events.filter(hidesClient);
  const asked = hidden.flatMap(({ id, occurredAt: at, accessKey }) =>
    accessKey === null ? [] : [{ id, accessKey, from: at, to: at }],
  );
  const behind = await listClientsBehind(asked);
  return new Map([
    ...hidden.map(({ id }) => [id, clientBehind([])] as const),
    ...asked.map(({ id }, place) => [id, behind[place] ?? clientBehind([])] as const),
  ]);
}

function latestFirst(a: Client, b: Client): number {
  return b.login.occurredAt.getTime() - a.login.occurredAt.getTime();
}

const rowsSchema = z.array(
  z
    .object({
      place: z.int(),
      looked_at: z.int(),
      source_ip: z.string(),
      user_agent: z.string().nullable(),
      network: z.string().nullable(),
      network_name: z.string().nullable(),
      occurred_at: z.date(),
      id: z.guid(),
    })
    .transform((row) => ({
      place: row.place,
      lookedAt: row.looked_at,
      client: {
        address: row.source_ip,
        network: row.network === null ? null : { key: row.network, name: row.network_name },
        userAgent: row.user_agent,
        login: { occurredAt: row.occurred_at, id: row.id },
      } satisfies Client,
    })),
);
