import { z } from "zod";
import { db, pool } from "#lib/db/client.ts";
import { IS_WORKED_ON } from "../writer/sweep-alerts.ts";

/** What the deletion of an import would delete, exact at the moment that it is asked for. */
export type DeletionPreview = {
  events: number;
  /** Events that would stay, because another import delivered them too. */
  handedOver: number;
  detections: number;
  rejected: number;
  alertsDeleted: number;
  /** Alerts that would stay without some or all of their detections, because people worked on them. */
  alertsKept: number;
};

export async function previewDeletion(importId: string): Promise<DeletionPreview> {
  const { rows } = await pool().query(
    `with block as (
       select id, first_at, last_at from raw_block where import_id = $1
     ), own as (
       select event.occurred_at, event.id, exists (
         select from redelivery again join import on import.id = again.import_id
         where again.occurred_at = event.occurred_at and again.event_id = event.id and again.import_id <> $1
           and import.state not in ('deleting', 'deleted')
       ) as stays
       from event where event.occurred_at between (select min(first_at) from block) and (select max(last_at) from block)
         and event.block_id in (select id from block)
     ), gone as (
       select detection.alert_id, count(*) as detections
       from own join detection on detection.occurred_at = own.occurred_at and detection.event_id = own.id
       where not own.stays group by detection.alert_id
     ), touched as (
       select gone.detections, ${IS_WORKED_ON} as worked_on,
         (select count(*) from detection where detection.alert_id = alert.id) as all_detections
       from gone join alert on alert.id = gone.alert_id
     )
     select (select count(*) filter (where not stays) from own)::float8 as events,
       (select count(*) filter (where stays) from own)::float8 as "handedOver",
       (select coalesce(sum(detections), 0) from touched)::float8 as detections,
       ((select count(*) from rejected_record where import_id = $1)
         + (select coalesce(sum(count), 0) from unkept_rejection where import_id = $1))::float8 as rejected,
       (select count(*) from touched where not worked_on and detections = all_detections)::float8 as "alertsDeleted",
       (select count(*) from touched where worked_on)::float8 as "alertsKept"`,
    [importId],
  );
  return previewSchema.parse(rows[0]);
}

const count = z.number();
const previewSchema = z.object({
  events: count,
  handedOver: count,
  detections: count,
  rejected: count,
  alertsDeleted: count,
  alertsKept: count,
});

export type DeletionRow = DeletionPreview & {
  state: "queued" | "running" | "done" | "failed";
  /** Records to look at, and looked at. */
  total: number;
  done: number;
  failure: string | null;
  askedBy: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** How far the deletion of an import has come, or what it deleted; null when nobody asked for one. */
export async function getDeletion(importId: string): Promise<DeletionRow | null> {
  const row = await db().importDeletion.findUnique({ where: { importId } });
  if (!row) return null;
  const by =
    row.askedBy && (await db().person.findUnique({ where: { id: row.askedBy }, select: { name: true } }));
  return {
    state: row.state as DeletionRow["state"],
    total: Number(row.total),
    done: Number(row.done),
    events: Number(row.events),
    handedOver: Number(row.handedOver),
    detections: Number(row.detections),
    rejected: Number(row.rejected),
    alertsDeleted: row.alertsDeleted,
    alertsKept: row.alertsKept,
    failure: row.failure,
    askedBy: by ? by.name : null,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}
