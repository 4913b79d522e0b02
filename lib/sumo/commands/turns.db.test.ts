import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { turnsFor } from "./turns.ts";

const ASKER = { apiUrl: "https://api.eu.sumologic.com/api/", keyOwner: "", accessId: "suAccessId" };

let database: TestDatabase;
/** As another process would have it. */
let otherPool: pg.Pool;

beforeAll(async () => {
  database = await openTestDatabase();
  otherPool = new pg.Pool({ connectionString: database.connectionString, max: 5 });
});
afterAll(async () => {
  await otherPool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool().query("truncate sumo_pace, sumo_seat");
});

/** The most that lie within a second, wherever it begins. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((first) => times.filter((time) => time >= first && time < first + 1000).length),
  );
}

describe("four requests a second", () => {
  test("are the most for one person, whoever sends them", async () => {
    const sent: number[] = [];
    const askers = [
      turnsFor({ ...ASKER, keyOwner: "Service@example.com", accessId: "suFirst" }),
      turnsFor({ ...ASKER, keyOwner: "service@example.com", accessId: "suSecond" }, { database: otherPool }),
    ];
    const requests = Array.from({ length: 40 }, (_, at) =>
      askers[at % 2]?.take(async () => {
        sent.push(performance.now());
        return at;
      }),
    );
    expect(await Promise.all(requests)).toEqual(Array.from({ length: 40 }, (_, at) => at));
    expect(sent).toHaveLength(40);
    expect(mostInASecond(sent)).toBeLessThanOrEqual(4);
  });

  test("are allowed each person by themselves", async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    for (const keyOwner of ["a@example.com", "b@example.com"]) {
      await turnsFor({ ...ASKER, keyOwner }, { sleep }).take(async () => {});
    }
    await turnsFor({ ...ASKER, apiUrl: "https://api.jp.sumologic.com/api/" }, { sleep }).take(async () => {});
    // The store keeps whole milliseconds.
    expect(Math.max(0, ...waits)).toBeLessThan(5);
  });

  test("hold for those who come too late for their turn: they take another", async () => {
    const sent: number[] = [];
    let isLate = true;
    const slots: number[] = [];
    const overslept = turnsFor(ASKER, {
      sleep: async (ms) => {
        slots.push(ms);
        await wait(isLate ? ms + 280 : ms);
        isLate = false;
      },
    });
    const others = turnsFor(ASKER, { database: otherPool });
    const send = async () => void sent.push(performance.now());
    await others.take(send);
    await Promise.all([overslept.take(send), others.take(send), others.take(send), others.take(send)]);
    expect(slots.length).toBeGreaterThanOrEqual(2);
    const gaps = sent.slice(1).map((time, at) => time - (sent[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(200);
    expect(mostInASecond(sent)).toBeLessThanOrEqual(4);
  });

  test("do not wait for a clock that was set back", async () => {
    await turnsFor(ASKER).take(async () => {});
    await pool().query("update sumo_pace set next_at = next_at + interval '1 day'");
    const waits: number[] = [];
    await turnsFor(ASKER, { sleep: async (ms) => void waits.push(ms) }).take(async () => {});
    // The store keeps whole milliseconds.
    expect(Math.max(0, ...waits)).toBeLessThan(5);
  });
});

describe("ten at a time", () => {
  test("are the most with one key, whoever sends them", async () => {
    let underWay = 0;
    let most = 0;
    const askers = [turnsFor(ASKER), turnsFor(ASKER, { database: otherPool })];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const requests = Array.from({ length: 15 }, (_, at) =>
      askers[at % 2]?.take(async () => {
        most = Math.max(most, ++underWay);
        if (underWay === 10) setTimeout(letGo, 700);
        await held;
        underWay--;
      }),
    );
    await Promise.all(requests);
    expect(most).toBe(10);
    expect(underWay).toBe(0);
    const { rows } = await pool().query("select count(*)::int as taken from sumo_seat where until > 'epoch'");
    expect(rows).toEqual([{ taken: 0 }]);
  });

  test("count those of a worker that died, until nobody can be waiting for them any more", async () => {
    let now = Date.parse("2026-11-24T12:00:00Z");
    await turnsFor(ASKER, { clock: () => new Date(now) }).take(async () => {});
    await pool().query("update sumo_seat set until = $1", [new Date(now + 300_000)]);
    let sleeps = 0;
    const turns = turnsFor(ASKER, {
      clock: () => new Date(now),
      sleep: async () => {
        sleeps++;
        now += 60_000;
      },
    });
    expect(await turns.take(async () => "sent")).toBe("sent");
    expect(sleeps).toBeGreaterThanOrEqual(5);
  });

  test("are free again after a request that failed", async () => {
    const turns = turnsFor(ASKER, { sleep: async () => {} });
    for (let request = 0; request < 12; request++) {
      await expect(turns.take(() => Promise.reject(new Error("half an answer")))).rejects.toThrow("half");
    }
    const { rows } = await pool().query("select count(*)::int as taken from sumo_seat where until > 'epoch'");
    expect(rows).toEqual([{ taken: 0 }]);
  });

  test("a seat that ran out and is another's is left to them", async () => {
    const now = Date.parse("2026-11-24T12:00:00Z");
    const theirs = new Date(now + 900_000);
    await turnsFor(ASKER, { clock: () => new Date(now) }).take(async () => {
      await pool().query("update sumo_seat set until = $1 where seat = 1", [theirs]);
    });
    const { rows } = await pool().query("select until from sumo_seat where seat = 1");
    expect(rows).toEqual([{ until: theirs }]);
  });
});

test("neither an access id nor what it could be told from is in the store", async () => {
  await turnsFor(ASKER).take(async () => {});
  const { rows } = await pool().query("select key from sumo_pace union all select key from sumo_seat");
  expect(rows).toHaveLength(11);
  expect(JSON.stringify(rows)).not.toContain(ASKER.accessId);
});
