import { randomUUID } from "node:crypto";
import type { Person, Role } from "#lib/access/person.ts";
import { type EntryMoving, moveEntry } from "#lib/allowlist/commands/move.ts";
import { changeEntry, createEntry, type Saving } from "#lib/allowlist/commands/save.ts";
import type { Condition, Field } from "#lib/allowlist/condition.ts";
import { db, pool } from "#lib/db/client.ts";
import { applyAllowlist } from "../jobs/apply-allowlist.ts";

/** Somebody to act in a test. */
export async function somebody(role: Role, name = role as string): Promise<Person> {
  const person = { id: randomUUID(), name, email: `${randomUUID()}@example.com`, role };
  await db().person.create({ data: person });
  return person;
}

export function is(field: Field, ...values: string[]): Condition {
  return { field, op: "is", values, not: false };
}

/** An entry that an admin saves: for role/ci, from the start of 2026 to its end, unless said otherwise. */
export function saving(
  owner: Person,
  change: Partial<Saving["content"]> & Pick<Partial<Saving>, "mode"> = {},
): Saving {
  const { mode = "enforcing", ...content } = change;
  return {
    content: {
      title: "CI pushes",
      conditions: [is("actor", "111122223333/role/ci"), is("operation", "PutImage")],
      signals: [],
      ownerId: owner.id,
      reasonClass: "ci-cd",
      reason: "The pipeline publishes builds.",
      ticket: null,
      startsAt: new Date("2026-01-01T00:00:00Z"),
      expiresAt: new Date("2026-12-31T00:00:00Z"),
      ...content,
    },
    mode,
    confirmations: { broad: "a test", truePositives: "a test" },
    why: null,
  };
}

export async function create(person: Person, what: Saving, now: Date): Promise<string> {
  const saved = await createEntry(person, what, now);
  if (!saved.ok) throw new Error(`The entry was refused: ${saved.reason.reason}`);
  return saved.value.id;
}

export async function change(person: Person, entryId: string, what: Saving, now: Date): Promise<void> {
  const changed = await changeEntry(person, await seen(entryId), what, now);
  if (!changed.ok) throw new Error(`The change was refused: ${changed.reason.reason}`);
}

export async function move(
  person: Person,
  entryId: string,
  name: EntryMoving["move"],
  now: Date,
): Promise<void> {
  const moving = { move: name, confirmations: { broad: "a test", truePositives: "a test" }, why: "a test" };
  const moved = await moveEntry(person, await seen(entryId), moving, now);
  if (!moved.ok) throw new Error(`The move was refused: ${moved.reason.reason}`);
}

/** The entry as it stands, for whoever acts on it now. */
export async function seen(entryId: string): Promise<{ id: string; revision: number }> {
  return await db().allowEntry.findUniqueOrThrow({
    where: { id: entryId },
    select: { id: true, revision: true },
  });
}

/** Applies all that is queued, as the worker would. */
export async function applyAll(): Promise<void> {
  const runs = await db().allowRun.findMany({ where: { state: "queued" }, orderBy: { createdAt: "asc" } });
  for (const { id } of runs) await applyAllowlist(id, () => new Date(), new AbortController().signal);
}

/** Each stored detection's time, deciding entry and hits. */
export async function decisions(): Promise<
  { at: string; entryId: string | null; brokeThrough: string[]; hits: string[] }[]
> {
  const { rows } = await pool().query(
    `select to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, detection.entry_id as "entryId",
       broke_through as "brokeThrough",
       array(select kind || ' ' || hit.entry_id from allow_hit hit where hit.occurred_at = detection.occurred_at
         and hit.event_id = detection.event_id and hit.rule_id = detection.rule_id order by 1) as hits
     from detection order by occurred_at, event_id, rule_id`,
  );
  return rows;
}
