import { z } from "zod";
import { firstValueId } from "#lib/aggregates/first.ts";
import type { Transaction } from "#lib/db/client.ts";
import { HISTORY_NEEDED_MS } from "#lib/detection/signal.ts";
import { type EventRow, type MarkedEventRow, NEW_FIELDS, type NewField, type Newness } from "../event-row.ts";

const DAY_MS = 86_400_000;

/** Marks each event that is the first of its actor with something. */
export async function markNew(client: Transaction, rows: readonly EventRow[]): Promise<MarkedEventRow[]> {
  const seen = rows.flatMap((row) => seenWith(row));
  const firsts = await findFirsts(client, seen);
  const histories = firsts.size > 0 ? await findHistories(client, rows) : new Map<string, Date>();
  return rows.map((row) => {
    const fields = NEW_FIELDS.filter((field) =>
      seenWith(row).some((one) => one.field === field && isFirst(row, firsts.get(keyOf(one)))),
    );
    return { ...row, newness: fields.length > 0 ? newness(row, fields, histories) : null };
  });
}

/** What an actor was seen with, as the kept first times name it. */
type Seen = { actorId: string; field: NewField; valueId: string };

function seenWith(row: EventRow): Seen[] {
  const { actor } = row;
  if (!actor) return [];
  const values: [field: Exclude<NewField, "network">, value: string | null][] = [
    ["operation", row.operation],
    ["account", row.account],
    ["region", row.region],
    ["address", row.sourceIp],
    ...row.images.map(({ id }): ["image", string] => ["image", id]),
  ];
  return [
    ...values.flatMap(([field, value]) =>
      value === null ? [] : [{ actorId: actor.id, field, valueId: firstValueId(field, value) }],
    ),
    ...(row.network ? [{ actorId: actor.id, field: "network" as const, valueId: row.network.key }] : []),
  ];
}

function keyOf({ actorId, field, valueId }: Seen): string {
  return `${actorId} ${field} ${valueId}`;
}

function isFirst({ occurredAt }: EventRow, first: Date | undefined): boolean {
  return first?.getTime() === occurredAt.getTime();
}

async function findFirsts(client: Transaction, seen: readonly Seen[]): Promise<Map<string, Date>> {
  const values = seen.filter(({ field }) => field !== "network");
  const networks = seen.filter(({ field }) => field === "network");
  const { rows } = await client.query<Record<string, unknown>>(
    `select actor_id, field, value_id::text, first_seen
     from (select distinct * from unnest($1::uuid[], $2::text[], $3::uuid[]) as seen (actor_id, field, value_id)) seen
     join actor_first using (actor_id, field, value_id)
     union all
     select actor_id, 'network', network, first_seen
     from (select distinct * from unnest($4::uuid[], $5::text[]) as seen (actor_id, network)) seen
     join actor_network using (actor_id, network)`,
    [
      values.map(({ actorId }) => actorId),
      values.map(({ field }) => field),
      values.map(({ valueId }) => valueId),
      networks.map(({ actorId }) => actorId),
      networks.map(({ valueId }) => valueId),
    ],
  );
  const found = firstsSchema.parse(rows);
  return new Map(
    found.map(({ actor_id: actorId, field, value_id: valueId, first_seen: first }) => [
      keyOf({ actorId, field, valueId }),
      first,
    ]),
  );
}

/** How far back the log of each event's account goes. */
async function findHistories(client: Transaction, rows: readonly EventRow[]): Promise<Map<string, Date>> {
  const { rows: found } = await client.query<Record<string, unknown>>(
    `select account, log_source, first_at
     from (select distinct * from unnest($1::text[], $2::text[]) as wanted (account, log_source)) wanted
     join log_history using (account, log_source)`,
    [rows.map(({ account }) => account ?? ""), rows.map(({ logSource }) => logSource)],
  );
  return new Map(
    historiesSchema.parse(found).map((row) => [historyKey(row.account, row.log_source), row.first_at]),
  );
}

function historyKey(account: string | null, logSource: string): string {
  return `${logSource} ${account ?? ""}`;
}

function newness(row: EventRow, fields: NewField[], histories: ReadonlyMap<string, Date>): Newness {
  const from = histories.get(historyKey(row.account, row.logSource)) ?? row.occurredAt;
  const ms = Math.max(0, row.occurredAt.getTime() - from.getTime());
  return { fields, historyDays: Math.floor(ms / DAY_MS), isShort: ms < HISTORY_NEEDED_MS };
}

const firstsSchema = z.array(
  z.object({ actor_id: z.guid(), field: z.enum(NEW_FIELDS), value_id: z.string(), first_seen: z.date() }),
);

const historiesSchema = z.array(
  z.object({ account: z.string(), log_source: z.string(), first_at: z.date() }),
);
