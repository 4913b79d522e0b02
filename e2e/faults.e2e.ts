import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbedded } from "#lib/db/embedded/server.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { newDataFolder, partsOf, removeDataFolder, runBarnacle } from "#lib/start/testing/run-barnacle.ts";
import { expect, join, openPage, test, upload } from "./fixtures.ts";
import { jsonLines } from "./records.ts";

const RECORDS = 40_000;
const records = Array.from({ length: RECORDS }, (_, at) =>
  cloudTrailRecord({
    eventID: `event-${at}`,
    eventName: at % 40 === 0 ? "CreateImage" : "DescribeImages",
    eventTime: new Date(Date.UTC(2026, 2, 1) + (at % 500) * 3_600_000).toISOString(),
    responseElements: at % 40 === 0 ? { imageId: `ami-${at % 7}` } : null,
  }),
);
const CONTENT = jsonLines([...records, ...records.slice(0, 50)]);

/** What an import left: its counters, and sums over all that it stored. */
const STATE = `
  select state, position, new_count, duplicate_count, rejected_count, detection_count,
    (select count(*) from event) as events, (select count(*) from detection) as detections,
    (select md5(string_agg(event_id::text || alert_id::text, ',' order by event_id)) from detection) as detection_sum,
    (select md5(string_agg(concat(id, detection_count, operation_count, score, first_at, last_at), ',' order by id)) from alert) as alert_sum,
    (select sum(record_count) from raw_block) as raw_records
  from import`;

test("a worker killed in the middle of an import ends with what an undisturbed one has", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const undisturbed = await importAll(browser, async () => {});
  let kills = 0;
  const disturbed = await importAll(browser, async (query, worker) => {
    for (const share of [0.1, 0.4, 0.7]) {
      await untilPosition(query, RECORDS * share);
      process.kill(worker(), "SIGKILL");
      kills++;
    }
  });
  expect(kills).toBe(3);
  expect(disturbed).toEqual(undisturbed);
  expect(undisturbed).toMatchObject({
    state: "done",
    new_count: String(RECORDS),
    duplicate_count: "50",
    events: String(RECORDS),
    raw_records: String(RECORDS),
  });
});

type Query = (sql: string) => Promise<Record<string, unknown>>;

async function importAll(
  browser: import("@playwright/test").Browser,
  disturb: (query: Query, worker: () => number) => Promise<void>,
): Promise<Record<string, unknown>> {
  const folder = await newDataFolder();
  const barnacle = runBarnacle(folder);
  const contexts: import("@playwright/test").BrowserContext[] = [];
  try {
    const url = await barnacle.url();
    const page = await openPage(browser, contexts);
    await join(page, /make the first admin at (\S+)/.exec(barnacle.stdout())?.[1] ?? "", "ada");
    const server = await startEmbedded({ dataFolder: folder });
    if (!server.ok) throw new Error(server.reason.sentence);
    const client = new pg.Client({ connectionString: server.value.connectionString });
    await client.connect();
    const query: Query = async (sql) => (await client.query(sql)).rows[0] ?? {};
    const worker = () => partsOf(barnacle).find(({ command }) => command.includes("worker.ts"))?.pid ?? 0;
    try {
      const [, state] = await Promise.all([
        disturb(query, worker),
        upload(page, url, "large.jsonl", CONTENT).then(() => query(STATE)),
      ]);
      return state;
    } finally {
      await client.end();
    }
  } finally {
    for (const context of contexts) await context.close();
    barnacle.child.kill("SIGTERM");
    await barnacle.exit;
    await removeDataFolder(folder);
  }
}

async function untilPosition(query: Query, position: number): Promise<void> {
  for (;;) {
    const { position: reached } = await query("select coalesce(max(position), 0) as position from import");
    if (Number(reached) >= position) return;
    await sleep(20);
  }
}
