import { z } from "zod";
import { db } from "#lib/db/client.ts";
import { type ClientBehind, clientsTogether } from "#lib/events/client.ts";
import { listClientsBehind } from "#lib/events/queries/clients.ts";
import type { AlertRow } from "../alert.ts";

/** So many of the first detections of an alert are looked at: a list has no time for more. */
const LOOKED_AT = 50;

/**
 * Who stands behind alerts of which nothing but "AWS Internal" says where they came from, by the alert's id; the others are
 * missing.
 */
export async function listAlertClients(
  alerts: readonly Pick<AlertRow, "id" | "platform" | "sourceIps">[],
): Promise<Map<string, ClientBehind>> {
  const hidden = alerts.filter(hidesAll);
  if (hidden.length === 0) return new Map();
  const found = await db().$queryRaw<unknown[]>`
    select asked.id, looked.access_key, min(looked.occurred_at) as first_at, max(looked.occurred_at) as last_at
    from unnest(${hidden.map(({ id }) => id)}::uuid[]) as asked (id)
    cross join lateral (
      select access_key, occurred_at from detection where alert_id = asked.id order by occurred_at limit ${LOOKED_AT}
    ) looked
    where looked.access_key is not null
    group by asked.id, looked.access_key`;
  const calls = rowsSchema.parse(found);
  const behind = await listClientsBehind(calls);
  return new Map(
    hidden.map(({ id }) => [id, clientsTogether(behind.filter((_, at) => calls[at]?.alertId === id))]),
  );
}

/** Only ECR's own logs name nobody else: what else is called "AWS Internal" has no tokens. */
function hidesAll({ platform, sourceIps }: Pick<AlertRow, "platform" | "sourceIps">): boolean {
  return platform === "aws" && sourceIps.length > 0 && sourceIps.every((one) => /^aws internal\b/i.test(one));
}

const rowsSchema = z.array(
  z
    .object({ id: z.guid(), access_key: z.string(), first_at: z.date(), last_at: z.date() })
    .transform((row) => ({
      alertId: row.id,
      accessKey: row.access_key,
      from: row.first_at,
      to: row.last_at,
    })),
);
