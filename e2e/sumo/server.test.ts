import { afterEach, describe, expect, test } from "vitest";
import { askerOf, mapsOf, signedBy } from "./ask.ts";
import { STAND_IN_KEY } from "./keys.ts";
import type { LoadedMessage } from "./message.ts";
import { type Sumo, type SumoOptions, startSumo } from "./server.ts";

const START = Date.UTC(2026, 8, 1);
const SECOND_MS = 1000;

const running: Sumo[] = [];
afterEach(async () => {
  for (const sumo of running.splice(0)) await sumo.stop();
});

async function start(options: SumoOptions = {}) {
  const sumo = await startSumo({ pollsUntilDone: 0, limits: { perSecond: Infinity }, ...options });
  running.push(sumo);
  return { sumo, ...askerOf(sumo) };
}

/** One a second from `START` on, numbered. */
function messages(count: number, extra: Partial<LoadedMessage> = {}): LoadedMessage[] {
  return Array.from({ length: count }, (_, number) => ({
    raw: `{"eventName":"PutImage","number":${number}}`,
    messageTime: START + number * SECOND_MS,
    sourceCategory: "aws/cloudtrail",
    ...extra,
  }));
}

const numbersOf = (maps: Record<string, string>[]) => maps.map(({ _raw }) => JSON.parse(_raw ?? "").number);

describe("creating a job", () => {
  test("is accepted with its id, its address and two cookies", async () => {
    const { sumo, create } = await start();
    const { status, headers, json } = await create();
    const href = `${sumo.url}v1/search/jobs/${json.id}`;
    expect(status).toBe(202);
    expect(json).toMatchObject({ id: expect.stringMatching(/^[0-9A-F]{16}$/), link: { rel: "self", href } });
    expect(headers.get("location")).toBe(href);
    expect(headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual(["AWSALB", "JSESSIONID"]);
  });

  test.for([
    ["relative time", { from: "-1h" }, "searchjob.invalid.timestamp.from"],
    ["no time", { to: undefined }, "searchjob.invalid.timestamp.to"],
    ["ISO with milliseconds", { to: "2026-09-01T00:00:00.000Z" }, "searchjob.invalid.timestamp.to"],
    ["a day that is none", { from: "2026-13-01T00:00:00Z" }, "searchjob.invalid.timestamp.from"],
    ["end before start", { from: "5", to: "4" }, "searchjob.to.smaller.than.from"],
    ["a zone that is none", { timeZone: "Mars/Olympus" }, "searchjob.unknown.timezone"],
    ["an empty zone", { timeZone: "" }, "searchjob.empty.timezone"],
    [
      "a time without offset or zone",
      { timeZone: undefined, from: "2026-09-01T00:00:00" },
      "searchjob.empty.timezone",
    ],
    ["no query", { query: undefined }, "searchjob.no.query"],
    ["a blank query", { query: "  " }, "searchjob.no.query"],
    ["an open quote", { query: 'a "b' }, "searchjob.parse.error"],
    ["an open parenthesis", { query: "(a OR b" }, "searchjob.parse.error"],
    ["an operator that is none", { query: "a | eval b = 1" }, "searchjob.query.creation.error"],
    ["a time that is none", { byReceiptTime: "perhaps" }, "searchjob.unknown.time.type"],
    ["a mode that is none", { autoParsingMode: "Guess" }, "searchjob.generic"],
  ] as const)("%s is refused by its code", async ([, order, code]) => {
    const { create } = await start();
    const { status, json } = await create(order);
    expect({ status, code: json.code }).toEqual({ status: 400, code });
    expect(json).toMatchObject({ status: 400, id: expect.any(String), message: expect.any(String) });
  });

  test("takes numbers, offsets, zones, and the older words", async () => {
    const { sumo, create, ask } = await start();
    sumo.load(messages(10));
    const countOf = async (order: object) => {
      const { json } = await create(order);
      return (await ask(`v1/search/jobs/${json.id}`)).json.messageCount;
    };
    expect(await countOf({ from: START, to: START + 3 * SECOND_MS })).toBe(3);
    const local = { from: "2026-09-01T09:00:02", to: "2026-09-01T09:00:06" };
    expect(await countOf({ ...local, timeZone: undefined, timezone: "Asia/Tokyo" })).toBe(4);
    expect(await countOf({ ...local, timeZone: "Pacific/Kiritimati" })).toBe(0);
    expect(await countOf({ from: "2026-09-01T02:00:01+02:00", to: "2026-09-01T00:00:02Z" })).toBe(1);
    expect(await countOf({ byReceiptTime: "true", autoParsingMode: "intelligent" })).toBe(10);
  });

  test("what is no JSON is refused", async () => {
    const { ask } = await start();
    const headers = { "Content-Type": "application/json" };
    expect((await ask("v1/search/jobs", { method: "POST", headers, body: "{" })).status).toBe(400);
  });
});

describe("any request", () => {
  const others = [
    { ...STAND_IN_KEY, accessId: "suForbidden", isForbidden: true },
    { ...STAND_IN_KEY, accessId: "suElsewhere", deployment: "https://api.eu.sumologic.com" },
  ] as const;

  test.for([
    ["another key", { ...STAND_IN_KEY, accessKey: "wrong" }, 401, "unauthorized"],
    ["a key that may not search", others[0], 403, "forbidden"],
    ["a key of another deployment", others[1], 301, "moved"],
  ] as const)("with %s", async ([, key, status, code]) => {
    const { ask, create } = await start({ keys: [STAND_IN_KEY, ...others] });
    const refused = await create({}, signedBy(key));
    expect(refused.json).toMatchObject({ status, code });
    expect(refused.status).toBe(status);
    expect((await ask("v1/search/jobs/0", { headers: signedBy(key) })).status).toBe(status);
    if (status === 301) {
      expect(refused.headers.get("location")).toBe("https://api.eu.sumologic.com/api/v1/search/jobs");
    }
  });

  test("has to bring the key, whatever cookies it brings", async () => {
    const { ask, start: startJob } = await start();
    const { status, json } = await ask(await startJob(), { headers: { Authorization: "" } });
    expect(status).toBe(401);
    expect(json).toEqual({
      status: 401,
      id: expect.stringMatching(/^\w{5}-\w{5}-\w{5}$/),
      code: "unauthorized",
      message: "Credential could not be verified.",
    });
  });

  test("a key that was turned opens no more, from the request on that was named", async () => {
    const { sumo, ask, start: startJob } = await start();
    const job = await startJob();
    sumo.rotate(STAND_IN_KEY.accessId, { accessId: "suNext", accessKey: "next" }, 1);
    expect((await ask(job)).status).toBe(200);
    expect((await ask(job)).status).toBe(401);
    expect(
      (await ask(job, { headers: signedBy({ ...STAND_IN_KEY, accessId: "suNext", accessKey: "next" }) }))
        .status,
    ).toBe(200);
  });

  test("asking for XML, of another type, by another method, or for nothing known is refused", async () => {
    const { ask, create, start: startJob } = await start();
    const job = await startJob();
    expect((await ask(job, { headers: { Accept: "application/xml" } })).status).toBe(500);
    const refusals = [
      await create({}, { "Content-Type": "text/plain" }),
      await ask(job, { method: "PUT" }),
      await ask("v1/search/jobs"),
      await ask(`${job}/messages`, { method: "DELETE" }),
      await ask("v2/search/jobs", { method: "POST", body: "{}" }),
    ];
    expect(refusals.map(({ status, json }) => [status, json.code])).toEqual([
      [415, "contenttype.invalid"],
      [405, "method.unsupported"],
      [405, "method.unsupported"],
      [405, "method.unsupported"],
      [404, "notfound"],
    ]);
  });

  test("can be refused in the newer form", async () => {
    const { ask } = await start({ refusalForm: "openapi" });
    const { json } = await ask("v1/search/jobs/0");
    expect(json).toEqual({
      id: expect.any(String),
      errors: [{ code: "searchjob.jobid.invalid", message: "Job ID is invalid." }],
    });
  });
});

describe("a job's state", () => {
  test("goes from not started through growing counts to done, and says each bucket and warning once", async () => {
    const { sumo, ask, start: startJob } = await start({ pollsUntilDone: 3 });
    sumo.load(messages(90));
    const job = await startJob();
    const states = [];
    for (let poll = 0; poll < 5; poll++) states.push((await ask(job)).json);
    expect(states.map(({ state, messageCount }) => [state, messageCount])).toEqual([
      ["NOT STARTED", 0],
      ["GATHERING RESULTS", 30],
      ["GATHERING RESULTS", 60],
      ["DONE GATHERING RESULTS", 90],
      ["DONE GATHERING RESULTS", 90],
    ]);
    const buckets = states.map(({ histogramBuckets }) =>
      (histogramBuckets as { startTimestamp: number; count: number }[]).map(({ startTimestamp, count }) => [
        (startTimestamp - START) / SECOND_MS,
        count,
      ]),
    );
    expect(buckets).toEqual([[], [[60, 30]], [[0, 30]], [[0, 30]], []]);
    for (const { warning } of states) expect(warning).toContain("You must enable cookies");
  });

  test("can be looked at before it is done, as far as it came", async () => {
    const { sumo, ask, start: startJob } = await start({ pollsUntilDone: 2 });
    sumo.load(messages(10));
    const job = await startJob();
    await ask(job);
    expect(mapsOf(await ask(`${job}/messages?offset=0&limit=100`))).toHaveLength(5);
  });

  test.for([
    ["force-paused", "FORCE PAUSED", 0],
    ["warning", "DONE GATHERING RESULTS", 1],
    ["silent", "DONE GATHERING RESULTS", 0],
  ] as const)("of more messages than are given, cut as %s", async ([truncatesAs, state, warnings]) => {
    const { sumo, ask, start: startJob } = await start({ maxMessages: 8, truncatesAs });
    sumo.load(messages(9));
    const job = await startJob();
    const { json } = await ask(job);
    expect(json).toMatchObject({ state, messageCount: 8 });
    expect(json.pendingWarnings).toHaveLength(warnings);
    expect(numbersOf(mapsOf(await ask(`${job}/messages?offset=0&limit=100`)))).toEqual([
      8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect((await ask(await startJob({ to: String(START + 8 * SECOND_MS) }))).json).toMatchObject({
      state: "DONE GATHERING RESULTS",
      messageCount: 8,
    });
  });

  test("is unknown after its deletion, after silence, to others, and without its cookies", async () => {
    let now = START;
    const other = { ...STAND_IN_KEY, accessId: "suOther", owner: "other@example.com" };
    const server = await start({ now: () => now, keys: [STAND_IN_KEY, other] });
    const { sumo, ask, start: startJob, forgetCookies } = server;
    const unknown = { status: 404, code: "searchjob.jobid.invalid", message: "Job ID is invalid." };

    const deleted = await startJob();
    expect((await ask(deleted, { headers: signedBy(other) })).json).toMatchObject(unknown);
    expect(await ask(deleted, { method: "DELETE" })).toMatchObject({
      status: 200,
      json: { id: deleted.slice(-16) },
    });
    expect((await ask(deleted)).json).toMatchObject(unknown);
    expect((await ask(deleted, { method: "DELETE" })).status).toBe(404);

    const silent = await startJob();
    now += 29_000;
    expect((await ask(silent)).status).toBe(200);
    now += 29_000;
    expect((await ask(`${silent}/messages?offset=0&limit=1`)).status).toBe(200);
    now += 30_000;
    expect((await ask(silent)).json).toMatchObject(unknown);

    const cookieless = await startJob();
    const Cookie = "AWSALB=any; JSESSIONID=another";
    expect((await ask(cookieless, { headers: { Cookie } })).json).toMatchObject(unknown);
    forgetCookies();
    expect((await ask(cookieless)).json).toMatchObject(unknown);
    expect(sumo.stats().jobs).toEqual({ created: 3, deleted: 1, expired: 1, left: 1, untold: 0 });
  });

  test("needs no cookies where the server asks for none", async () => {
    const { ask, start: startJob, forgetCookies } = await start({ needsCookies: false });
    const job = await startJob();
    forgetCookies();
    expect((await ask(job)).status).toBe(200);
  });
});

describe("a page", () => {
  test.for([
    ["limit=1", "searchjob.offset.missing"],
    ["offset=-1&limit=1", "searchjob.offset.negative"],
    ["offset=0", "searchjob.limit.missing"],
    ["offset=0&limit=0", "searchjob.limit.zero"],
    ["offset=0&limit=-1", "searchjob.limit.negative"],
  ] as const)("of %s is refused by its code", async ([parameters, code]) => {
    const { ask, start: startJob } = await start();
    const { status, json } = await ask(`${await startJob()}/messages?${parameters}`);
    expect({ status, code: json.code }).toEqual({ status: 400, code });
  });

  test("has its messages newest first, all values texts, keys in lower case, ids beyond any number", async () => {
    const { sumo, ask, start: startJob } = await start();
    sumo.load(messages(5));
    const page = await ask(`${await startJob()}/messages?offset=1&limit=3`);
    const maps = mapsOf(page);
    expect(numbersOf(maps)).toEqual([3, 2, 1]);
    for (const [key, value] of maps.flatMap((map) => Object.entries(map))) {
      expect([key, typeof value]).toEqual([key.toLowerCase(), "string"]);
    }
    expect(maps[0]).toMatchObject({
      _messagetime: String(START + 3 * SECOND_MS),
      _receipttime: String(START + 3 * SECOND_MS),
      _sourcecategory: "aws/cloudtrail",
    });
    const ids = maps.map(({ _messageid }) => BigInt(_messageid ?? 0));
    expect(new Set(ids.map(Number)).size, "as numbers they are one").toBe(1);
    expect(new Set(ids).size).toBe(3);
    expect(page.json.fields).toContainEqual({ name: "_messageid", fieldType: "long", keyField: false });
  });

  test("holds 10,000 rows at most, whatever is asked for", async () => {
    const { sumo, ask, start: startJob } = await start();
    sumo.load(messages(10_001));
    const job = await startJob();
    expect(mapsOf(await ask(`${job}/messages?offset=0&limit=50000`))).toHaveLength(10_000);
    expect(mapsOf(await ask(`${job}/messages?offset=10000&limit=50000`))).toHaveLength(1);
  });

  test("holds so many bytes at most, but one row however large", async () => {
    const { sumo, ask, start: startJob } = await start({ maxPageBytes: 100 });
    sumo.load([
      ...messages(10),
      { raw: "x".repeat(1000), messageTime: START + 60_000, sourceCategory: "aws/cloudtrail" },
    ]);
    const job = await startJob();
    expect(mapsOf(await ask(`${job}/messages?offset=0&limit=10`))).toHaveLength(1);
    expect(mapsOf(await ask(`${job}/messages?offset=1&limit=10`))).toHaveLength(2);
  });

  test("of the wrong kind is refused", async () => {
    const { sumo, ask, start: startJob } = await start();
    sumo.load(messages(5));
    const parameters = "offset=0&limit=10";
    expect((await ask(`${await startJob()}/records?${parameters}`)).json).toMatchObject({
      status: 400,
      code: "searchjob.no.records.not.an.aggregation.query",
    });
    const count = "_sourceCategory=aws/* | count by _sourceCategory";
    const job = await startJob({ query: count });
    expect((await ask(`${job}/messages?${parameters}`)).json).toMatchObject({
      status: 400,
      code: "searchjob.raw.messages.not.available",
    });
    const records = await ask(`${job}/records?${parameters}`);
    expect(mapsOf(records)).toEqual([{ _count: "5", _sourcecategory: "aws/cloudtrail" }]);
    expect(records.json.fields).toEqual([
      { name: "_count", fieldType: "int", keyField: false },
      { name: "_sourcecategory", fieldType: "string", keyField: true },
    ]);
    const both = await startJob({ query: count, requiresRawMessages: true });
    expect(mapsOf(await ask(`${both}/messages?${parameters}`))).toHaveLength(5);
  });
});

test("a window is half open, by the time that a message tells or that it was received", async () => {
  const { sumo, ask, start: startJob } = await start();
  sumo.load(messages(10).map((message) => ({ ...message, receiptTime: message.messageTime + 60_000 })));
  const found = async (from: number, to: number, byReceiptTime: boolean) => {
    const job = await startJob({
      from: String(START + from * SECOND_MS),
      to: String(START + to * SECOND_MS),
      byReceiptTime,
    });
    return numbersOf(mapsOf(await ask(`${job}/messages?offset=0&limit=100`)));
  };
  expect(await found(2, 5, false)).toEqual([4, 3, 2]);
  expect(await found(62, 65, true)).toEqual([4, 3, 2]);
  expect(await found(62, 65, false)).toEqual([]);
  expect(await found(5, 5, false)).toEqual([]);
});

test("a message is found only when it is searchable, whatever its receipt time says", async () => {
  let now = START;
  const { sumo, ask, start: startJob } = await start({ now: () => now });
  sumo.load(messages(1, { searchableAt: START + 5000 }));
  const early = await startJob();
  now += 5000;
  expect((await ask(early)).json.messageCount).toBe(0);
  expect((await ask(await startJob())).json.messageCount).toBe(1);
});

describe("limits", () => {
  test("more than four requests in a second of one person are refused, and counted", async () => {
    const second = { ...STAND_IN_KEY, accessId: "suSecond" };
    const { sumo, ask } = await start({ limits: {}, keys: [STAND_IN_KEY, second], retryAfterSeconds: 2 });
    const keys = [STAND_IN_KEY, second, STAND_IN_KEY, second, STAND_IN_KEY];
    const replies = [];
    for (const key of keys) replies.push(await ask("v1/search/jobs/0", { headers: signedBy(key) }));
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 429]);
    expect(replies[4]?.json).toMatchObject({ code: "rate.limit.exceeded" });
    expect(replies[4]?.headers.get("retry-after")).toBe("2");
    expect(sumo.stats()).toMatchObject({ mostInASecond: 5, mostAtATime: 1, rateLimited: 1 });
  });

  test("more than ten at a time with one key are refused, and counted", async () => {
    const { sumo, ask, start: startJob } = await start();
    const job = await startJob();
    sumo.faults({ slow: { rate: 1, ms: 600 } });
    const replies = await Promise.all(Array.from({ length: 12 }, () => ask(job)));
    expect(replies.filter(({ status }) => status === 429)).toHaveLength(2);
    expect(sumo.stats().mostAtATime).toBeGreaterThan(10);
    expect(sumo.stats().rateLimited).toBe(2);
  });

  test("more than 200 jobs are refused", async () => {
    const { create } = await start({ limits: { perSecond: Infinity, jobs: 2 } });
    const statuses = [];
    for (let job = 0; job < 3; job++) statuses.push((await create({ from: String(job) })).status);
    expect(statuses).toEqual([202, 202, 429]);
  });

  test("what is created again at once is counted", async () => {
    const { sumo, create } = await start();
    await create({ from: "1" });
    await create({ from: "2" });
    await create({ from: "1" });
    expect(sumo.stats().createsRepeated).toBe(1);
    sumo.faults({ "internal-error": { next: 1 } });
    await create({ from: "3" });
    await create({ from: "3" });
    expect(sumo.stats().createsRepeated, "of one that failed too, for it may have been done").toBe(2);
    sumo.faults({ "rate-limited": { next: 1 } });
    await create({ from: "4" });
    await create({ from: "4" });
    expect(sumo.stats().createsRepeated, "but not of one that was refused").toBe(2);
  });
});
