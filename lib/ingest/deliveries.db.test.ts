import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db, pool } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { deliverByApi } from "./deliver-by-api.ts";
import type { Deliverer } from "./delivery.ts";
import { runImport } from "./jobs/run-import.ts";
import { sealDeliveries } from "./jobs/seal-deliveries.ts";
import { forgetDeliveries } from "./jobs/work-on-deliveries.ts";
import { getBacklog } from "./queries/deliveries.ts";
import { receiveBody, SMALL_BYTES } from "./receive-body.ts";
import { emptyStore } from "./testing/store.ts";
import { bodyOf, storeToken } from "./testing/token.ts";
import { ensureUploadsFolder, removeUpload } from "./uploads.ts";

/** Runs before anything reads the environment: bounds that no test machine's disk reaches. */
vi.hoisted(() => {
  vi.stubEnv("BARNACLE_MAX_DELIVERY_BYTES", String(1e12));
  vi.stubEnv("BARNACLE_MAX_UNREAD_BYTES", String(9.9e11));
});

const NOW = new Date("2026-03-10T12:00:00Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const HOUR = 3600;

let database: TestDatabase;
let token: Deliverer;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await emptyStore();
  await pool().query("truncate delivery, open_import");
  for (const name of await filesLeft()) await removeUpload(name);
  token = await storeToken();
});
afterAll(async () => {
  await stopSender();
  await database.drop();
});

const filesLeft = async () =>
  (await readdir(await ensureUploadsFolder())).filter((name) => name.startsWith("api-"));

const record = (id: string) => JSON.stringify(cloudTrailRecord({ eventID: id }));
const large = (id: string) => Array.from({ length: 400 }, (_, at) => record(`${id}-${at}`)).join("\n");

type Sent = { key?: string; declaredBytes?: number; now?: Date; from?: Deliverer };

async function deliver(
  content: string | Uint8Array,
  { key, declaredBytes, now = NOW, from = token }: Sent = {},
) {
  const delivery = { body: bodyOf(content), declaredBytes: declaredBytes ?? null, key: key ?? null };
  const outcome = await deliverByApi(from, delivery, now);
  if (!outcome.ok) return outcome.reason;
  return "importId" in outcome.value ? outcome.value.importId : "answered";
}

/** Seals what is open and reads it to its end, as the worker does. */
async function readAll(): Promise<void> {
  await sealDeliveries(later(10 * HOUR));
  for (const { id } of await db().import.findMany({ where: { state: { in: ["queued", "running"] } } }))
    while ((await runImport(id, () => NOW, new AbortController().signal)) === "busy");
}

describe("small deliveries of one token", () => {
  test("are one import, each in its own form, and all of them are read", async () => {
    const ids = [
      await deliver(record("a")),
      await deliver(JSON.stringify({ Records: [cloudTrailRecord({ eventID: "b" })] })),
      await deliver(gzipSync(`${record("c")}\n${record("d")}`)),
      await deliver(JSON.stringify([cloudTrailRecord({ eventID: "e" })], null, 2)),
      await deliver("rubbish that is no log"),
    ];
    expect(new Set(ids).size).toBe(1);
    const open = await db().import.findUniqueOrThrow({ where: { id: ids[0] ?? "" } });
    expect(open).toMatchObject({ kind: "api", state: "receiving", source: "prod", tokenId: token.id });
    await readAll();
    expect(await db().import.findUnique({ where: { id: ids[0] ?? "" } })).toMatchObject({
      state: "done",
      newCount: 5n,
      rejectedCount: 1n,
      form: "tar files: 1 tar json-lines, 2 tar json, 1 tar gzip json-lines",
    });
    expect(await filesLeft()).toEqual([]);
    expect(await db().delivery.count({ where: { NOT: { body: null } } })).toBe(0);
  });

  test("that are one alone lie in the file as they came", async () => {
    const id = await deliver(record("a"));
    await readAll();
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({
      form: "json-lines",
      newCount: 1n,
    });
  });

  test("make an import after five seconds, and then one a minute", async () => {
    const first = await deliver(record("a"));
    expect(await sealDeliveries(later(4))).toBe(0);
    expect(await sealDeliveries(later(5))).toBe(1);
    const second = await deliver(record("b"), { now: later(6) });
    expect(second).not.toBe(first);
    expect(await sealDeliveries(later(59))).toBe(0);
    expect(await deliver(record("c"), { now: later(59) })).toBe(second);
    expect(await sealDeliveries(later(60))).toBe(1);
    expect(await db().import.count({ where: { state: "queued" } })).toBe(2);
  });

  test("are sealed at once when they are many bytes", async () => {
    const content = record("x").padEnd(SMALL_BYTES - 100);
    for (let at = 0; at < 64; at++) await deliver(`${content}${String(at).padStart(100)}`);
    expect(await getBacklog()).toEqual({ imports: 1, bytes: 64 * SMALL_BYTES });
    expect(await sealDeliveries(NOW)).toBe(1);
    expect(await db().openImport.count()).toBe(0);
  });

  test("are apart from those of another token", async () => {
    const other = await storeToken();
    expect(await deliver(record("a"))).not.toBe(await deliver(record("a"), { from: other }));
  });
});

test("thirty that come at once while two workers seal again and again are all read, once", async () => {
  const sending = Array.from({ length: 30 }, (_, at) => deliver(record(`event-${at}`)));
  const sealing = (async () => {
    for (let at = 0; at < 10; at++)
      await Promise.all([sealDeliveries(later(HOUR)), sealDeliveries(later(HOUR))]);
  })();
  const ids = await Promise.all(sending);
  await sealing;
  await readAll();
  const imports = await db().import.findMany();
  expect(imports.map(({ id }) => id)).toEqual(expect.arrayContaining([...new Set(ids)]));
  expect(imports.reduce((sum, { newCount }) => sum + newCount, 0n)).toBe(30n);
  expect(imports.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0n)).toBe(0n);
});

describe("a large delivery", () => {
  test("is an import of its own, durably in a file, and read", async () => {
    const content = large("a");
    const id = await deliver(content, { declaredBytes: content.length });
    expect(content.length).toBeGreaterThan(SMALL_BYTES);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({
      state: "queued",
      byteSize: BigInt(content.length),
    });
    expect(await filesLeft()).toHaveLength(1);
    await readAll();
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({ state: "done", newCount: 400n });
  });

  test.for<
    [name: string, body: () => ReadableStream<Uint8Array>, declaredBytes: number | null, fault: string]
  >([
    [
      "that breaks off",
      () =>
        new ReadableStream({
          start: (controller) => controller.enqueue(Buffer.from(large("a"))),
          pull: (controller) => controller.error(new Error("aborted")),
        }),
      null,
      "cut-off",
    ],
    ["that is shorter than it says", () => bodyOf(large("a")), 10_000_000, "cut-off"],
    ["that is longer than it says", () => bodyOf(large("a")), 300_000, "cut-off"],
    ["that says it is longer than may be", () => bodyOf("{}"), 1e12 + 1, "too-large"],
    ["that would be more than may wait", () => bodyOf("{}"), 1e12, "too-much-unread"],
    ["that would fill the disk", () => bodyOf("{}"), 9.8e11, "disk-full"],
    ["of nothing", () => bodyOf(), 0, "empty"],
  ])("%s leaves nothing behind", async ([, body, declaredBytes, fault]) => {
    const outcome = await deliverByApi(token, { body: body(), declaredBytes, key: null }, NOW);
    expect(outcome).toEqual({ ok: false, reason: fault });
    expect(await filesLeft()).toEqual([]);
    expect(await db().import.count()).toBe(0);
  });
});

describe("a body", () => {
  const limits = { maxBytes: 600_000, idleMs: 60_000, graceMs: 60_000 };
  const chunks = (...pieces: string[]) =>
    new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await sleep(20);
        const piece = pieces.shift();
        if (piece !== undefined) controller.enqueue(Buffer.from(piece));
      },
    });

  test.for<[name: string, body: ReadableStream<Uint8Array>, own: Partial<typeof limits>, fault: string]>([
    ["longer than may be, though it does not say so", bodyOf(large("a"), large("b")), {}, "too-large"],
    ["whose sender falls silent", chunks(large("a")), { idleMs: 50 }, "too-slow"],
    ["that comes in drops", chunks(..."abcdefgh"), { graceMs: 0 }, "too-slow"],
  ])("%s is not taken", async ([, body, own, fault]) => {
    const received = await receiveBody({ body, declaredBytes: null }, { ...limits, ...own });
    expect(received).toEqual({ ok: false, reason: fault });
    expect(await filesLeft()).toEqual([]);
  });
});

describe("a delivery that comes again", () => {
  test.for<[name: string, content: string]>([
    ["small", record("a")],
    ["large", large("a")],
  ])("%s is the import that it was, also at once, also read already", async ([, content]) => {
    const ids = await Promise.all([deliver(content), deliver(content), deliver(content)]);
    await readAll();
    ids.push(await deliver(content, { now: later(23 * HOUR) }));
    expect(new Set(ids).size).toBe(1);
    expect(await db().import.count()).toBe(1);
    expect(await filesLeft()).toEqual([]);
    expect(await db().import.findUnique({ where: { id: ids[0] ?? "" } })).toMatchObject({
      duplicateCount: 0n,
    });
  });

  test("under its key is the same, and another body under that key is refused", async () => {
    const id = await deliver(record("a"), { key: "batch-7" });
    expect(await deliver(record("a"), { key: "batch-7" })).toBe(id);
    expect(await deliver(record("b"), { key: "batch-7" })).toBe("key-used");
    expect(await deliver(large("b"), { key: "batch-7" })).toBe("key-used");
    expect(await filesLeft()).toEqual([]);
    expect(await deliver(record("a"), { key: "batch-8" })).toBe(id);
    expect(await db().delivery.count()).toBe(2);
  });

  test("a day later, or when its import was deleted, is another", async () => {
    const first = await deliver(large("a"));
    await readAll();
    await forgetDeliveries(later(25 * HOUR));
    expect(await db().delivery.count()).toBe(0);
    const second = await deliver(large("a"), { now: later(25 * HOUR) });
    expect(second).not.toBe(first);
    await db().import.update({ where: { id: second }, data: { state: "deleted" } });
    const third = await deliver(large("a"), { now: later(25 * HOUR) });
    expect(await db().import.findUnique({ where: { id: third } })).toMatchObject({ state: "queued" });
  });
});

/** Delivers or seals in a process that is killed in the middle. */
async function dieDoing(work: string, ms: number): Promise<string[]> {
  const script = `
    import { connectTo } from "#lib/db/client.ts";
    import { deliverByApi } from "#lib/ingest/deliver-by-api.ts";
    import { sealDeliveries } from "#lib/ingest/jobs/seal-deliveries.ts";
    import { bodyOf } from "#lib/ingest/testing/token.ts";
    connectTo({ connectionString: ${JSON.stringify(database.connectionString)} });
    const token = ${JSON.stringify(token)};
    const now = new Date(${NOW.getTime()});
    console.log("ready");
    ${work}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text) => {
    if (output === "") setTimeout(() => child.kill("SIGKILL"), ms);
    output += text;
  });
  expect(await once(child, "close")).toEqual([null, "SIGKILL"]);
  return output.split("\n").slice(1, -1);
}

describe("whatever dies", () => {
  test("what was acknowledged is read, and nothing twice", async () => {
    const acknowledged: string[] = [];
    for (let death = 0; death < 4; death++) {
      const record = `JSON.stringify(${JSON.stringify(cloudTrailRecord({}))})`;
      acknowledged.push(
        ...(await dieDoing(
          `for (let at = 0; ; at++) {
             const content = ${record}.replace(/"eventID":"[^"]*"/, '"eventID":"${death}-' + at + '"');
             const size = at % 5 === 0 ? ${SMALL_BYTES + 1} : 0;
             const body = bodyOf(content.padEnd(size));
             const sent = await deliverByApi(token, { body, declaredBytes: null, key: null }, now);
             if (sent.ok) console.log("${death}-" + at);
             if (at % 7 === 0) void sealDeliveries(new Date(${later(HOUR).getTime()}));
           }`,
          150 + death * 170,
        )),
      );
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    await readAll();
    const { rows } = await pool().query<{ id: string }>("select native_id as id from event");
    const stored = rows.map(({ id }) => id);
    expect(stored).toEqual(expect.arrayContaining(acknowledged));
    // Of each death one may have been stored without its sender having heard of it.
    expect(stored.length - acknowledged.length).toBeLessThanOrEqual(4);
    const imports = await db().import.findMany();
    expect(imports.every(({ state }) => state === "done")).toBe(true);
    expect(imports.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0n)).toBe(0n);
  });

  test("a file that was being received is removed in time, and one that is an import is not", async () => {
    await writeFile(`${await ensureUploadsFolder()}/api-left`, "half of a bo");
    await deliver(large("a"));
    await forgetDeliveries(new Date());
    expect(await filesLeft()).toHaveLength(2);
    await forgetDeliveries(new Date(Date.now() + 7 * HOUR * 1000));
    expect(await filesLeft()).toHaveLength(1);
    await readAll();
    expect(await filesLeft()).toEqual([]);
  });
});
