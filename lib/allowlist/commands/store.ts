import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "#lib/db/client.ts";
import { jsonLiteral, storable } from "#lib/db/copy.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { SIGNALS } from "#lib/detection/signal.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { storedConditionsSchema } from "../condition.ts";
import type { IntervalMode } from "../decide.ts";
import { ENTRY_STATES, type Entry, type EntryContent, REASON_CLASS_NAMES } from "../entry.ts";
import { CHANGE_KINDS, type ChangeKind, type Confirmation } from "../entry-move.ts";
import type { EntryFailure } from "../objection.ts";

/** An entry as the person saw it: the change is refused when it is no longer so. */
export type SeenEntry = { id: string; revision: number };

const rowSchema = z
  .object({
    id: z.guid(),
    number: z.int(),
    state: z.enum(ENTRY_STATES),
    version: z.int(),
    revision: z.int(),
    title: z.string(),
    conditions: storedConditionsSchema,
    signals: z.array(z.enum(SIGNALS)),
    owner_id: z.guid(),
    reason_class: z.enum(REASON_CLASS_NAMES),
    reason: z.string(),
    ticket: z.string().nullable(),
    starts_at: z.date(),
    expires_at: z.date(),
    created_at: z.date(),
    updated_at: z.date(),
  })
  .transform(
    ({ owner_id, reason_class, starts_at, expires_at, created_at, updated_at, ...row }): Entry => ({
      ...row,
      ownerId: owner_id,
      reasonClass: reason_class,
      startsAt: starts_at,
      expiresAt: expires_at,
      createdAt: created_at,
      updatedAt: updated_at,
    }),
  );

/** The entry, locked until the transaction ends, if it is still as the person saw it. */
export async function holdEntry(client: Transaction, seen: SeenEntry): Promise<Outcome<Entry, EntryFailure>> {
  const { rows } = await client.query("select * from allow_entry where id = $1 for update", [seen.id]);
  if (!rows[0]) return failure({ reason: "unknown-entry" });
  const entry = rowSchema.parse(rows[0]);
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
