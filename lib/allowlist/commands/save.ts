import { randomUUID } from "node:crypto";
import type { Person } from "#lib/access/person.ts";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { DECIDING_FIELDS, type Entry, type EntryContent } from "../entry.ts";
import { CHANGEABLE } from "../entry-move.ts";
import {
  type Confirmations,
  confirmed,
  type EntryFailure,
  type EntryMode,
  objectionTo,
} from "../objection.ts";
import { getFindings } from "../queries/findings.ts";
import {
  appendChange,
  changeAllowlist,
  closeIntervals,
  holdEntry,
  isActivePerson,
  openInterval,
  queueRun,
  type SeenEntry,
  saveEntry,
} from "./store.ts";

export type Saving = {
  content: EntryContent;
  /** What the entry is to do from now on. */
  mode: EntryMode;
  confirmations: Confirmations;
  /** Why it was made or changed, for its history. */
  why: string | null;
};

export type Saved = { id: string; number: number };

/** Makes an entry. What is stored follows in the worker. */
export async function createEntry(
  person: Person,
  saving: Saving,
  now: Date,
): Promise<Outcome<Saved, EntryFailure>> {
  return await inTransaction(async (client) => {
    const checked = await check(client, person, saving, now);
    if (!checked.ok) return checked;
    await changeAllowlist(client);
    const entry = {
      ...saving.content,
      id: randomUUID(),
      state: saving.mode,
      version: 1,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    };
    const number = await saveEntry(client, entry);
    await begin(client, entry, saving.mode, saving.content.startsAt);
    const kind = saving.mode === "draft" ? "drafted" : saving.mode;
    await appendChange(client, {
      kind,
      at: now,
      personId: person.id,
      before: null,
      after: entry,
      why: saving.why,
      confirmations: checked.value,
    });
    if (saving.mode !== "draft") await queueRun(client, "entry", entry.id, now);
    return success({ id: entry.id, number });
  });
}

/**
 * Changes what an entry says, and what it does. What it said before holds until now, what it says now from now on: or from
 * its start, when that is what was changed.
 */
export async function changeEntry(
  person: Person,
  seen: SeenEntry,
  saving: Saving,
  now: Date,
): Promise<Outcome<Saved, EntryFailure>> {
  return await inTransaction(async (client) => {
    const held = await holdEntry(client, seen);
    if (!held.ok) return held;
    const before = held.value;
    if (!CHANGEABLE.includes(before.state)) return failure({ reason: "not-from-here", state: before.state });
    const checked = await check(client, person, saving, now);
    if (!checked.ok) return checked;
    await changeAllowlist(client);
    const isNewVersion = changesDecisions(before, saving.content);
    const after: Entry = {
      ...before,
      ...saving.content,
      state: saving.mode,
      version: before.version + (isNewVersion ? 1 : 0),
      revision: before.revision + 1,
      updatedAt: now,
    };
    await saveEntry(client, after);
    if (isNewVersion || before.state !== saving.mode) {
      await closeIntervals(client, before.id, now);
      await begin(client, after, saving.mode, startOf(before, saving.content, now));
      await queueRun(client, "entry", before.id, now);
    }
    await appendChange(client, {
      kind: "changed",
      at: now,
      personId: person.id,
      before,
      after,
      why: saving.why,
      confirmations: checked.value,
    });
    return success({ id: after.id, number: after.number });
  });
}

async function check(client: Transaction, person: Person, saving: Saving, now: Date) {
  const { content, mode, confirmations } = saving;
  const findings = await getFindings(client, content.conditions);
  const objection = objectionTo(content, { person, mode, findings, confirmations, now });
  if (objection) return failure(objection);
  if (!(await isActivePerson(client, content.ownerId))) return failure({ reason: "unknown-owner" } as const);
  return success(confirmed(mode, findings, confirmations));
}

async function begin(
  client: Transaction,
  entry: Omit<Entry, "number">,
  mode: EntryMode,
  from: Date,
): Promise<void> {
  if (mode !== "draft") await openInterval(client, entry, { mode, from });
}

function changesDecisions(before: EntryContent, after: EntryContent): boolean {
  return DECIDING_FIELDS.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

/** A draft begins where it says; a new version of what was in force now, unless its start itself was moved. */
function startOf(before: Entry, content: EntryContent, now: Date): Date {
  const isMoved = before.startsAt.getTime() !== content.startsAt.getTime();
  if (before.state === "draft" || isMoved) return content.startsAt;
  return content.startsAt > now ? content.startsAt : now;
}
