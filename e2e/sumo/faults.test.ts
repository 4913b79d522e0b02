import { afterEach, describe, expect, test } from "vitest";
import { askerOf, mapsOf } from "./ask.ts";
import type { FaultPlan } from "./faults.ts";
import { type Sumo, type SumoOptions, startSumo } from "./server.ts";

const running: Sumo[] = [];
afterEach(async () => {
  for (const sumo of running.splice(0)) await sumo.stop();
});

async function start(faults: FaultPlan = {}, options: SumoOptions = {}) {
  const sumo = await startSumo({ pollsUntilDone: 0, limits: { perSecond: Infinity }, ...options });
  running.push(sumo);
  sumo.load(
    Array.from({ length: 40 }, (_, number) => ({
      raw: String(number),
      messageTime: 1_000_000 + number,
      sourceCategory: "aws/cloudtrail",
    })),
  );
  const asker = askerOf(sumo);
  const job = await asker.start();
  sumo.faults(faults);
  const page = async (offset: number, limit: number) =>
    mapsOf(await asker.ask(`${job}/messages?offset=${offset}&limit=${limit}`)).map(({ _raw }) =>
      Number(_raw),
    );
  return { sumo, job, page, ...asker };
}

test.for([
  ["internal-error", 500, "internal.error"],
  ["unavailable", 503, "service.unavailable"],
  ["login-throttled", 401, "unauthorized"],
  ["rate-limited", 429, "rate.limit.exceeded"],
] as const)("%s: the next request alone is answered %i", async ([name, status, code]) => {
  const { sumo, ask, job } = await start({ [name]: { next: 1 } });
  const struck = await ask(job);
  expect([struck.status, struck.json.code]).toEqual([status, code]);
  expect((await ask(job)).status).toBe(200);
  expect(sumo.stats().faults[name]).toBe(1);
});

test("slow: the answer comes later", async () => {
  const { ask, job } = await start({ slow: { next: 1, ms: 150 } });
  const begun = performance.now();
  expect((await ask(job)).status).toBe(200);
  expect(performance.now() - begun).toBeGreaterThan(140);
});

test("dropped: there is no answer", async () => {
  const { ask, job } = await start({ dropped: { next: 1 } });
  await expect(ask(job)).rejects.toThrow();
  expect((await ask(job)).status).toBe(200);
});

test("half-body: the answer breaks off, of a page and of a state", async () => {
  const { ask, job } = await start({ "half-body": { next: 2 } });
  await expect(ask(`${job}/messages?offset=0&limit=40`)).rejects.toThrow();
  await expect(ask(job)).rejects.toThrow();
  expect((await ask(job)).status).toBe(200);
});

test("not-json: somebody else answers", async () => {
  const { ask, job } = await start({ "not-json": { next: 1 } });
  const { status, text } = await ask(job);
  expect(status).toBe(200);
  expect(text).toMatch(/^<!doctype html>/);
});

test("lost-job: it is gone for good", async () => {
  const { ask, job } = await start({ "lost-job": { next: 1 } });
  expect((await ask(job)).status).toBe(404);
  expect((await ask(job)).status).toBe(404);
});

test("unknown-yet: it is unknown at first", async () => {
  const { ask, job } = await start({ "unknown-yet": { next: 1 } });
  expect((await ask(job)).status).toBe(404);
  expect((await ask(job)).status).toBe(200);
});

test("pending-error and cancelled: the state says so, the error once", async () => {
  const { ask, job } = await start({ "pending-error": { next: 1 }, cancelled: { next: 1 } });
  const { json } = await ask(job);
  expect(json).toMatchObject({ state: "CANCELLED", pendingErrors: [expect.stringContaining("not found")] });
  expect((await ask(job)).json.pendingErrors).toEqual([]);
});

describe("pages", () => {
  test("empty-page: none, though there are", async () => {
    const { page } = await start({ "empty-page": { next: 1 } });
    expect(await page(0, 3)).toEqual([]);
    expect(await page(0, 3)).toEqual([39, 38, 37]);
  });

  test("short-page: fewer than were asked for", async () => {
    const { page } = await start({ "short-page": { next: 1 } });
    expect(await page(0, 4)).toEqual([39, 38]);
  });

  test("repeated-row: one twice, and another not", async () => {
    const { page } = await start({ "repeated-row": { next: 1 } });
    expect(await page(0, 4)).toEqual([39, 39, 38, 37]);
  });

  test("overlapping-page: the end of the one before again", async () => {
    const { page } = await start({ "overlapping-page": { next: 1 } });
    expect(await page(0, 10)).toContain(30);
    expect(await page(10, 3)).toEqual([36, 35, 34]);
    expect(await page(13, 3)).toEqual([26, 25, 24]);
  });
});

test("a fault befalls only the operations that it is meant for", async () => {
  const { ask, job, page } = await start({ unavailable: { rate: 1, on: ["page"] } });
  expect((await ask(job)).status).toBe(200);
  expect((await ask(`${job}/messages?offset=0&limit=1`)).status).toBe(503);
  expect(await page(0, 1)).toEqual([]);
});

test("a rate is met about so often, and the same requests meet the same faults", async () => {
  const statuses = async (seed: number) => {
    const { ask, job } = await start({ unavailable: { rate: 0.2 } }, { seed });
    const found = [];
    for (let request = 0; request < 100; request++) found.push((await ask(job)).status);
    return found;
  };
  const first = await statuses(1);
  expect(first.filter((status) => status === 503).length).toBeGreaterThan(8);
  expect(first.filter((status) => status === 503).length).toBeLessThan(35);
  expect(await statuses(1)).toEqual(first);
  expect(await statuses(2)).not.toEqual(first);
});

test("of creates whose answer gets lost every second has made its job, and nobody is blamed for that job", async () => {
  const { sumo, create } = await start({ unavailable: { rate: 1, on: ["create"] } });
  for (let job = 0; job < 40; job++) expect((await create({ from: String(job) })).status).toBe(503);
  const { created, untold, left } = sumo.stats().jobs;
  expect(untold).toBe(created - 1);
  expect(untold).toBeGreaterThan(8);
  expect(untold).toBeLessThan(32);
  expect(left, "the one of the beginning").toBe(1);
});
