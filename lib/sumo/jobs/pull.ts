import { withLock } from "#lib/db/advisory-lock.ts";
import type { NewImport, TakenAs } from "#lib/ingest/import.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { deleteSearch, runSearch } from "../client/run-search.ts";
import type { SearchEnd, SearchRow } from "../client/search.ts";
import { type Door, openDoor } from "../commands/key.ts";
import {
  failWindow,
  finishWindow,
  knownMessages,
  nextWork,
  noteJob,
  planSchedule,
  splitWindow,
  type Work,
} from "../commands/windows.ts";
import type { SumoProblem } from "../problem.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery, QUERY_FAULTS } from "../query.ts";
import { halves, OVERLAP_MS } from "../window.ts";
import { BroughtFile } from "./brought-file.ts";
import { windowName } from "./window-name.ts";

/** More messages than these are not remembered: of a busier overlap some are read again, and found to be known. */
const MOST_REMEMBERED = 20_000;

/**
 * Pulls what a connection has waiting, window by window, until nothing can be done now or `signal` asks it to stop. Only
 * one process at a time does so; the others end at once, `busy`. Throws what is neither Sumo's nor the key's fault.
 */
export async function pullConnection(
  connectionId: string,
  clock: () => Date,
  signal: AbortSignal,
): Promise<"done" | "busy"> {
  return await withLock<"done">(`sumo ${connectionId}`, async () => {
    await planSchedule(connectionId, clock());
    while (!signal.aborted) {
      const work = await nextWork(connectionId, clock());
      if (!work) break;
      await pullWindow(work, clock, signal);
    }
    return "done";
  });
}

async function pullWindow(work: Work, clock: () => Date, signal: AbortSignal): Promise<void> {
  const door = await openDoor(work.connectionId);
  if (!door.ok) return await failWindow(work, door.reason, clock());
  const query = await queryOf(work);
  if (!query.ok) return await failWindow(work, query.reason, clock());
  if (work.jobId !== null) {
    await deleteSearch(door.value.access, work.jobId, { turns: door.value.turns, signal });
  }
  const file = await onDisk(() => BroughtFile.create(work.windowId));
  if (!file.ok) return await failWindow(work, file.reason, clock());
  let isKept = false;
  try {
    isKept = await bring(work, { door: door.value, query: query.value, file: file.value }, clock, signal);
  } finally {
    if (!isKept) await file.value.drop();
  }
}

/** A backfill keeps its query; the schedule follows the connection's. */
async function queryOf(work: Work): Promise<Outcome<string, SumoProblem>> {
  if (work.query !== null) return success(work.query);
  const settings = await readQuerySettings(work.connectionId);
  if (!settings) return failure({ reason: "stopped", detail: "The connection is gone." });
  const query = connectionQuery(settings);
  return query.ok ? query : failure({ reason: "query-unreadable", detail: QUERY_FAULTS[query.reason] });
}

type Means = { door: Door; query: string; file: BroughtFile };

/** Gives whether the file became an import's. */
async function bring(work: Work, means: Means, clock: () => Date, signal: AbortSignal): Promise<boolean> {
  const { file } = means;
  const canSplit = halves({ from: work.startsAt.getTime(), to: work.endsAt.getTime() }) !== undefined;
  const recent: { id: string; receivedAt: Date }[] = [];
  const searched = await search(work, means, canSplit, recent, signal);
  if (!searched.ok) {
    if (searched.reason.reason !== "stopped") await failWindow(work, searched.reason, clock());
    return false;
  }
  if (searched.value.isTruncated && canSplit) {
    await splitWindow(work, clock());
    return false;
  }
  const kept = await onDisk(() => file.keep());
  if (!kept.ok) {
    await failWindow(work, kept.reason, clock());
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
  return (await finishWindow(work, brought, clock())) && delivery !== null;
}

async function search(
  work: Work,
  { door, query, file }: Means,
  canSplit: boolean,
  recent: { id: string; receivedAt: Date }[],
  signal: AbortSignal,
): Promise<Outcome<SearchEnd, SumoProblem>> {
  const asked = { query, from: work.startsAt.getTime(), to: work.endsAt.getTime(), by: work.timeKind };
  let broken: SumoProblem | undefined;
  const stopping = new AbortController();
  const searched = await runSearch(door.access, asked, {
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
async function sortOut(
  work: Work,
  rows: SearchRow[],
  recent: { id: string; receivedAt: Date }[],
): Promise<SearchRow[]> {
  const known = await knownMessages(
    work.connectionId,
    rows.flatMap((row) => row._messageid ?? []),
  );
  const overlapFrom = work.watermark.getTime() - OVERLAP_MS;
  const fresh = rows.filter((row) => !known.has(row._messageid ?? ""));
  for (const { _messageid: id, _receipttime: receipt } of fresh) {
    const receivedAt = Number(receipt);
    if (id && receivedAt >= overlapFrom && recent.length < MOST_REMEMBERED) {
      recent.push({ id, receivedAt: new Date(receivedAt) });
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
