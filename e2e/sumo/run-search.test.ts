import { afterEach, expect, test } from "vitest";
import { runSearch } from "#lib/sumo/client/run-search.ts";
import type { Search, SearchOptions, SearchRow } from "#lib/sumo/client/search.ts";
import { connectionQuery, countQuery, PROFILES } from "#lib/sumo/query.ts";
import { FAULTS, type FaultName, type FaultPlan } from "./faults.ts";
import { STAND_IN_KEY } from "./keys.ts";
import { type Sumo, type SumoOptions, startSumo } from "./server.ts";

const running: Sumo[] = [];
afterEach(async () => {
  for (const sumo of running.splice(0)) await sumo.stop();
});

async function start(count: number, options: SumoOptions = {}): Promise<Sumo> {
  const sumo = await startSumo({ limits: { perSecond: Infinity }, ...options });
  running.push(sumo);
  sumo.load(
    Array.from({ length: count }, (_, number) => ({
      raw: `{"eventName":"PutImage","number":${number}}`,
      messageTime: number,
      sourceCategory: "aws/cloudtrail",
    })),
  );
  return sumo;
}

async function search(sumo: Sumo, what: Partial<Search> = {}, options: Partial<SearchOptions> = {}) {
  const rows: SearchRow[] = [];
  const { accessId, accessKey } = STAND_IN_KEY;
  const outcome = await runSearch(
    { apiUrl: sumo.url, pathPrefix: "v1/", accessId, accessKey },
    { query: "_sourceCategory=aws/cloudtrail putimage", from: 0, to: 1_000_000, by: "message", ...what },
    {
      turns: { take: (send) => send() },
      signal: AbortSignal.timeout(60_000),
      kind: "messages",
      whenTruncated: "read",
      onRows: async (page) => {
        rows.push(...page);
      },
      sleep: async () => {},
      ...options,
    },
  );
  return { outcome, numbers: rows.map(({ _raw }) => JSON.parse(_raw ?? "{}").number as number) };
}

const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);
const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);

test("our client gets what the stand-in holds, and leaves no job behind", async () => {
  const sumo = await start(5000);
  const { outcome, numbers } = await search(sumo);
  expect(outcome).toMatchObject({ ok: true, value: { rows: 5000, isTruncated: false, warnings: [] } });
  expect(sorted(numbers)).toEqual(upTo(5000));
  expect(sumo.stats().jobs).toMatchObject({ created: 1, deleted: 1, left: 0 });
});

test("the query of each profile is one that the stand-in can read, also to be counted", async () => {
  const sumo = await start(10);
  for (const profile of PROFILES) {
    const query = connectionQuery({
      categories: { aws: ["aws/cloudtrail", "AWS trails"], azure: ["azure/*"] },
      profile,
      ownQuery: "_sourceCategory=aws* // ours",
    });
    if (!query.ok) throw new Error(query.reason);
    expect((await search(sumo, { query: query.value })).numbers, profile).toHaveLength(10);
    const counted: SearchRow[] = [];
    const onRows: SearchOptions["onRows"] = async (rows) => void counted.push(...rows);
    await search(sumo, { query: countQuery(query.value) }, { kind: "records", onRows });
    expect(counted, profile).toEqual([{ _count: "10" }]);
  }
});

test.for(["force-paused", "warning"] as const)(
  "our client sees that a search was cut: %s",
  async (truncatesAs) => {
    const sumo = await start(30, { maxMessages: 20, truncatesAs });
    const { outcome, numbers } = await search(sumo);
    expect(outcome).toMatchObject({ ok: true, value: { rows: 20, isTruncated: true } });
    expect(sorted(numbers)).toEqual(upTo(30).slice(10));
  },
);

test("whatever goes wrong, a search that says it succeeded gave each message once", async () => {
  const sumo = await start(6000, { seed: 7, maxPageBytes: 20_000 });
  const plan: FaultPlan = {};
  for (const name of Object.keys(FAULTS) as FaultName[]) {
    // The first look at a job is one request of many.
    plan[name] = { rate: name === "unknown-yet" ? 0.2 : 0.02, ms: 5 };
  }
  sumo.faults(plan);
  let succeeded = 0;
  for (let round = 0; round < 80; round++) {
    const { outcome, numbers } = await search(sumo, { from: round });
    if (!outcome.ok) continue;
    succeeded++;
    expect(sorted(numbers)).toEqual(upTo(6000).slice(round));
  }
  const { faults, jobs, createsRepeated } = sumo.stats();
  expect(succeeded).toBeGreaterThan(5);
  expect(Object.entries(faults).filter(([, met]) => met === 0)).toEqual([]);
  expect(createsRepeated).toBe(0);
  expect(jobs.left).toBe(0);
}, 120_000);
