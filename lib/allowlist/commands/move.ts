import type { Person } from "#lib/access/person.ts";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Entry, EntryState } from "../entry.ts";
import {
  type ChangeKind,
  type Confirmation,
  canMoveEntry,
  ENTRY_MOVES,
  type EntryMoveName,
} from "../entry-move.ts";
import { type Confirmations, confirmed, type EntryFailure, objectionTo } from "../objection.ts";
import { getFindings } from "../queries/findings.ts";
import {
  appendChange,
  changeAllowlist,
  closeIntervals,
  holdEntry,
  openInterval,
  queueRun,
  type SeenEntry,
  saveEntry,
  voidIntervals,
} from "./store.ts";

export type EntryMoving = { move: EntryMoveName; confirmations: Confirmations; why: string | null };

/** Changes what an entry does. What is stored follows in the worker. */
export async function moveEntry(
  person: Person,
  seen: SeenEntry,
  { move, confirmations, why }: EntryMoving,
  now: Date,
): Promise<Outcome<undefined, EntryFailure>> {
  return await inTransaction(async (client) => {
    const held = await holdEntry(client, seen);
    if (!held.ok) return held;
    const before = held.value;
    const { from }: { from: readonly EntryState[] } = ENTRY_MOVES[move];
    if (!from.includes(before.state)) return failure({ reason: "not-from-here", state: before.state });
    if (!canMoveEntry(move, before.state, person.role)) return failure({ reason: "not-allowed" });
    const checked = await check(client, person, before, { move, confirmations, why }, now);
    if (!checked.ok) return checked;

    await changeAllowlist(client);
    const after: Entry = {
      ...before,
      state: ENTRY_MOVES[move].to,
      revision: before.revision + 1,
      updatedAt: now,
    };
    await saveEntry(client, after);
    await turn(client, before, after, now);
    await appendChange(client, {
      kind: KINDS[move],
      at: now,
      personId: person.id,
      before,
      after,
      why,
      confirmations: checked.value,
    });
    await queueRun(client, "entry", before.id, now);
    return success();
  });
}

const KINDS = {
  observe: "observing",
  enforce: "enforcing",
  pause: "paused",
  revoke: "revoked",
  archive: "archived",
  restore: "restored",
} as const satisfies Record<EntryMoveName, ChangeKind>;

/** Whatever makes an entry do something again is looked at as if it were new. */
async function check(
  client: Transaction,
  person: Person,
  entry: Entry,
  { move, confirmations }: EntryMoving,
  now: Date,
): Promise<Outcome<Confirmation[], EntryFailure>> {
  if (move !== "observe" && move !== "enforce") return success([]);
  const mode = ENTRY_MOVES[move].to;
  const findings = await getFindings(client, entry.conditions);
  const objection = objectionTo(entry, { person, mode, findings, confirmations, now });
  return objection ? failure(objection) : success(confirmed(mode, findings, confirmations));
}

async function turn(client: Transaction, before: Entry, after: Entry, now: Date): Promise<void> {
  await closeIntervals(client, before.id, now);
  if (after.state === "revoked") await voidIntervals(client, before.id);
  if (after.state !== "observing" && after.state !== "enforcing") return;
  const isFirst = before.state === "draft";
  const from = isFirst || before.startsAt > now ? before.startsAt : now;
  await openInterval(client, after, { mode: after.state, from });
}
