import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { jsonLiteral, storable } from "#lib/db/copy.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { IntervalMode } from "../decide.ts";
import { type Entry, type EntryContent, storedEntrySchema } from "../entry.ts";
import { CHANGE_KINDS, type ChangeKind, type Confirmation } from "../entry-move.ts";
import type { EntryFailure } from "../objection.ts";
import { ALLOWLIST_KEY } from "../queries/in-force.ts";

/** An entry as the person saw it: the change is refused when it is no longer so. */
export type SeenEntry = { id: string; revision: number };

/** The entry, locked until the transaction ends, if it is still as the person saw it. */
export async function holdEntry(client: Transaction, seen: SeenEntry): Promise<Outcome<Entry, EntryFailure>> {
  const { rows } = await client.query(
    `select id, number, state, version, revision, title, conditions, signals, owner_id as "ownerId",
       reason_class as "reasonClass", reason, ticket, starts_at as "startsAt", expires_at as "expiresAt",
       created_at as "createdAt", updated_at as "updatedAt"
     from allow_entry where id = $1 for update`,
    [seen.id],
  );
  if (!rows[0]) return failure({ reason: "unknown-entry" });
  const entry = storedEntrySchema.parse(rows[0]);
  return entry.revision === seen.revision ? success(entry) : failure(await lastChange(client, entry.id));
}

const lastChangeSchema = z.tuple([
  z.object({ kind: z.enum(CHANGE_KINDS), at: z.date(), by: z.string().nullable() }),
]);

async function lastChange(client: Transaction, entryId: string): Promise<EntryFailure> {
  const { rows } = await client.query(
    `select kind, at, person.name as by from allow_change left join person on person.id = person_id
     where entry_id = $1 order by allow_change.id desc limit 1`,
    [entryId],
  );
  const [{ kind, at, by }] = lastChangeSchema.parse(rows);
  return { reason: "changed-meanwhile", by, kind, at };
}

export async function isActivePerson(client: Transaction, personId: string): Promise<boolean> {
  const { rowCount } = await client.query("select from person where id = $1 and disabled_at is null", [
    personId,
  ]);
  return rowCount === 1;
}

/** Stores a new entry or the new face of one. */
export async function saveEntry(client: Transaction, entry: Omit<Entry, "number">): Promise<number> {
  const { rows } = await client.query<{ number: number }>(
    `insert into allow_entry (id, state, version, revision, title, conditions, signals, owner_id, reason_class, reason,
       ticket, starts_at, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     on conflict (id) do update set state = excluded.state, version = excluded.version, revision = excluded.revision,
       title = excluded.title, conditions = excluded.conditions, signals = excluded.signals,
       owner_id = excluded.owner_id, reason_class = excluded.reason_class, reason = excluded.reason,
       ticket = excluded.ticket, starts_at = excluded.starts_at, expires_at = excluded.expires_at,
       updated_at = excluded.updated_at
     returning number`,
    [
      entry.id,
      entry.state,
      entry.version,
      entry.revision,
      entry.title,
      jsonLiteral(entry.conditions),
      entry.signals,
      entry.ownerId,
      entry.reasonClass,
      entry.reason,
      entry.ticket,
      entry.startsAt,
      entry.expiresAt,
      entry.createdAt,
      entry.updatedAt,
    ],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error("An entry was not stored.");
  return number;
}

/** What was said of the entry holds no longer, from `at` on. */
export async function closeIntervals(client: Transaction, entryId: string, at: Date): Promise<void> {
  await client.query(
    "update allow_interval set ends_at = greatest(starts_at, $2) where entry_id = $1 and ends_at > $2",
    [entryId, at],
  );
}

export async function openInterval(
  client: Transaction,
  entry: Pick<Entry, "id" | "version" | "conditions" | "signals" | "expiresAt">,
  { mode, from }: { mode: IntervalMode; from: Date },
): Promise<void> {
  await client.query(
    `insert into allow_interval (id, entry_id, version, mode, starts_at, ends_at, conditions, signals)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      randomUUID(),
      entry.id,
      entry.version,
      mode,
      from,
      entry.expiresAt,
      jsonLiteral(entry.conditions),
      entry.signals,
    ],
  );
}

/** The entry was wrong: nothing that it said counts any more. */
export async function voidIntervals(client: Transaction, entryId: string): Promise<void> {
  await client.query("update allow_interval set void = true where entry_id = $1", [entryId]);
}

export type NewChange = {
  kind: ChangeKind;
  at: Date;
  personId: string | null;
  before: Entry | null;
  after: Omit<Entry, "number">;
  why: string | null;
  confirmations: Confirmation[];
};

/** Appends to the entry's history, in the order in which things are committed. */
export async function appendChange(client: Transaction, change: NewChange): Promise<void> {
  const { kind, at, personId, before, after, why, confirmations } = change;
  await client.query(
    `insert into allow_change (id, entry_id, version, at, person_id, kind, snapshot, diff, why, confirmations)
     values (${NEXT_CHANGE_ID}, $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      after.id,
      after.version,
      at,
      personId,
      kind,
      jsonLiteral(faceOf(after)),
      jsonLiteral(before ? differences(faceOf(before), faceOf(after)) : []),
      why === null ? null : storable(why),
      jsonLiteral(confirmations),
    ],
  );
}

/** Rises with the allowlist's revision, which only one transaction at a time moves. */
const NEXT_CHANGE_ID = `lpad(to_hex((select value from allow_revision where id = 1)), 32, '0')::uuid`;

type Face = EntryContent & { state: Entry["state"] };

function faceOf(entry: Omit<Entry, "number">): Face {
  const { title, conditions, signals, ownerId, reasonClass, reason, ticket, startsAt, expiresAt, state } =
    entry;
  return { title, conditions, signals, ownerId, reasonClass, reason, ticket, startsAt, expiresAt, state };
}

export type Difference = { field: keyof Face; before: unknown; after: unknown };

function differences(before: Face, after: Face): Difference[] {
  return (Object.keys(after) as (keyof Face)[]).flatMap((field) =>
    JSON.stringify(before[field]) === JSON.stringify(after[field])
      ? []
      : [{ field, before: before[field], after: after[field] }],
  );
}

/** Has the worker apply what was changed to what is stored. */
export async function queueRun(
  client: Transaction,
  about: "entry" | "watch",
  targetId: string,
  now: Date,
): Promise<string> {
  const runId = randomUUID();
  await client.query(
    "insert into allow_run (id, about, target_id, state, created_at) values ($1, $2, $3, 'queued', $4)",
    [runId, about, targetId, now],
  );
  await sendJob(client, "allowlist", { runId });
  return runId;
}

/**
 * Waits until nobody decides by the allowlist, and lets nobody until the transaction ends: what was decided before is
 * stored then, and seen by the job that applies the change.
 */
export async function changeAllowlist(client: Transaction): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [ALLOWLIST_KEY]);
  await client.query(
    "insert into allow_revision (id, value) values (1, 1) on conflict (id) do update set value = allow_revision.value + 1",
  );
}
