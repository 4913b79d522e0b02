import { beforeAll, expect, test } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { inTransaction, pool } from "#lib/db/client.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { importRows, removeRow, saveRow, setWorkingHours } from "#lib/organisation/commands/change.ts";
import { allRows } from "#lib/organisation/queries/lists.ts";
import { getOrganisation } from "#lib/organisation/queries/organisation.ts";
import { cancelReplay } from "./commands/replays.ts";
import { followSettings } from "./jobs/follow-settings.ts";
import { runReplay } from "./jobs/run-replay.ts";
import { getReach } from "./queries/reach.ts";
import { holdDetectionSettings, isSame } from "./queries/settings.ts";
import { somebody } from "./testing/allowlist.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { dumpStore, emptyStoreButEntries, miscounts } from "./testing/store.ts";

ownStore();
let admin: Person;
beforeAll(async () => {
  admin = await somebody("admin");
});

const NOW = new Date("2026-05-25T00:00:00Z");
const LATER = new Date("2026-05-25T00:01:00Z");
const by = () => ({ person: admin, now: NOW });
const PARTNER = "222222222222";

const network = { cidr: "198.51.100.0/24", name: "office" };
const partner = {
  platform: "aws",
  id: PARTNER,
  name: "images",
  owner: null,
  importance: "critical",
  isOwn: true,
} as const;

const records = [
  cloudTrailRecord({
    eventName: "ModifyImageAttribute",
    eventSource: "ec2.amazonaws.com",
    sourceIPAddress: "198.51.100.7",
    requestParameters: {
      imageId: "ami-0123456789abcdef0",
      launchPermission: { add: { items: [{ userId: PARTNER }] } },
    },
  }),
  cloudTrailRecord({
    eventName: "CreateImage",
    eventSource: "ec2.amazonaws.com",
    sourceIPAddress: "203.0.113.9",
  }),
];
const content = records.map((record) => JSON.stringify(record)).join("\n");

async function follow(): Promise<boolean> {
  if (!(await followSettings(LATER))) return false;
  const { run } = await getReach();
  await runReplay(run?.id ?? "", () => LATER, new AbortController().signal);
  return true;
}

async function facts() {
  const { rows } = await pool().query(
    "select rule_id, address_class, signals from detection order by rule_id, address_class",
  );
  return rows;
}

test("what was stored before the settings is as what comes after them, and goes back with them", async () => {
  await importFile(content);
  const unsaid = await dumpStore();
  expect(await facts()).toContainEqual({
    rule_id: "aws-image-shared-with-account",
    address_class: "external",
    signals: ["shared-with-foreign-account"],
  });
  await importRows("networks", { rows: [network], removesOthers: false, seenRevision: 0 }, by());
  await importRows("accounts", { rows: [partner], removesOthers: false, seenRevision: 0 }, by());
  expect((await getReach()).state).toBe("waiting");
  expect(await followSettings(NOW)).toBe(false);
  expect(await follow()).toBe(true);
  expect(await getReach()).toMatchObject({ state: "reached", from: null });
  expect((await facts()).map((one) => one.rule_id)).not.toContain("aws-image-shared-with-account");
  const followed = await dumpStore();
  expect(await miscounts()).toEqual({});

  await emptyStoreButEntries();
  await importFile(content);
  expect(await dumpStore()).toEqual(followed);

  for (const list of ["networks", "accounts"] as const)
    for (const { key, revision } of await allRows(list))
      expect(await removeRow(list, { key, seenRevision: revision }, by())).toMatchObject({ ok: true });
  expect(await follow()).toBe(true);
  expect(await dumpStore()).toEqual(unsaid);
});

test("a name alone changes nothing that is stored", async () => {
  await saveRow(
    "accounts",
    { row: { ...partner, isOwn: false, importance: "normal" }, seenRevision: null },
    by(),
  );
  expect(await getReach()).toMatchObject({ state: "reached" });
  expect(await followSettings(LATER)).toBe(false);
});

test("a run that was cancelled is not started again by itself, and the next change starts one", async () => {
  await setWorkingHours({ days: [1], opens: "08:00", closes: "18:00", zone: "UTC" }, 0, by());
  expect(await followSettings(LATER)).toBe(true);
  const { run, state, from } = await getReach();
  expect([state, from]).toEqual(["running", "detect"]);
  expect(await followSettings(LATER)).toBe(false);
  await cancelReplay(run?.id ?? "", LATER);
  expect(await getReach()).toMatchObject({ state: "behind" });
  expect(await followSettings(LATER)).toBe(false);
  await saveRow("networks", { row: network, seenRevision: null }, { person: admin, now: LATER });
  expect(await getReach()).toMatchObject({ state: "waiting", from: "normalise" });
});

test("who stores a batch holds on to the settings: a change waits, and the next batch is told of it", async () => {
  const { seen, saving } = await inTransaction(async (client) => {
    const settings = await holdDetectionSettings(client);
    const change = saveRow("networks", { row: network, seenRevision: null }, by());
    await expect
      .poll(async () => {
        const { rows } = await pool().query(
          "select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
        );
        return rows.length;
      })
      .toBe(1);
    expect(isSame(await holdDetectionSettings(client), settings)).toBe(true);
    return { seen: settings, saving: change };
  });
  expect(await saving).toMatchObject({ ok: true });
  const next = await inTransaction(holdDetectionSettings);
  expect(isSame(next, seen)).toBe(false);
  expect(next.organisation.isOwnNetwork("198.51.100.7")).toBe(true);
});

test("of two who change the same, the later is told; who changes something else is not held up", async () => {
  const saved = await Promise.all([
    saveRow("networks", { row: network, seenRevision: null }, by()),
    saveRow("networks", { row: { ...network, name: "vpn" }, seenRevision: null }, by()),
    saveRow("accounts", { row: partner, seenRevision: null }, by()),
  ]);
  expect(saved.filter(({ ok }) => ok)).toHaveLength(2);
  expect(saved[2]?.ok).toBe(true);
  const [stored] = await allRows("networks");
  const seenRevision = stored?.revision ?? 0;
  const row = { ...network, name: "headquarters" };
  expect(await saveRow("networks", { row, seenRevision }, by())).toMatchObject({ ok: true });
  expect(await saveRow("networks", { row: network, seenRevision }, by())).toMatchObject({
    reason: "changed-meanwhile",
  });
  expect(await removeRow("networks", { key: row.cidr, seenRevision }, by())).toMatchObject({
    reason: "changed-meanwhile",
  });
  expect(
    await importRows("networks", { rows: [network], removesOthers: false, seenRevision: 1 }, by()),
  ).toMatchObject({ reason: "changed-meanwhile" });
  expect((await allRows("networks")).map((one) => one.row)).toEqual([row]);
  expect((await getOrganisation()).isOwnNetwork("198.51.100.200")).toBe(true);
});
