import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { listLogArrivals } from "./log-arrivals.ts";
import { countByRule } from "./rule-numbers.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

const NOW = new Date("2026-03-31T10:00:00Z");
const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;

test("the alerts of a rule are counted from its days, by verdict, each rule of an alert apart", async () => {
  const day = {
    severity: "low",
    platform: "aws",
    accounts: ["111122223333"],
    status: "new",
    verdict: null,
    queue: "open",
  };
  const days = [
    { ...day, day: new Date("2026-03-02"), rules: ["ecr-push", "ecr-push-opened"], alerts: 3 },
    { ...day, day: new Date("2026-03-31"), rules: ["ecr-push"], alerts: 2, queue: "suppressed" },
    { ...day, day: new Date("2026-03-20"), rules: ["ecr-push"], alerts: 4, verdict: "true_positive" },
    { ...day, day: new Date("2026-03-21"), rules: ["ecr-push"], alerts: 1, verdict: "true_positive" },
    { ...day, day: new Date("2026-03-01"), rules: ["ecr-push"], alerts: 100 },
  ];
  await db().alertDay.createMany({ data: days.map((one, at) => ({ ...one, id: id(at) })) });
  expect(Object.fromEntries(await countByRule(NOW))).toEqual({
    "ecr-push": { alerts: 10, suppressed: 2, verdicts: { true_positive: 5 } },
    "ecr-push-opened": { alerts: 3, suppressed: 0, verdicts: {} },
  });
});

test("a log has arrived when something of it came, though it be history; the latest live event counts", async () => {
  const lastAt = new Date("2026-03-30T00:00:00Z");
  const feed = {
    sourceKind: "upload",
    sourceKey: "",
    firstAt: NOW,
    expects: "never",
    logSource: "cloudtrail",
  };
  await db().feed.createMany({
    data: [
      { ...feed, id: id(1), account: "1", lastEventAt: lastAt },
      { ...feed, id: id(2), account: "2", lastEventAt: new Date("2026-03-29T00:00:00Z") },
    ],
  });
  await db().logHistory.create({ data: { account: "", logSource: "harbor", firstAt: lastAt } });
  const arrivals = await listLogArrivals();
  expect(arrivals.toSorted((a, b) => (a.log < b.log ? -1 : 1))).toEqual([
    { log: "cloudtrail", lastAt },
    { log: "harbor", lastAt: null },
  ]);
});
