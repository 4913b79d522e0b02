import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db, pool } from "#lib/db/client.ts";
import { severityOf } from "#lib/detection/severity.ts";
import type { JsonObject } from "#lib/json.ts";
import { NORMALIZER_VERSION } from "#lib/logs/normalize/normalize.ts";
import { cancelReplay, previewReplay, type ReplayWanted, startReplay } from "../commands/replays.ts";
import { getReplay } from "../queries/replays.ts";
import { decodeBlock, encodeBlock } from "../raw-block.ts";
import { create, is, saving, somebody } from "../testing/allowlist.ts";
import { importFile } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { trickyRecords } from "../testing/records.ts";
import { signalRecords } from "../testing/signal-records.ts";
import { dumpStore, emptyStore, emptyStoreButEntries, miscounts } from "../testing/store.ts";
import { Stopped } from "./run-import.ts";
import { runReplay } from "./run-replay.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const NOW = new Date("2026-05-25T00:00:00Z");
const clock = () => NOW;
const EVERYTHING: ReplayWanted = { scope: { kind: "everything" }, from: "normalise" };

async function run(id: string) {
  await runReplay(id, clock, new AbortController().signal);
  const row = await getReplay(id);
  if (row?.state !== "done") throw new Error(`The run is ${row?.state}.`);
  return row.counts;
}

async function preview(wanted: ReplayWanted) {
  return await run(await previewReplay(wanted, admin, NOW));
}

async function replay(wanted: ReplayWanted) {
  const started = await startReplay(wanted, admin, NOW);
  if (!started.ok) throw new Error(started.reason);
  return await run(started.value);
}

/** What a network is called stays, whoever came from there. */
async function dump(): Promise<Record<string, unknown[]>> {
  const { network: _, ...rest } = await dumpStore();
  return rest;
}

async function counters() {
  const rows = await db().import.findMany();
  return rows.map((row) =>
    [row.newCount, row.duplicateCount, row.rejectedCount, row.detectionCount].map(Number),
  );
}

/** Puts other bytes where the records of an import lie: as it is with a normaliser that makes something else of them. */
async function exchangeRecords(lines: readonly string[]): Promise<void> {
  const { rows } = await pool().query<{ id: string; data: Buffer }>("select id, data from raw_block");
  for (const { id, data } of rows) {
    const records = decodeBlock(data).map((raw) => ({
      ...raw,
      bytes: Buffer.from(lines[raw.index - 1] ?? ""),
    }));
    await pool().query("update raw_block set data = $2 where id = $1", [id, await encodeBlock(records)]);
  }
}

const text = (record: JsonObject) => JSON.stringify(record);

describe("a replay of everything", () => {
  test("leaves the store as an import of today would, and its dry run says so beforehand and changes nothing", async () => {
    const records = [...trickyRecords(), ...signalRecords()].map((record, at) => ({ ...record, at }));
    const how = fc.constantFrom("same", "same", "otherwise", "unreadable-then", "unreadable-now");
    const seen = { read: 0, lost: 0, changed: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(how, { minLength: records.length, maxLength: records.length }),
        async (ways) => {
          const nowLines = records.map((record, at) =>
            ways[at] === "unreadable-now" ? `broken ${at}` : text(record),
          );
          const thenLines = records.map((record, at) => {
            if (ways[at] === "unreadable-then") return `other ${at}`;
            const isOther = ways[at] === "otherwise";
            return text(
              isOther ? { ...record, awsRegion: "us-east-2", errorCode: "AccessDenied", at: -at } : record,
            );
          });
          await emptyStore();
          await create(admin, saving(admin, { conditions: [is("actor", "111122223333/role/ci")] }), NOW);
          await importFile(nowLines.join("\n"), { now: NOW, takenAs: "live" });
          const expected = { store: await dump(), counters: await counters() };
          const alerts = await db().alert.count();

          await emptyStoreButEntries();
          await importFile(thenLines.join("\n"), { now: NOW, takenAs: "live" });
          await exchangeRecords(nowLines);
          const before = { store: await dump(), alerts: await db().alert.count() };
          const foreseen = await preview(EVERYTHING);
          expect(await dump()).toEqual(before.store);
          const happened = await replay(EVERYTHING);
          expect({ store: await dump(), counters: await counters() }).toEqual(expected);
          expect(await miscounts()).toEqual({});
          // These only a dry run counts.
          const uncounted = { alerts: [], severities: 0, queueLeft: 0, queueJoined: 0 };
          expect({ ...happened, ...uncounted }).toEqual({ ...foreseen, ...uncounted });
          expect(before.alerts + foreseen.alertsMade - foreseen.alertsGone).toBe(alerts);
          seen.read += happened.read;
          seen.lost += happened.lost;
          seen.changed += happened.changed;
        },
      ),
      { numRuns: 4 },
    );
    expect(Math.min(seen.read, seen.lost, seen.changed)).toBeGreaterThan(20);
  });

  test("finds that nothing differs, and then only stamps the normaliser's version and names anew", async () => {
    await importFile(trickyRecords().map(text).join("\n"), { now: NOW });
    const before = await dump();
    await pool().query("update event set normalizer = 0");
    await pool().query("update actor set name = 'A called so once'");
    await pool().query("update alert set search = 'a called so once' where actor_ids <> '{}'");
    const counts = await replay(EVERYTHING);
    expect(counts).toMatchObject({ unchanged: trickyRecords().length, changed: 0, rules: {} });
    expect(await dump()).toEqual(before);
    expect(await db().event.count({ where: { normalizer: { not: NORMALIZER_VERSION } } })).toBe(0);
  });
});

describe("a replay", () => {
  const many = () =>
    Array.from({ length: 5000 }, (_, at) => ({ ...trickyRecords()[at % 40], at }) as JsonObject);

  test("goes on at the last batch after a stop, and counts nothing twice", async () => {
    const lines = many().map(text);
    await importFile(lines.map((line, at) => (at % 10 === 0 ? `broken ${at}` : line)).join("\n"), {
      now: NOW,
    });
    await exchangeRecords(lines);
    const id = await previewReplay(
      { ...EVERYTHING, scope: { kind: "rejected", importId: null, reason: null } },
      admin,
      NOW,
    );
    const stopping = new AbortController();
    let looked = 0;
    const stopLater = () => {
      if (++looked === 2) stopping.abort();
      return NOW;
    };
    await expect(runReplay(id, stopLater, stopping.signal)).rejects.toThrow(Stopped);
    const between = await getReplay(id);
    expect(between?.state).toBe("running");
    expect(between?.done).toBeGreaterThan(0);
    expect(between?.done).toBeLessThan(5000);
    const both = () => runReplay(id, clock, new AbortController().signal);
    expect((await Promise.all([both(), both()])).sort()).toEqual(["busy", "ended"]);
    expect(await getReplay(id)).toMatchObject({
      state: "done",
      done: 5000,
      counts: { read: 500, changed: 0 },
    });
    expect(await db().rejectedRecord.count()).toBe(500);
  });

  test("of the rejected records of one import reads these alone; a record that is known elsewhere is a duplicate", async () => {
    const [one, two] = trickyRecords().map(text);
    await importFile(`${one}\n{"a":0}`, { now: NOW, name: "first.json" });
    const second = await importFile('{"a":1}\n{"a":2}', { now: NOW, name: "second.json" });
    await exchangeRecords([one ?? "", two ?? ""]);
    const counts = await replay({
      scope: { kind: "rejected", importId: second, reason: "unknown-log" },
      from: "normalise",
    });
    expect(counts).toMatchObject({ read: 1, known: 1, changed: 0 });
    expect(await counters()).toEqual(
      expect.arrayContaining([
        [1, 0, 1, expect.any(Number)],
        [1, 1, 0, expect.any(Number)],
      ]),
    );
    expect(await db().redelivery.count({ where: { importId: second } })).toBe(1);
    expect(await db().event.count()).toBe(2);
  });

  test("of the allowlist alone says before it what becomes of alerts", async () => {
    const lines = [...trickyRecords(), ...signalRecords()].map(text);
    await importFile(lines.join("\n"), { now: NOW, takenAs: "live" });
    const entry = { conditions: [is("actor", "111122223333/role/ci")] };
    await create(admin, saving(admin, entry), NOW);
    const alerts = async () => {
      const rows = await db().alert.findMany({ select: { id: true, queue: true, currentScore: true } });
      return new Map(
        rows.map(({ id, queue, currentScore }) => [id, { queue, level: severityOf(currentScore) }]),
      );
    };
    const before = await alerts();
    const foreseen = await preview({ scope: { kind: "everything" }, from: "allow" });
    expect(await alerts()).toEqual(before);
    await replay({ scope: { kind: "everything" }, from: "allow" });
    const pairs = [...(await alerts())].map(([id, after]) => [before.get(id), after] as const);
    const found = {
      queueLeft: pairs.filter(([was, now]) => was?.queue === "open" && now.queue !== "open").length,
      queueJoined: pairs.filter(([was, now]) => was?.queue !== "open" && now.queue === "open").length,
      severities: pairs.filter(([was, now]) => was?.level !== now.level).length,
    };
    expect(found.queueLeft).toBeGreaterThan(0);
    expect(found.severities).toBeGreaterThan(0);
    expect(foreseen).toMatchObject({ ...found, alertsMade: 0, alertsGone: 0 });
    expect(foreseen.suppressed).toBe(await db().detection.count({ where: { entryId: { not: null } } }));
  });

  test("that is cancelled stops where it is; only one that changes something may wait", async () => {
    await importFile(trickyRecords().map(text).join("\n"), { now: NOW });
    const started = await startReplay(EVERYTHING, admin, NOW);
    if (!started.ok) throw new Error(started.reason);
    expect(await startReplay(EVERYTHING, admin, NOW)).toEqual({ ok: false, reason: "one-is-waiting" });
    expect(await cancelReplay(started.value, NOW)).toMatchObject({ ok: true });
    await runReplay(started.value, clock, new AbortController().signal);
    expect(await getReplay(started.value)).toMatchObject({ state: "cancelled", done: 0 });
    expect(await cancelReplay(started.value, NOW)).toEqual({ ok: false, reason: "ended-already" });
  });
});
