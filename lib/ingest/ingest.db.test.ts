import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { runImport, Stopped } from "./jobs/run-import.ts";
import { deliver, importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { trickyRecords } from "./testing/records.ts";
import { dumpStore, emptyStore } from "./testing/store.ts";

ownStore();

const lines = (records: readonly JsonObject[]) => records.map((record) => JSON.stringify(record)).join("\n");

async function counters(id: string) {
  const row = await db().import.findUniqueOrThrow({ where: { id } });
  return {
    state: row.state,
    position: Number(row.position),
    new: Number(row.newCount),
    duplicate: Number(row.duplicateCount),
    rejected: Number(row.rejectedCount),
    detections: Number(row.detectionCount),
  };
}

describe("an import", () => {
  test("counts each record as new, duplicate or rejected", async () => {
    const records = trickyRecords();
    const content = `${lines(records)}\nrubbish\n${lines(records.slice(0, 5))}\n{"a":1}\n`;
    const id = await importFile(content);
    const detections = await db().detection.count();
    expect(await counters(id)).toEqual({
      state: "done",
      position: records.length + 7,
      new: records.length,
      duplicate: 5,
      rejected: 2,
      detections,
    });
    expect(await db().event.count()).toBe(records.length);
    expect(detections).toBeGreaterThan(20);
  });

  test("of a file that was read before gives nothing new, and says that all was known", async () => {
    const content = lines(trickyRecords());
    await importFile(content);
    const before = await dumpStore();
    const id = await importFile(
      gzipSync(`{"Records":[${trickyRecords().map((record) => JSON.stringify(record))}]}`),
    );
    expect(await counters(id)).toMatchObject({
      state: "done",
      new: 0,
      duplicate: trickyRecords().length,
      detections: 0,
    });
    expect(await dumpStore()).toEqual(before);
  });

  test.for<[name: string, content: string | Uint8Array, failure: string]>([
    ["an empty file", "", "empty"],
    ["a CSV without rows", "time,what,who\n", "csv-without-rows"],
    ["binary", Buffer.from([0, 1, 2, 255]), "binary"],
  ])("of %s fails with the reason", async ([, content, failure]) => {
    const id = await importFile(content);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({ state: "failed", failure });
  });

  test("of an empty list is done with nothing", async () => {
    expect(await counters(await importFile('{"Records":[]}'))).toMatchObject({
      state: "done",
      position: 0,
      new: 0,
    });
  });

  test("keeps the original record byte for byte and what was rejected with its place", async () => {
    const { getRecord, getRejectedRecord } = await import("./queries.ts");
    const odd =
      '{ "eventVersion" : "1.08","eventName":"A\\u0000B", "awsRegion":"eu-west-1","eventTime":"2026-03-04T09:12:33Z","n":12345678901234567890 }';
    const id = await importFile(`${odd}\nbroken {\n`, { name: "x.json" });
    const event = await db().event.findFirstOrThrow();
    expect(event.operation).toBe("A\ufffdB");
    expect(await getRecord(event.occurredAt, event.id)).toMatchObject({
      text: odd,
      index: 1,
      line: 1,
      byteOffset: 0,
      importName: "x.json",
    });
    expect(await getRejectedRecord(id, 2)).toMatchObject({
      text: "broken {",
      line: 2,
      byteOffset: odd.length + 1,
      reason: "not-json",
    });
  });

  test("survives texts that PostgreSQL refuses, everywhere in a record", async () => {
    const hostile = "a\u0000b\ud83dc'); drop table event; --\t\\N\r\n";
    const record = cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      awsRegion: hostile,
      userAgent: hostile,
      sourceIPAddress: hostile,
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::1:assumed-role/${hostile}/${hostile}`,
        accountId: hostile,
      },
      requestParameters: { repositoryName: hostile, imageTag: hostile, registryId: hostile },
    });
    const id = await importFile(JSON.stringify(record));
    // Its principal's account is another than the registry's: that is a detection of its own.
    expect(await counters(id)).toMatchObject({ new: 1, detections: 2 });
    expect((await db().event.findFirstOrThrow()).userAgent).toBe(
      "a\ufffdb\ufffdc'); drop table event; --\t\\N",
    );
  });
});

describe("live or history", () => {
  const push = cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    requestParameters: { repositoryName: "api" },
  });
  const days = (count: number) => new Date(Date.parse("2026-03-04T12:00:00Z") + count * 86_400_000);
  test.for<[takenAs: "auto" | "live" | "history", now: Date, live: boolean]>([
    ["auto", days(0), true],
    ["auto", days(7), true],
    ["auto", new Date(days(7).getTime() + 1), false],
    ["live", days(100), true],
    ["history", days(0), false],
  ])("taken as %s at %s: live is %s", async ([takenAs, now, live]) => {
    await importFile(JSON.stringify(push), { takenAs, now });
    expect((await db().alert.findFirstOrThrow()).live).toBe(live);
  });
});

describe("alerts", () => {
  test("one push of many calls is one alert that counts operations, names its actors and takes the finished outcome", async () => {
    await importFile(lines(trickyRecords()));
    const shared = await db().alert.findFirstOrThrow({
      where: { subject: "eu-west-1/ami-0a", operations: { has: "ModifyImageAttribute" } },
    });
    expect(shared).toMatchObject({
      family: "machine-image",
      // Of three events, two of which were shared with everyone.
      detectionCount: 5,
      operationCount: 2,
      outcome: "success",
      status: "new",
    });
    const managed = await db().alert.findFirstOrThrow({ where: { family: "managed-image" } });
    expect(managed).toMatchObject({ detectionCount: 6, operationCount: 3, outcome: "success" });
    const pushes = await db().alert.findMany({
      where: { family: "container-push" },
      orderBy: { firstAt: "asc" },
    });
    expect(
      pushes.map(({ subject, actorIds }) => [subject.split("/").slice(1).join("/"), actorIds.length]),
    ).toEqual([
      ["prod/web", 1],
      ["prod/api", 2],
      ["prod/web", 1],
      ["prod/api", 1],
    ]);
  });

  test("numbers are given once, without gaps", async () => {
    await importFile(lines(trickyRecords()));
    const before = await db().alert.findMany({
      orderBy: { number: "asc" },
      select: { id: true, number: true },
    });
    expect(before.map(({ number }) => number)).toEqual(before.map((_, at) => at + 1));
    await importFile(
      lines([...trickyRecords(), ...trickyRecords().map((record) => ({ ...record, again: true }))]),
    );
    expect(
      await db().alert.findMany({ orderBy: { number: "asc" }, select: { id: true, number: true } }),
    ).toEqual(before);
  });
});

test("any order, split, repetition and number of workers give the same store", async () => {
  const records = trickyRecords();
  await importFile(lines(records));
  const expected = await dumpStore();
  expect(expected.alert?.length).toBeGreaterThan(5);

  const plan = fc.record({
    order: fc.shuffledSubarray([...records.keys()], { minLength: records.length }),
    again: fc.array(fc.nat(records.length - 1), { maxLength: 20 }),
    cuts: fc.array(fc.nat(records.length), { maxLength: 4 }),
    atOnce: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ order, again, cuts, atOnce }) => {
      await emptyStore();
      const all = [...order, ...again].map((at) => records[at] as JsonObject);
      const edges = [0, ...cuts.sort((a, b) => a - b), all.length];
      const files = edges
        .slice(1)
        .map((to, at) => all.slice(edges[at], to))
        .filter((file) => file.length > 0);
      if (atOnce) await Promise.all(files.map((file) => importFile(lines(file))));
      else for (const file of files) await importFile(lines(file));
      expect(await dumpStore()).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

describe("a run that is cut short", () => {
  const many = Array.from({ length: 7000 }, (_, at) =>
    cloudTrailRecord({ eventID: `event-${at}`, eventName: at % 50 === 0 ? "CreateImage" : "DescribeImages" }),
  );

  test("goes on where the last batch was committed, and counts nothing twice", async () => {
    const undisturbed = await importFile(lines(many));
    const expected = { store: await dumpStore(), counters: await counters(undisturbed) };
    await emptyStore();

    const id = await deliver(lines(many));
    const stopping = new AbortController();
    let asked = 0;
    const clock = () => {
      if (++asked === 2) stopping.abort();
      return new Date();
    };
    await expect(runImport(id, clock, stopping.signal)).rejects.toThrow(Stopped);
    const between = await counters(id);
    expect(between.state).toBe("running");
    expect(between.position).toBeGreaterThan(0);
    expect(between.position).toBeLessThan(many.length);

    await runImport(id, () => new Date(), new AbortController().signal);
    expect({ store: await dumpStore(), counters: await counters(id) }).toEqual(expected);
  });

  test("of two workers on one import only one reads", async () => {
    const id = await deliver(lines(many));
    const run = () => runImport(id, () => new Date(), new AbortController().signal);
    expect((await Promise.all([run(), run(), run()])).sort()).toEqual(["busy", "busy", "ended"]);
    expect(await counters(id)).toMatchObject({ state: "done", new: many.length, duplicate: 0 });
  });
});
