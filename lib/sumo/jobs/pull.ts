import { withLock } from "#lib/db/advisory-lock.ts";
import type { NewImport, TakenAs } from "#lib/ingest/import.ts";
import { log } from "#lib/log.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { messageIdentity } from "../client/message-identity.ts";
import { deleteSearch, runSearch } from "../client/run-search.ts";
import type { DeleteSearch, RunSearch, SearchEnd, SearchRow } from "../client/search.ts";
import { type Door, openDoor } from "../commands/key.ts";
import { type Brought, failWindow, finishWindow, splitWindow } from "../commands/settle-window.ts";
import {
  beginTry,
  forgetTry,
  knownMessages,
  nextWork,
  noteJob,
  planSchedule,
  type Work,
} from "../commands/windows.ts";
import type { SumoProblem } from "../problem.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery, QUERY_FAULTS } from "../query.ts";
import { halves, MOST_ATTEMPTS, OVERLAP_MS } from "../window.ts";
import { BroughtFile, removeLeft } from "./brought-file.ts";
import { windowName } from "./window-name.ts";

/** More messages than these are not remembered: of a busier overlap some are read again, and found to be known. */
const MOST_REMEMBERED = 20_000;

/** How Sumo is searched. */
export type Searcher = { run: RunSearch; delete: DeleteSearch };
const SUMO: Searcher = { run: runSearch, delete: deleteSearch };

export type Pulling = {
  clock: () => Date;
  signal: AbortSignal;
  /** After it no other window is begun: others wait for their turn. */
  until?: Date;
  searcher?: Searcher;
};

/**
 * Pulls what a connection has waiting, window by window, until nothing can be done now, its turn is over or `signal` asks it
 * to stop. Only one process at a time does so; the others end at once, `busy`. Throws what is neither Sumo's nor the key's
 * fault.
 */
export async function pullConnection(
  connectionId: string,
  { clock, signal, until, searcher = SUMO }: Pulling,
): Promise<"done" | "busy"> {
  return await withLock<"done">(`sumo ${connectionId}`, async () => {
    while (!signal.aborted && !(until && clock() >= until)) {
      await planSchedule(connectionId, clock());
      const work = await nextWork(connectionId, clock());
      if (!work) break;
      await pullWindow(work, { clock, signal, searcher });
    }
    return "done";
  });
}

type Hand = Required<Omit<Pulling, "until">>;

async function pullWindow(work: Work, hand: Hand): Promise<void> {
  if (work.attempts >= MOST_ATTEMPTS) {
    return await giveBack(work, { reason: "gave-up", detail: `${work.attempts} tries` }, hand);
  }
  await beginTry(work.windowId);
  const door = await openDoor(work.connectionId);
  if (!door.ok) return await giveBack(work, door.reason, hand);
  const query = await queryOf(work);
  if (!query.ok) return await giveBack(work, query.reason, hand);
  const left = await deleteLeft(work, door.value, hand);
  if (!left.ok) return await giveBack(work, left.reason, hand);
  await removeLeft(work.windowId);
  const file = await onDisk(() => BroughtFile.create(work.windowId));
  if (!file.ok) return await giveBack(work, file.reason, hand);
  try {
    const isKept = await bring(work, { door: door.value, query: query.value, file: file.value }, hand);
    if (!isKept) await file.value.drop();
  } finally {
    // When something throws the file stays: the import may have been stored, and only the answer lost.
    await file.value.close();
  }
}

/** The job of a worker that died. Kept in mind until it is gone. */
async function deleteLeft(
  { jobId }: Work,
  { access, turns }: Door,
  { signal, searcher }: Hand,
): Promise<Outcome<undefined, SumoProblem>> {
  return jobId === null ? success() : await searcher.delete(access, jobId, { turns, signal });
}

/** A window that was not pulled waits again, or becomes a gap. */
async function giveBack(work: Work, problem: SumoProblem, { clock, signal }: Hand): Promise<void> {
  if (problem.reason === "stopped" && signal.aborted) return await forgetTry(work.windowId);
  const { windowId, connectionId } = work;
  log.warn({ windowId, connectionId, reason: problem.reason }, "a window was not pulled");
  await failWindow(work, problem, clock());
}

/** A backfill keeps its query; the schedule follows the connection's. */
async function queryOf(work: Work): Promise<Outcome<string, SumoProblem>> {
  if (work.query !== null) return success(work.query);
  const settings = await readQuerySettings(work.connectionId);
  if (!settings) return failure({ reason: "stopped", detail: "The connection is gone." });
  const query = connectionQuery(settings);
  return query.ok ? query : failure({ reason: "query-unreadable", detail: QUERY_FAULTS[query.reason] });
}

/** A message of the schedule's last minutes. */
type Recent = Brought["recent"][number];
type Means = { door: Door; query: string; file: BroughtFile };

/** Gives whether the file became an import's. */
async function bring(work: Work, means: Means, hand: Hand): Promise<boolean> {
  const { file } = means;
  const canSplit = halves({ from: work.startsAt.getTime(), to: work.endsAt.getTime() }) !== undefined;
  const recent: Recent[] = [];
  const searched = await search(work, means, { canSplit, recent }, hand);
  if (!searched.ok) {
    await giveBack(work, searched.reason, hand);
    return false;
  }
  if (searched.value.isTruncated && canSplit) {
    await splitWindow(work, hand.clock());
    return false;
  }
  const kept = await onDisk(() => file.keep());
  if (!kept.ok) {
    await giveBack(work, kept.reason, hand);
    return false;
  }
  const delivery = file.messages > 0 ? deliveryOf(work, file) : null;
  const brought = {
    delivery,
    recent,
    messages: file.messages,
    bytes: file.byteSize,
    bytesScanned: searched.value.bytesScanned,
    isCutShort: searched.value.isTruncated,
  };
  return (await finishWindow(work, brought, hand.clock())) && delivery !== null;
}

async function search(
  work: Work,
  { door, query, file }: Means,
  { canSplit, recent }: { canSplit: boolean; recent: Recent[] },
  { signal, searcher }: Hand,
): Promise<Outcome<SearchEnd, SumoProblem>> {
  const asked = { query, from: work.startsAt.getTime(), to: work.endsAt.getTime(), by: work.timeKind };
  let broken: SumoProblem | undefined;
  const stopping = new AbortController();
  const searched = await searcher.run(door.access, asked, {
    turns: door.turns,
    signal: AbortSignal.any([signal, stopping.signal]),
    kind: "messages",
    whenTruncated: canSplit ? "skip" : "read",
    onCreated: (jobId) => noteJob(work.windowId, jobId),
    onRows: async (rows) => {
      const fresh = work.timeKind === "receipt" ? await sortOut(work, rows, recent) : rows;
      const added = await onDisk(() => file.add(fresh));
      if (added.ok) return;
      broken = added.reason;
      stopping.abort();
    },
  });
  return broken ? failure(broken) : searched;
}

/** Leaves out what the schedule has brought before, and notes what its next window will bring again. */
async function sortOut(work: Work, rows: SearchRow[], recent: Recent[]): Promise<SearchRow[]> {
  const known = await knownMessages(work.connectionId, rows.map(messageIdentity));
  const overlapFrom = work.watermark.getTime() - OVERLAP_MS;
  const fresh = rows.filter((row) => !known.has(messageIdentity(row)));
  for (const row of fresh) {
    const receivedAt = Number(row._receipttime);
    if (receivedAt >= overlapFrom && recent.length < MOST_REMEMBERED) {
      recent.push({ id: messageIdentity(row), receivedAt: new Date(receivedAt) });
    }
  }
  return fresh;
}

const TAKEN: Readonly<Record<"range" | "actor" | "schedule", TakenAs>> = {
  schedule: "auto",
  actor: "auto",
  range: "history",
};

function deliveryOf(work: Work, { storedAs, byteSize }: BroughtFile): NewImport {
  return {
    kind: "sumo",
    name: windowName(work),
    storedAs,
    byteSize,
    takenAs: TAKEN[work.kind ?? "schedule"],
    createdBy: work.startedBy,
    // What was fetched for an actor is of another query than the schedule's: it tells nothing of what usually comes.
    connectionId: work.kind === "actor" ? null : work.connectionId,
  };
}

/** What the disk refuses is a problem that people can mend; anything else is a bug. */
async function onDisk<Value>(write: () => Promise<Value>): Promise<Outcome<Value, SumoProblem>> {
  try {
    return success(await write());
  } catch (error) {
    if (!(error instanceof Error && "code" in error && "syscall" in error)) throw error;
    return failure({ reason: "not-stored", detail: String(error.code) });
  }
}
