import { beforeAll, describe, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db, inTransaction, pool } from "#lib/db/client.ts";
import { severityOf } from "#lib/detection/severity.ts";
import { holdRules } from "#lib/rules/queries/in-force.ts";
import { getRuleSetting, listRuleChanges } from "#lib/rules/queries/rule-settings.ts";
import type { RuleSetting } from "#lib/rules/setting.ts";
import { moveAlert } from "#lib/triage/commands.ts";
import { getFormerAlert } from "#lib/triage/queries/former-alert.ts";
import { applyRuleAgain, changeRule, previewRuleChange } from "../commands/rule-changes.ts";
import { getReplay } from "../queries/replays.ts";
import { create, is, saving, somebody } from "../testing/allowlist.ts";
import { importFile } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { trickyRecords } from "../testing/records.ts";
import { signalRecords } from "../testing/signal-records.ts";
import { dumpStore, emptyStoreButEntries, miscounts } from "../testing/store.ts";
import { holdForAltering } from "../writer/alter-events.ts";
import { retireAlerts } from "../writer/retire.ts";
import { runReplay } from "./run-replay.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const NOW = new Date("2026-05-25T00:00:00Z");
const RULE = "ecr-push";
const OFF: RuleSetting = { isOff: true, base: null };
const ON: RuleSetting = { isOff: false, base: null };

const textOf = (records: readonly object[]) => records.map((record) => JSON.stringify(record)).join("\n");
const RECORDS = [...trickyRecords(), ...signalRecords()];

async function run(id: string) {
  await runReplay(id, () => NOW, new AbortController().signal);
  const row = await getReplay(id);
  if (row?.state !== "done") throw new Error(`The run is ${row?.state}.`);
  return row.counts;
}

async function preview(setting: RuleSetting, ruleId = RULE) {
  const asked = await previewRuleChange(admin, ruleId, setting, NOW);
  if (!asked.ok) throw new Error(asked.reason);
  return { id: asked.value, counts: await run(asked.value) };
}

async function set(setting: RuleSetting, ruleId = RULE) {
  const { id: previewId, counts: foreseen } = await preview(setting, ruleId);
  const { revision } = await getRuleSetting(ruleId);
  const changed = await changeRule(admin, { ruleId, previewId, revision, reason: "as a test wants it" }, NOW);
  if (!changed.ok) throw new Error(changed.reason);
  return { foreseen, runId: changed.value };
}

async function apply(setting: RuleSetting, ruleId = RULE) {
  const { foreseen, runId } = await set(setting, ruleId);
  return { foreseen, happened: await run(runId) };
}

async function numbersById(): Promise<[string, number][]> {
  const rows = await db().alert.findMany({ select: { id: true, number: true }, orderBy: { id: "asc" } });
  return rows.map(({ id, number }) => [id, number]);
}

describe("a rule that is switched off", () => {
  test("leaves the store as if it had not been there; on again gives back what was, numbers too", async () => {
    await create(admin, saving(admin, { conditions: [is("actor", "111122223333/role/ci")] }), NOW);
    await importFile(textOf(RECORDS), { now: NOW, takenAs: "live" });
    const whole = { store: await dumpStore(), numbers: await numbersById() };
    const own = await db().detection.count({ where: { ruleId: RULE } });
    expect(own).toBeGreaterThan(5);

    const off = await apply(OFF);
    expect(off.foreseen.rules).toEqual({ [RULE]: { made: 0, gone: own, rescored: 0 } });
    expect(off.foreseen.queueLeft).toBeGreaterThan(0);
    expect(off.happened).toMatchObject({
      rules: off.foreseen.rules,
      alertsGone: off.foreseen.alertsGone,
      alertsKept: 0,
    });
    expect(whole.numbers).toHaveLength(off.foreseen.alertsGone + (await db().alert.count()));
    expect(await miscounts()).toEqual({});
    const without = await dumpStore();

    await emptyStoreButEntries();
    await importFile(textOf(RECORDS), { now: NOW, takenAs: "live" });
    expect(await dumpStore()).toEqual(without);

    const on = await apply(ON);
    expect(on.foreseen).toMatchObject({
      alertsMade: off.foreseen.alertsGone,
      queueJoined: off.foreseen.queueLeft,
    });
    expect(on.happened.alertsMade).toBe(on.foreseen.alertsMade);
    expect(await dumpStore()).toEqual(whole.store);
    expect(await miscounts()).toEqual({});
  });

  test("takes from alerts their numbers for as long as they are gone", async () => {
    await importFile(textOf(RECORDS), { now: NOW, takenAs: "live" });
    const before = await numbersById();
    await apply(OFF);
    const left = await numbersById();
    const [, gone = 0] = before.find(([id]) => !left.some(([other]) => other === id)) ?? [];
    expect(await getFormerAlert(gone)).toMatchObject({
      goneAt: NOW,
      why: expect.stringContaining("as a test wants it"),
    });
    await apply(ON);
    expect(await numbersById()).toEqual(before);
    expect(await getFormerAlert(gone)).toBeNull();
  });

  test("leaves an alert that somebody took, which says each time what became of its detections", async () => {
    await importFile(textOf(trickyRecords()), { now: NOW, takenAs: "live" });
    const alert = await db().alert.findFirstOrThrow({ where: { rules: { equals: [RULE] } } });
    const { id, revision, detectionCount } = alert;
    await moveAlert(admin, { id, revision, detectionCount }, { move: "take", text: null }, NOW);
    for (const setting of [OFF, ON, OFF])
      expect((await apply(setting)).happened.alertsKept).toBe(setting.isOff ? 1 : 0);
    const told = await db().activity.findMany({ where: { alertId: id, kind: "evidence" } });
    expect(told.map(({ text }) => text?.slice(0, text.indexOf("(")).trim()).sort()).toEqual([
      "The rule “A container image was pushed to Amazon ECR” fires again",
      "The rule “A container image was pushed to Amazon ECR” was switched off",
      "The rule “A container image was pushed to Amazon ECR” was switched off",
    ]);
    expect(await db().alert.findUniqueOrThrow({ where: { id } })).toMatchObject({
      number: alert.number,
      status: "in_progress",
    });
  });

  test("is off for a batch that was read by the rules before", async () => {
    await importFile(textOf(trickyRecords().slice(0, 3)), { now: NOW });
    const before = await inTransaction(holdRules);
    const { runId } = await set(OFF);
    const after = await inTransaction(holdRules);
    expect(before.some(({ id }) => id === RULE)).toBe(true);
    expect(after.some(({ id }) => id === RULE)).toBe(false);
    await importFile(textOf(trickyRecords()), { now: NOW });
    await run(runId);
    expect(await db().detection.count({ where: { ruleId: RULE } })).toBe(0);
  });
});

test("numbers of alerts that are gone are forgotten when retention is over them", async () => {
  await importFile(textOf(trickyRecords()), { now: NOW, takenAs: "live" });
  await apply(OFF);
  expect(await db().formerAlert.count()).toBeGreaterThan(0);
  const retire = (before: string) =>
    inTransaction(async (client) => {
      await holdForAltering(client);
      return await retireAlerts(client, new Date(before));
    });
  await retire("2026-03-01T00:00:00Z");
  expect(await db().formerAlert.count()).toBeGreaterThan(0);
  while ((await retire("2026-04-01T00:00:00Z")) > 0);
  expect(await db().formerAlert.count()).toBe(0);
});

test("another base moves the scores of a rule and the levels of its alerts, and back", async () => {
  await importFile(textOf(RECORDS), { now: NOW, takenAs: "live" });
  const whole = await dumpStore();
  const own = await db().detection.count({ where: { ruleId: RULE } });
  const levels = async () =>
    (await db().alert.findMany({ orderBy: { id: "asc" } })).map(({ currentScore }) =>
      severityOf(currentScore),
    );
  const before = await levels();
  const { foreseen, happened } = await apply({ isOff: false, base: 100 });
  expect(foreseen.rules).toEqual({ [RULE]: { made: 0, gone: 0, rescored: own } });
  expect(happened).toMatchObject({ rules: foreseen.rules, alertsMade: 0, alertsGone: 0 });
  const after = await levels();
  expect(after.filter((level, at) => level !== before[at])).toHaveLength(foreseen.severities ?? 0);
  expect(foreseen.severities).toBeGreaterThan(0);
  expect(await miscounts()).toEqual({});
  await apply(ON);
  expect(await dumpStore()).toEqual(whole);
});

test("of two admins who change a rule the later is told, and what nobody has looked at is not applied", async () => {
  await importFile(textOf(trickyRecords()), { now: NOW });
  const asked = await previewRuleChange(admin, RULE, OFF, NOW);
  if (!asked.ok) throw new Error(asked.reason);
  const wanted = { ruleId: RULE, previewId: asked.value, revision: 0, reason: "too loud" };
  expect(await changeRule(admin, wanted, NOW)).toEqual({ ok: false, reason: "not-looked-at" });
  await run(asked.value);
  const both = await Promise.all([changeRule(admin, wanted, NOW), changeRule(admin, wanted, NOW)]);
  expect(both.map((one) => (one.ok ? "done" : one.reason)).sort()).toEqual(["changed-meanwhile", "done"]);
  expect(await changeRule(admin, { ...wanted, ruleId: "acr-push" }, NOW)).toEqual({
    ok: false,
    reason: "gone",
  });
  expect(await listRuleChanges(RULE)).toMatchObject([
    { revision: 1, setting: OFF, before: ON, reason: "too loud", by: admin.name },
  ]);
  expect(await previewRuleChange(admin, RULE, OFF, NOW)).toEqual({ ok: false, reason: "same-already" });
  expect(await applyRuleAgain(admin, RULE, NOW)).toEqual({ ok: false, reason: "one-is-waiting" });
});

test("only records that a rule may concern are read", async () => {
  await importFile(textOf(RECORDS), { now: NOW });
  const asked = await previewRuleChange(admin, RULE, OFF, NOW);
  if (!asked.ok) throw new Error(asked.reason);
  await run(asked.value);
  const looked = (await getReplay(asked.value))?.done ?? 0;
  expect(looked).toBeGreaterThan(0);
  expect(looked).toBeLessThan(RECORDS.length);
  expect(await pool().query("select 1 from replay_block")).toMatchObject({ rowCount: 0 });
});
