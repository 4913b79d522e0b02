import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db, pool } from "#lib/db/client.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { moveAlert } from "#lib/triage/commands.ts";
import type { MoveInput } from "#lib/triage/move-input.ts";
import { applyAll, create, is, move, saving, somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { trickyRecords } from "./testing/records.ts";
import { signalRecords } from "./testing/signal-records.ts";
import { dumpStore, emptyStore, miscounts } from "./testing/store.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const lines = (records: readonly JsonObject[]) => records.map((record) => JSON.stringify(record)).join("\n");
const NOW = new Date("2026-05-25T00:00:00Z");

const SOME_MOVES: readonly MoveInput[] = [
  { move: "take" },
  {
    move: "close",
    verdict: "true_positive",
    reasonClass: "confirmed_attack",
    text: "a test",
    duplicateOf: null,
  },
  {
    move: "close",
    verdict: "benign_true_positive",
    reasonClass: "expected_automation",
    text: "a test",
    duplicateOf: null,
  },
  { move: "reopen", text: "a test" },
  { move: "comment", text: "a test" },
] as unknown as MoveInput[];

/** Tries a change on one of the alerts; what is not legal there changes nothing. */
async function moveOne(dice: number): Promise<void> {
  const alerts = await db().alert.findMany({ orderBy: { number: "asc" } });
  const alert = alerts[dice % Math.max(1, alerts.length)];
  const input = SOME_MOVES[dice % SOME_MOVES.length];
  if (!alert || !input) return;
  const { id, revision, detectionCount } = alert;
  await moveAlert(admin, { id, revision, detectionCount }, input, NOW);
}

describe("kept numbers", () => {
  test("equal those computed anew, whatever was imported, judged and allowed in between", async () => {
    const records = [...trickyRecords(), ...signalRecords()];
    let moved = 0;
    let allowed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
        async (shuffled, dice) => {
          await emptyStore();
          const entries: string[] = [];
          for (const die of dice) {
            const batch = shuffled.splice(0, 1 + (die % 9));
            if (batch.length > 0)
              await importFile(lines(batch), { now: NOW, takenAs: die % 2 ? "live" : "auto" });
            await moveOne(die);
            if (die % 4 === 1) {
              const conditions = [is("actor", `111122223333/role/${die % 8 === 1 ? "ci" : "release"}`)];
              entries.push(await create(admin, saving(admin, { conditions }), NOW));
              await applyAll();
            } else if (die % 4 === 2 && entries.length > 0) {
              await move(admin, entries.pop() ?? "", "revoke", NOW);
              await applyAll();
            }
          }
          expect(await miscounts()).toEqual({});
          moved += await db().activity.count({ where: { kind: "close" } });
          allowed += await db().detection.count({ where: { entryId: { not: null } } });
        },
      ),
      { numRuns: 6 },
    );
    expect(moved).toBeGreaterThan(5);
    expect(allowed).toBeGreaterThan(5);
  });

  test("are computed anew where they were wrong, and the rebuild says how many", async () => {
    await importFile(lines(trickyRecords()));
    const before = await dumpStore();
    await pool().query("update actor_day set events = events + 1 where service = 'ecr.amazonaws.com'");
    const { rowCount } = await pool().query("delete from alert_day");
    await pool().query("insert into actor_tally values (gen_random_uuid(), 1, 0, 0, 0, 0)");
    const found = await miscounts();
    expect(found).toEqual({ actor_day: expect.any(Number), alert_day: rowCount, actor_tally: 1 });
    expect(found.actor_day).toBeGreaterThan(0);
    expect(await dumpStore()).toEqual(before);
  });

  test("tell a day's events of an actor apart by service, its detections and suppressed ones by severity too", async () => {
    const by = {
      type: "AssumedRole",
      arn: "arn:aws:sts::111122223333:assumed-role/ci/run",
      accountId: "111122223333",
    };
    const push = {
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      userIdentity: by,
      requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "1" },
    };
    await importFile(
      lines([
        cloudTrailRecord({ ...push, eventTime: "2026-05-01T23:59:59Z" }),
        cloudTrailRecord({ ...push, eventTime: "2026-05-02T00:00:00Z" }),
        cloudTrailRecord({
          ...push,
          eventTime: "2026-05-02T00:00:01Z",
          sourceIPAddress: "10.0.0.1",
          errorCode: "AccessDenied",
        }),
        cloudTrailRecord({
          eventName: "DescribeImages",
          userIdentity: by,
          eventTime: "2026-05-02T01:00:00Z",
        }),
      ]),
    );
    await create(
      admin,
      saving(admin, {
        conditions: [is("actor", "111122223333/role/ci")],
        startsAt: new Date("2026-05-02T00:00:00Z"),
      }),
      NOW,
    );
    await applyAll();
    const { rows } = await pool().query(
      `select array[right(day::text, 2), service, severity, events::text, detections::text, suppressed::text] as row
       from actor_day order by day, service, severity`,
    );
    expect(rows.map(({ row }) => row.join(" "))).toEqual([
      "01 ecr.amazonaws.com  1 0 0",
      "01 ecr.amazonaws.com low 0 1 0",
      "02 ec2.amazonaws.com  1 0 0",
      "02 ecr.amazonaws.com  2 0 0",
      "02 ecr.amazonaws.com info 0 1 1",
      "02 ecr.amazonaws.com low 0 1 1",
    ]);
  });

  test("do not let a change of an alert and an import that touches the same days stop each other", async () => {
    await importFile(lines(trickyRecords()), { takenAs: "live" });
    const later = trickyRecords().map((record, at) => ({ ...record, eventID: `again-${at}` }));
    const moves = Array.from({ length: 20 }, (_, at) => moveOne(at));
    const parts = [0, 1, 2].map((part) =>
      importFile(lines(later.filter((_, at) => at % 3 === part)), { takenAs: "live" }),
    );
    await Promise.all([...moves, ...parts]);
    expect(await miscounts()).toEqual({});
    expect(await db().activity.count()).toBeGreaterThan(0);
  });
});
