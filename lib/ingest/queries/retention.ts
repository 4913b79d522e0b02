import { z } from "zod";
import { db, pool } from "#lib/db/client.ts";
import { type Cutoffs, cutoffsOf, type Retention } from "../retention.ts";
import { RETIRED_ALERTS, RETIRED_EVENTS } from "../writer/retire.ts";

/** The policy in force, with the revision that a change of it has to carry: 0 when nobody has made one. */
export type RetentionInForce = Retention & { revision: number };

export async function getRetention(): Promise<RetentionInForce> {
  const row = await db().retentionPolicy.findFirst({ orderBy: { revision: "desc" } });
  return {
    revision: row?.revision ?? 0,
    rawDays: row?.rawDays ?? null,
    eventDays: row?.eventDays ?? null,
    alertDays: row?.alertDays ?? null,
  };
}

export type RetentionChange = Retention & { revision: number; by: string | null; at: Date };

/** Who set what when, the latest first. */
export async function listRetentionChanges(): Promise<RetentionChange[]> {
  const rows = await db().retentionPolicy.findMany({ orderBy: { revision: "desc" }, take: 20 });
  const people = await db().person.findMany({
    where: { id: { in: rows.flatMap(({ savedBy }) => savedBy ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ revision, rawDays, eventDays, alertDays, savedBy, savedAt }) => ({
    revision,
    rawDays,
    eventDays,
    alertDays,
    by: (savedBy && names.get(savedBy)) ?? null,
    at: savedAt,
  }));
}

export type RetentionRunRow = {
  id: string;
  state: "running" | "done" | "failed";
  records: number;
  rejected: number;
  events: number;
  alerts: number;
  failure: string | null;
  startedAt: Date;
  finishedAt: Date | null;
};

/** What was deleted on the last days, the latest first. */
export async function listRetentionRuns(): Promise<RetentionRunRow[]> {
  const rows = await db().retentionRun.findMany({ orderBy: { startedAt: "desc" }, take: 30 });
  return rows.map((row) => ({
    id: row.id,
    state: row.state as RetentionRunRow["state"],
    records: Number(row.records),
    rejected: Number(row.rejected),
    events: Number(row.events),
    alerts: Number(row.alerts),
    failure: row.failure,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  }));
}

export type RetentionPreview = {
  cutoffs: Cutoffs;
  alerts: number;
  oldestAlert: Date | null;
  events: number;
  oldestEvent: Date | null;
  /** Of events of before, but for those of detections; and of rejected records. */
  records: number;
  rejected: number;
};

/** What a policy would delete at once. Exact for alerts and events; of records those in blocks that are old as a whole. */
export async function previewRetention(retention: Retention, now: Date): Promise<RetentionPreview> {
  const cutoffs = cutoffsOf(retention, now);
  const { rows } = await pool().query(
    `select
       (select count(*) from alert where ${RETIRED_ALERTS.replaceAll("$1", "$1::timestamptz")})::float8 as alerts,
       (select min(last_at) from alert where ${RETIRED_ALERTS.replaceAll("$1", "$1::timestamptz")}) as "oldestAlert",
       (select count(*) from event where ${RETIRED_EVENTS.replaceAll("$1", "$2::timestamptz")})::float8 as events,
       (select min(occurred_at) from event where ${RETIRED_EVENTS.replaceAll("$1", "$2::timestamptz")}) as "oldestEvent",
       (select coalesce(sum(record_count), 0) from raw_block where last_at < $3::timestamptz)::float8 as records,
       (select count(*) from rejected_record join import on import.id = import_id
        where import.created_at < $3::timestamptz)::float8 as rejected`,
    [cutoffs.alertsBefore, cutoffs.eventsBefore, cutoffs.rawBefore],
  );
  return { cutoffs, ...previewSchema.parse(rows[0]) };
}

const previewSchema = z.object({
  alerts: z.number(),
  oldestAlert: z.date().nullable(),
  events: z.number(),
  oldestEvent: z.date().nullable(),
  records: z.number(),
  rejected: z.number(),
});
