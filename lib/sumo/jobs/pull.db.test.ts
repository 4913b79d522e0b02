import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { listUploads, uploadPath } from "#lib/ingest/uploads.ts";
import { moveBackfill, retryGap, startBackfill } from "../commands/backfills.ts";
import { enableConnection } from "../commands/connections.ts";
import { pruneWindows } from "../commands/settle-window.ts";
import { listDue } from "../commands/windows.ts";
import type { SumoProblem } from "../problem.ts";
import { getConnection } from "../queries/connections.ts";
import { findWindowOfImport, getBackfill, listGaps, listPulls } from "../queries/windows.ts";
import { FakeSumo } from "../testing/fake-sumo.ts";
import { emptySumo, storeAdmin, storeConnection } from "../testing/store.ts";
import { pullConnection } from "./pull.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.parse("2026-11-24T12:00:00Z");
const UNREACHABLE: SumoProblem = { reason: "unreachable", detail: "ECONNREFUSED" };
const LOST: SumoProblem = { reason: "job-lost", detail: "HTTP 404" };

let database: TestDatabase;
let admin: string;
beforeAll(async () => {
  database = await openTestDatabase();
  admin = await storeAdmin("Dana");
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

let sumo: FakeSumo;
let now: number;
let connection: string;
beforeEach(async () => {
  await emptySumo();
  sumo = new FakeSumo();
  now = NOON;
  connection = await storeConnection(new Date(now), admin);
});

const clock = () => new Date(now);
const pull = (signal = new AbortController().signal) =>
  pullConnection(connection, { clock, signal, searcher: sumo.searcher });
const standing = async () => {
  const found = await getConnection(connection, clock());
  if (!found) throw new Error("The connection is gone.");
  return found;
};

/** A message that Sumo received so many milliseconds before noon, a second after it happened. */
function message(id: number, before: number) {
  const receiptTime = NOON - before;
  return { id: `${id}`, raw: `{"eventID":"${id}"}`, messageTime: receiptTime - 1000, receiptTime };
}

/** What became imports, as the ids of messages by import, in their order. */
async function imported(): Promise<string[][]> {
  const imports = await db().import.findMany({ orderBy: { createdAt: "asc" } });
  return await Promise.all(
    imports.map(async ({ storedAs }) => {
      const lines = (await readFile(uploadPath(storedAs), "utf8")).trimEnd().split("\n");
      return lines.map((line) => JSON.parse(line)._messageid).sort();
    }),
  );
}

async function backfill(days: number): Promise<string> {
  const startsAt = new Date(NOON - 12 * HOUR_MS - (days - 1) * DAY_MS);
  const started = await startBackfill(
    { connectionId: connection, startsAt, endsAt: new Date(NOON), estimate: null },
    { id: admin },
    clock(),
  );
  if (!started.ok) throw new Error(started.reason.kind);
  return started.value;
}

const backfillState = async (id: string) => (await getBackfill(id))?.state;

/** As a connection that has caught up, so that only what is asked for is pulled. */
async function quiet(): Promise<void> {
  await db().sumoConnection.update({
    where: { id: connection },
    data: { watermark: clock(), nextRunAt: new Date(now + 365 * DAY_MS) },
  });
}

describe("the schedule", () => {
  test("begins a day back and ends two minutes ago, and makes of it one import that says where it came from", async () => {
    sumo.messages = [message(1, 25 * HOUR_MS), message(2, 23 * HOUR_MS), message(3, MINUTE_MS)];
    expect(await pull()).toBe("done");
    expect(sumo.searches).toMatchObject([
      { from: NOON - DAY_MS - 5 * MINUTE_MS, to: NOON - 2 * MINUTE_MS, by: "receipt" },
    ]);
    expect(await imported()).toEqual([["2"]]);
    const found = await db().import.findFirstOrThrow();
    expect(found).toMatchObject({
      kind: "sumo",
      takenAs: "auto",
      name: "Production · 23 Nov 2026 11:55–24 Nov 2026 11:58 UTC",
      createdBy: null,
      state: "queued",
    });
    expect(await findWindowOfImport(found.id)).toMatchObject({ connectionId: connection, messages: 1 });
    expect(await standing()).toMatchObject({
      lastSuccessAt: clock(),
      reachesTo: new Date(NOON - 2 * MINUTE_MS),
      problem: null,
    });
  });

  test("leaves out what its last windows have brought, and makes no import of nothing", async () => {
    sumo.messages = [message(1, 4 * MINUTE_MS), message(2, 3 * MINUTE_MS)];
    await pull();
    for (let run = 1; run <= 3; run++) {
      now += 5 * MINUTE_MS;
      // Becomes searchable late: its receipt lies in what the window before had asked for.
      if (run === 2) sumo.messages.push(message(3, -MINUTE_MS));
      await pull();
    }
    expect(await imported()).toEqual([["1", "2"], ["3"]]);
    expect(sumo.searches).toHaveLength(4);
    expect((await listPulls(connection, 10)).map(({ messages }) => messages)).toEqual([0, 1, 0, 2]);
    expect(await db().sumoRecent.count()).toBeLessThan(3);
  });

  test("tells a message of one block from that of another which has its number", async () => {
    sumo.messages = [message(1, 4 * MINUTE_MS)];
    await pull();
    now += 5 * MINUTE_MS;
    sumo.messages.push({ ...message(1, -MINUTE_MS), block: "2" });
    await pull();
    expect(await imported()).toEqual([["1"], ["1"]]);
  });

  test("plans nothing while a window waits, and then asks for all that came meanwhile", async () => {
    sumo.problems = [UNREACHABLE, UNREACHABLE];
    await pull();
    now += HOUR_MS;
    await pull();
    expect(await db().sumoWindow.count()).toBe(1);
    expect(await standing()).toMatchObject({ reachesTo: new Date(NOON - DAY_MS - 5 * MINUTE_MS) });
    now += HOUR_MS;
    await pull();
    expect(sumo.searches.slice(2).map(({ to }) => to)).toEqual([NOON - 2 * MINUTE_MS, now - 2 * MINUTE_MS]);
  });

  test("goes on while a backfill runs", async () => {
    await pull();
    await backfill(3);
    sumo.beforeRows = ({ by }) => {
      if (by === "message") now += 6 * MINUTE_MS;
    };
    await pull();
    expect(sumo.searches.map(({ by }) => by)).toEqual([
      "receipt",
      "message",
      "receipt",
      "message",
      "receipt",
      "message",
      "receipt",
    ]);
  });

  test("of a connection that was disabled for days catches up, a day at a time", async () => {
    await pull();
    await enableConnection({ id: connection, revision: 0 }, false, { id: admin }, clock());
    now += 3 * DAY_MS;
    expect(await listDue(clock())).toEqual([]);
    await pull();
    expect(sumo.searches).toHaveLength(1);
    await enableConnection({ id: connection, revision: 1 }, true, { id: admin }, clock());
    expect(await listDue(clock())).toEqual([connection]);
    await pull();
    expect(sumo.searches.slice(1).map(({ to }) => to)).toEqual([
      NOON - 2 * MINUTE_MS + DAY_MS,
      NOON - 2 * MINUTE_MS + 2 * DAY_MS,
      now - 2 * MINUTE_MS,
    ]);
    expect(await listDue(clock())).toEqual([]);
  });
});

describe("a window that Sumo cuts short", () => {
  beforeEach(quiet);

  test("is split until each part is whole", async () => {
    sumo.mostMessages = 10;
    sumo.messages = Array.from({ length: 35 }, (_, id) => message(id, HOUR_MS + id * MINUTE_MS));
    const id = await backfill(1);
    await pull();
    const parts = await imported();
    expect(
      parts
        .flat()
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(sumo.messages.map((_, at) => at));
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(10);
    expect(await listGaps(connection, 10)).toEqual([]);
    expect(await getBackfill(id)).toMatchObject({ state: "done", done: 1, messages: 35, waiting: 0 });
    expect(await db().import.count({ where: { takenAs: "history", createdBy: admin } })).toBe(parts.length);
  });

  test("down to a second is read as far as it goes and becomes a gap, which can be pulled again", async () => {
    sumo.mostMessages = 10;
    const second = NOON - HOUR_MS;
    sumo.messages = Array.from({ length: 25 }, (_, id) => ({ ...message(id, 0), messageTime: second + id }));
    const id = await backfill(1);
    await pull();
    const [gap, ...others] = await listGaps(connection, 10);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ problem: { reason: "truncated" }, messages: 10 });
    expect(Number(gap?.endsAt) - Number(gap?.startsAt)).toBeLessThanOrEqual(1000);
    expect((await imported()).flat()).toHaveLength(10);
    expect(await getBackfill(id)).toMatchObject({ state: "done", gaps: 1 });
    expect(await standing()).toMatchObject({ gaps: 1 });

    sumo.mostMessages = 100;
    expect(await retryGap(gap?.id ?? "")).toMatchObject({ ok: true });
    expect(await backfillState(id)).toBe("running");
    await pull();
    expect(await listGaps(connection, 10)).toEqual([]);
    expect(new Set((await imported()).flat()).size).toBe(25);
    expect(await backfillState(id)).toBe("done");
    expect(await retryGap(gap?.id ?? "")).toMatchObject({ reason: { kind: "not-now" } });
  });
});

describe("a problem", () => {
  beforeEach(quiet);

  test("of the connection keeps all its work waiting, longer each time, and is forgotten with the first success", async () => {
    await backfill(2);
    sumo.problems = [UNREACHABLE, UNREACHABLE];
    await pull();
    await pull();
    expect(sumo.searches).toHaveLength(1);
    expect(await standing()).toMatchObject({ failures: 1, problem: UNREACHABLE });
    expect(await listDue(clock())).toEqual([]);
    now += 5000;
    await pull();
    now += 5000;
    await pull();
    expect(sumo.searches).toHaveLength(2);
    expect(await standing()).toMatchObject({ failures: 2 });
    expect(await db().sumoWindow.count({ where: { attempts: 0 } })).toBe(2);
    now += 5000;
    await pull();
    expect(sumo.searches).toHaveLength(4);
    expect(await standing()).toMatchObject({ failures: 0, problem: null });
    expect(await db().sumoWindow.count({ where: { state: "pulled" } })).toBe(2);
  });

  test("of a backfill's own query leaves the schedule alone", async () => {
    await quiet();
    await backfill(1);
    sumo.problems = [{ reason: "query-unreadable", detail: "Unexpected token" }];
    await pull();
    expect(await standing()).toMatchObject({ failures: 0, problem: null });
    expect(await db().sumoWindow.findFirstOrThrow()).toMatchObject({
      state: "waiting",
      attempts: 1,
      problem: "query-unreadable",
    });
  });

  test("of a window lets the others go on, and after eight tries it is a gap", async () => {
    const id = await backfill(2);
    sumo.problems = [LOST];
    await pull();
    expect(await db().sumoWindow.count({ where: { state: "pulled" } })).toBe(1);
    expect(await standing()).toMatchObject({ failures: 0, problem: null, gaps: 0 });
    for (let tries = 2; tries <= 8; tries++) {
      expect(await backfillState(id)).toBe("running");
      now += HOUR_MS;
      sumo.problems = [LOST];
      await pull();
    }
    expect(await listGaps(connection, 10)).toMatchObject([{ problem: LOST, attempts: 8 }]);
    expect(await getBackfill(id)).toMatchObject({ state: "done", gaps: 1 });
  });

  test("with the key that sealed its own is the connection's, and Sumo is not asked", async () => {
    await backfill(1);
    await db().sumoConnection.update({ where: { id: connection }, data: { sealedWith: "lost" } });
    await pull();
    expect(sumo.searches).toEqual([]);
    expect(await standing()).toMatchObject({ problem: { reason: "key-sealed", detail: "lost" } });
  });
});

describe("a pull that breaks off", () => {
  beforeEach(quiet);

  test("by a fault is done again from its start, and leaves neither half a file nor a second import", async () => {
    await backfill(1);
    sumo.messages = [message(1, HOUR_MS)];
    for (let time = 1; time <= 3; time++) {
      sumo.beforeRows = () => {
        throw new Error("no more");
      };
      await expect(pull()).rejects.toThrow("no more");
    }
    sumo.beforeRows = () => {};
    await pull();
    expect(await imported()).toEqual([["1"]]);
    const uploads = [...(await listUploads()).keys()].filter((name) => name.startsWith("sumo-"));
    const [stored] = await db().import.findMany();
    const [window] = await db().sumoWindow.findMany();
    expect(uploads.filter((name) => name.includes(window?.id ?? "none"))).toEqual([stored?.storedAs]);
    // What the tries before had begun at Sumo is deleted by those after.
    expect(sumo.deleted).toEqual(["JOB1", "JOB2", "JOB3"]);
  });

  test("is not searched again while its old search cannot be deleted", async () => {
    await backfill(1);
    await db().sumoWindow.updateMany({ data: { jobId: "LEFT" } });
    sumo.deleteProblem = UNREACHABLE;
    await pull();
    expect(sumo.searches).toEqual([]);
    expect(await db().sumoWindow.findMany()).toMatchObject([{ state: "waiting", jobId: "LEFT" }]);
    sumo.deleteProblem = undefined;
    now += HOUR_MS;
    await pull();
    expect(sumo.deleted).toEqual(["LEFT", "LEFT"]);
    expect(sumo.searches).toHaveLength(1);
  });

  test("because the worker stops is no try, however often", async () => {
    await backfill(1);
    for (let time = 1; time <= 10; time++) {
      const stopping = new AbortController();
      sumo.beforeRows = () => stopping.abort();
      expect(await pull(stopping.signal)).toBe("done");
    }
    expect(await db().sumoWindow.findMany()).toMatchObject([{ state: "waiting", attempts: 0 }]);
  });

  test("eight times without a word is given up", async () => {
    await backfill(1);
    await db().sumoWindow.updateMany({ data: { attempts: 8 } });
    await pull();
    expect(sumo.searches).toEqual([]);
    expect(await listGaps(connection, 10)).toMatchObject([{ problem: { reason: "gave-up" } }]);
  });

  test("because somebody cancels it meanwhile brings nothing", async () => {
    const id = await backfill(2);
    sumo.messages = [message(1, HOUR_MS)];
    sumo.beforeRows = async () => {
      await moveBackfill({ id, revision: 0 }, "cancel", clock());
    };
    await pull();
    expect(await imported()).toEqual([]);
    expect(sumo.searches).toHaveLength(1);
    expect(await db().sumoWindow.count({ where: { state: "cancelled" } })).toBe(2);
  });
});

test("a backfill that is paused waits, the newest day is pulled first, and resumed it goes on", async () => {
  await quiet();
  const id = await backfill(3);
  sumo.beforeRows = async () => {
    await moveBackfill({ id, revision: 0 }, "pause", clock());
  };
  await pull();
  expect(sumo.searches.map(({ to }) => to)).toEqual([NOON]);
  expect(await getBackfill(id)).toMatchObject({ state: "paused", waiting: 2 });
  expect(await listDue(clock())).toEqual([]);
  await moveBackfill({ id, revision: 1 }, "resume", clock());
  await pull();
  expect(sumo.searches.map(({ to }) => to)).toEqual([
    NOON,
    NOON - 12 * HOUR_MS,
    NOON - 12 * HOUR_MS - DAY_MS,
  ]);
  expect(await backfillState(id)).toBe("done");
});

test("of two workers one pulls", async () => {
  await quiet();
  await backfill(1);
  let other: string | undefined;
  sumo.beforeRows = async () => {
    other = await pull();
  };
  expect(await pull()).toBe("done");
  expect(other).toBe("busy");
  expect(sumo.searches).toHaveLength(1);
});

test("a turn that is over begins no other window", async () => {
  await quiet();
  await backfill(3);
  sumo.beforeRows = () => {
    now += MINUTE_MS;
  };
  const until = new Date(now + 90_000);
  const { signal } = new AbortController();
  await pullConnection(connection, { clock, signal, until, searcher: sumo.searcher });
  expect(sumo.searches).toHaveLength(2);
  expect(await listDue(clock())).toEqual([connection]);
});

test("windows of the schedule are forgotten after thirty days, gaps and those of backfills are not", async () => {
  await pull();
  await quiet();
  await backfill(1);
  await pull();
  sumo.problems = [LOST];
  await db().sumoWindow.create({
    data: {
      connectionId: connection,
      timeKind: "receipt",
      startsAt: clock(),
      endsAt: clock(),
      state: "gap",
      createdAt: clock(),
      finishedAt: clock(),
    },
  });
  now += 29 * DAY_MS;
  await pruneWindows(clock());
  expect(await db().sumoWindow.count()).toBe(3);
  now += 2 * DAY_MS;
  await pruneWindows(clock());
  expect(await db().sumoWindow.findMany({ where: { state: "pulled" } })).toHaveLength(1);
  expect(await db().sumoWindow.count()).toBe(2);
});
