import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db, pool } from "#lib/db/client.ts";
import { moveAlert } from "#lib/triage/commands.ts";
import { setRetention } from "../commands/retention.ts";
import { previewRetention } from "../queries/retention.ts";
import { getRecord } from "../queries.ts";
import { somebody } from "../testing/allowlist.ts";
import { importFile } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { trickyRecords } from "../testing/records.ts";
import { signalRecords } from "../testing/signal-records.ts";
import { dumpStore, miscounts } from "../testing/store.ts";
import { runRetention } from "./run-retention.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const DELIVERED = new Date("2026-03-05T00:00:00Z");
/** The tricky records are of 4 March, those with signals of May. */
const NOW = new Date("2026-06-20T12:00:00Z");
const run = (now = NOW) => runRetention(() => now, new AbortController().signal);
const KEPT_NUMBERS = ["actor_day", "actor_first", "alert_year", "actor_network", "log_history"] as const;

async function fill(): Promise<void> {
  const lines = [...trickyRecords(), ...signalRecords()].map((record) => JSON.stringify(record));
  await importFile([...lines, '{"a":1}'].join("\n"), { now: DELIVERED, takenAs: "live" });
  await pool().query("update import set created_at = $1", [DELIVERED]);
}

async function numbers() {
  const dump = await dumpStore();
  return KEPT_NUMBERS.map((table) => dump[table]);
}

describe("retention", () => {
  test("is off until somebody sets it; of two who do the later is told", async () => {
    await fill();
    expect(await run()).toBe("nothing");
    const days = { rawDays: 60, eventDays: 60, alertDays: null };
    expect(await setRetention(days, 0, admin, NOW)).toMatchObject({ ok: true });
    expect(await setRetention(days, 0, admin, NOW)).toEqual({ ok: false, reason: "changed-meanwhile" });
    expect(await run()).toBe("done");
    expect(await run()).toBe("nothing");
    expect(await run(new Date("2026-06-21T00:00:01Z"))).toBe("done");
  });

  test("deletes what its preview says, keeps what detections are of, and the numbers", async () => {
    await fill();
    const before = {
      numbers: await numbers(),
      alerts: await db().alert.count(),
      detections: await db().detection.count(),
    };
    const days = { rawDays: 60, eventDays: 60, alertDays: null };
    const foreseen = await previewRetention(days, NOW);
    const events = await db().event.count();
    await setRetention(days, 0, admin, NOW);
    await run();
    expect(foreseen).toMatchObject({ alerts: 0, rejected: 1 });
    expect(foreseen.events).toBeGreaterThan(5);
    expect(await db().event.count()).toBe(events - foreseen.events);
    expect(await db().rejectedRecord.count()).toBe(0);
    expect(await db().alert.count()).toBe(before.alerts);
    expect(await db().detection.count()).toBe(before.detections);
    expect(await numbers()).toEqual(before.numbers);
    expect(await miscounts()).toEqual({});
  });

  test("keeps the original records of detections, byte for byte, and lets the others go", async () => {
    await importFile(
      trickyRecords()
        .map((record) => JSON.stringify(record))
        .join("\n"),
      { now: DELIVERED },
    );
    const texts = new Map<string, string | undefined>();
    for (const { id, occurredAt } of await db().event.findMany())
      texts.set(id, (await getRecord(occurredAt, id))?.text);
    await setRetention({ rawDays: 60, eventDays: null, alertDays: null }, 0, admin, NOW);
    await run();
    const detected = new Set((await db().detection.findMany()).map(({ eventId }) => eventId));
    const left = new Map<string, string | undefined>();
    for (const { id, occurredAt } of await db().event.findMany())
      left.set(id, (await getRecord(occurredAt, id))?.text);
    expect(left).toEqual(new Map([...texts].map(([id, text]) => [id, detected.has(id) ? text : undefined])));
    expect([...left.values()].filter((text) => text === undefined).length).toBeGreaterThan(5);
    const blocks = await db().rawBlock.findMany({ select: { id: true } });
    await setRetention({ rawDays: 61, eventDays: null, alertDays: null }, 1, admin, NOW);
    await run();
    expect(await db().rawBlock.findMany({ select: { id: true } })).toEqual(blocks);
  });

  test("takes the first rows of tables with their imports, but for those that are still waited for", async () => {
    const sample = [{ line: 2, cells: ["a secret"] }];
    const table = async (state: string, deliveredAt: Date) => {
      const importId = await importFile("{}", { now: deliveredAt });
      await db().import.update({ where: { id: importId }, data: { createdAt: deliveredAt } });
      const fingerprint = randomUUID();
      await db().importTable.create({
        data: { importId, fingerprint, columns: ["what"], sample, state, seenAt: deliveredAt },
      });
      return { importId_fingerprint: { importId, fingerprint } };
    };
    const places = [
      await table("mapped", DELIVERED),
      await table("waiting", DELIVERED),
      await table("mapped", NOW),
    ];
    await setRetention({ rawDays: 60, eventDays: null, alertDays: null }, 0, admin, NOW);
    await run();
    const left = places.map((where) => db().importTable.findUniqueOrThrow({ where }));
    expect((await Promise.all(left)).map((row) => row.sample)).toEqual([[], sample, sample]);
  });

  test("deletes old alerts but those that people worked on, and trends go on counting them", async () => {
    await fill();
    const alert = await db().alert.findFirstOrThrow({ orderBy: { lastAt: "asc" } });
    const { id, revision, detectionCount } = alert;
    await moveAlert(admin, { id, revision, detectionCount }, { move: "take", text: null }, NOW);
    const counted = async () => (await db().alertDay.findMany()).reduce((sum, { alerts }) => sum + alerts, 0);
    const before = await counted();
    const days = { rawDays: 60, eventDays: 60, alertDays: 60 };
    const foreseen = await previewRetention(days, NOW);
    expect(foreseen.alerts).toBeGreaterThan(3);
    const alerts = await db().alert.count();
    await setRetention(days, 0, admin, NOW);
    await run();
    expect(await db().alert.count()).toBe(alerts - foreseen.alerts);
    expect(await db().alert.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "in_progress" });
    expect(await db().detection.count({ where: { alertId: id } })).toBe(detectionCount);
    expect(await counted()).toBe(before);
    expect(
      await db().alertDay.findMany({ where: { queue: "open", day: { lt: new Date("2026-04-01") } } }),
    ).toHaveLength(1);
    expect(await miscounts()).toEqual({});
  });
});
