import { setImmediate as breathe } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { deleteSearch, runSearch } from "./run-search.ts";
import type { SearchEnd, SearchOptions, SearchRow } from "./search.ts";
import {
  CREATED,
  done,
  JOB_ID,
  messageId,
  numbers,
  page,
  refusal,
  type Script,
  type Scripted,
  type ScriptedSumo,
  startScriptedSumo,
  status,
} from "./testing/scripted-sumo.ts";

const KEY = "a-very-secret-access-key";
const SEARCH = { query: "error", from: 1_767_225_600_000, to: 1_767_312_000_000, by: "receipt" } as const;

const servers: ScriptedSumo[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

type Run = {
  outcome: Awaited<ReturnType<typeof runSearch>>;
  server: ScriptedSumo;
  /** Numbers of the messages as they were handed on, page by page. */
  pages: SearchRow[][];
  waited: number[];
  asked: string[];
};

async function run(script: Script, options: Partial<SearchOptions> = {}): Promise<Run> {
  const server = await startScriptedSumo(script);
  servers.push(server);
  const pages: SearchRow[][] = [];
  const waited: number[] = [];
  const outcome = await runSearch(accessTo(server), SEARCH, {
    turns: { take: (send) => send() },
    signal: new AbortController().signal,
    kind: "messages",
    whenTruncated: "skip",
    onRows: async (rows) => void pages.push(rows),
    sleep: async (ms) => {
      waited.push(ms);
      await breathe();
    },
    ...options,
  });
  return { outcome, server, pages, waited, asked: server.heard.map(({ asked }) => asked) };
}

function accessTo({ apiUrl }: ScriptedSumo) {
  return { apiUrl, pathPrefix: "v1/", accessId: "suAccessId", accessKey: KEY };
}

function endOf({ outcome }: Run): SearchEnd {
  if (!outcome.ok) throw new Error(`${outcome.reason.reason}: ${outcome.reason.detail}`);
  return outcome.value;
}

function reasonOf({ outcome }: Run): string {
  return outcome.ok ? "none" : outcome.reason.reason;
}

function idsOf({ pages }: Run): (string | undefined)[] {
  return pages.flat().map((row) => row._messageid);
}

function idsFrom(from: number, to: number): string[] {
  return numbers(from, to).map(messageId);
}

describe("a search", () => {
  const script: Script = {
    status: [status("NOT STARTED"), status("GATHERING RESULTS", { messageCount: 1 }), done(3)],
    page: [page([0, 1, 2])],
  };

  test("is made, asked after, read and deleted", async () => {
    const ran = await run(script);
    expect(ran.asked).toEqual(["create", "status", "status", "status", "page", "delete"]);
    expect(endOf(ran)).toEqual({
      state: "DONE GATHERING RESULTS",
      messageCount: 3,
      recordCount: 0,
      bytesScanned: 0,
      isTruncated: false,
      rows: 3,
      warnings: [],
    });
    expect(idsOf(ran)).toEqual(idsFrom(0, 3));
  });

  test("is asked for as documented", async () => {
    const { server } = await run(script);
    const [create, ...others] = server.heard;
    expect(create?.path).toBe("/api/v1/search/jobs");
    expect(create?.headers["content-type"]).toBe("application/json");
    expect(JSON.parse(create?.body ?? "")).toEqual({
      query: "error",
      from: "1767225600000",
      to: "1767312000000",
      timeZone: "UTC",
      byReceiptTime: true,
      requiresRawMessages: true,
      autoParsingMode: "Manual",
    });
    expect(others.map(({ path }) => path)).toContain(
      `/api/v1/search/jobs/${JOB_ID}/messages?offset=0&limit=2000`,
    );
    const basic = `Basic ${Buffer.from(`suAccessId:${KEY}`).toString("base64")}`;
    expect(new Set(server.heard.map(({ headers }) => headers.authorization))).toEqual(new Set([basic]));
    expect(new Set(server.heard.map(({ headers }) => headers.accept))).toEqual(new Set(["application/json"]));
    expect(create?.headers.cookie).toBeUndefined();
    expect(new Set(others.map(({ headers }) => headers.cookie))).toEqual(
      new Set(["AWSALB=balancer; JSESSIONID=node0x"]),
    );
  });

  test("of another version is asked for at its path", async () => {
    const server = await startScriptedSumo(script);
    servers.push(server);
    await runSearch({ ...accessTo(server), pathPrefix: "v7/" }, SEARCH, {
      turns: { take: (send) => send() },
      signal: new AbortController().signal,
      kind: "messages",
      whenTruncated: "skip",
      onRows: async () => {},
      sleep: async () => {},
    });
    expect(server.heard.every(({ path }) => path.startsWith("/api/v7/search/jobs"))).toBe(true);
  });

  test("takes a turn for each request, and tells of its job before it asks after it", async () => {
    const told: string[] = [];
    let turns = 0;
    const ran = await run(script, {
      turns: {
        take: (send) => {
          turns++;
          return send();
        },
      },
      onCreated: async (id) => void told.push(`${id} after ${turns}`),
    });
    expect(turns).toBe(ran.asked.length);
    expect(told).toEqual([`${JOB_ID} after 1`]);
  });

  test("gives rows with keys in lower case and texts alone, with ids whole", async () => {
    const map = {
      _messageID: "-9223372036854773763",
      EventOp: "CreateImage",
      n: 5,
      none: null,
      list: [1, "a"],
    };
    const ran = await run({ status: [done(1)], page: [{ body: { messages: [{ map }] } }] });
    expect(ran.pages).toEqual([
      [{ _messageid: "-9223372036854773763", eventop: "CreateImage", n: "5", none: "", list: '[1,"a"]' }],
    ]);
  });

  test("of nothing asks for no page", async () => {
    const ran = await run({ status: [done(0)] });
    expect(ran.asked).toEqual(["create", "status", "delete"]);
    expect(endOf(ran).rows).toBe(0);
  });

  test("of a count reads its rows", async () => {
    const ran = await run(
      {
        status: [status("DONE GATHERING RESULTS", { messageCount: 90, recordCount: 1 })],
        page: [{ body: { records: [{ map: { _count: "90" } }] } }],
      },
      { kind: "records" },
    );
    expect(ran.pages).toEqual([[{ _count: "90" }]]);
    expect(JSON.parse(ran.server.heard[0]?.body ?? "")).toMatchObject({ requiresRawMessages: false });
    expect(ran.server.heard.some(({ path }) => path.includes("/records?offset=0&limit="))).toBe(true);
  });

  test("whose creation names its job in the header alone is followed", async () => {
    const headers = { Location: "https://api.sumologic.com/api/v1/search/jobs/750D3ABE4460BA73" };
    const ran = await run({ create: [{ status: 202, headers, body: {} }], status: [done(0)] });
    expect(ran.server.heard[1]?.path).toBe("/api/v1/search/jobs/750D3ABE4460BA73");
  });
});

describe("the end of a search", () => {
  test("is awaited through states that nobody knows, never longer than 20 s at a time", async () => {
    const states = numbers(0, 30).map((at) => status(at % 2 ? "DONE GATHERING HISTOGRAM" : "SOMETHING NEW"));
    const ran = await run({ status: [...states, done(0)] });
    expect(endOf(ran).state).toBe("DONE GATHERING RESULTS");
    expect(ran.waited).toHaveLength(31);
    expect(ran.waited[0]).toBe(1000);
    expect(Math.max(...ran.waited)).toBeLessThanOrEqual(20_000);
    expect(ran.waited[20]).toBeGreaterThan(10_000);
  });

  test.for(["CANCELLED", "CANCELED"])("is no success when it was %s", async (state) => {
    const ran = await run({ status: [status("GATHERING RESULTS"), status(state)] });
    expect(reasonOf(ran)).toBe("cancelled");
    expect(ran.asked.at(-1)).toBe("delete");
  });

  test("is a failure as soon as an error is told, even with nothing found", async () => {
    const ran = await run({
      status: [status("GATHERING RESULTS", { pendingErrors: ["Field x not found"] }), done(0)],
    });
    expect(ran.outcome).toEqual({
      ok: false,
      reason: { reason: "query-failed", detail: "Field x not found" },
    });
  });

  test("keeps the warnings of every answer, but for those about cookies", async () => {
    const slow = "Messages may have been omitted due to a regex that performs poorly.";
    const ran = await run({
      status: [
        status("GATHERING RESULTS", { pendingWarnings: [slow] }),
        done(0, { pendingWarnings: [{ a: 1 }] }),
      ],
    });
    expect(endOf(ran).warnings).toEqual([slow, '{"a":1}']);
  });

  test.for<[string, Scripted]>([
    ["it was paused", status("FORCE PAUSED", { messageCount: 3 })],
    ["it found exactly Sumo's limit", done(100_000)],
    ["a warning says so", done(3, { pendingWarnings: ["Maximum results reached: only 3 are given."] })],
  ])("is a truncated one when %s", async ([, last]) => {
    const ran = await run({ status: [last] });
    expect(endOf(ran)).toMatchObject({ isTruncated: true, rows: 0 });
    expect(ran.asked).not.toContain("page");
  });

  test("that is truncated can be read as far as it goes", async () => {
    const ran = await run(
      { status: [status("FORCE PAUSED", { messageCount: 5 })], page: [page([0, 1, 2]), page([])] },
      { whenTruncated: "read" },
    );
    expect(endOf(ran)).toMatchObject({ isTruncated: true, rows: 3, messageCount: 5 });
  });

  test("more than the limit is no truncation", async () => {
    const ran = await run({ status: [done(100_001)], page: [page([0])] }, { maxRows: 1 });
    expect(endOf(ran).isTruncated).toBe(false);
  });
});

describe("pages", () => {
  test("are asked for from where the rows that came have ended", async () => {
    const ran = await run({ status: [done(10)], page: [page([0, 1, 2]), page(numbers(3, 9)), page([9])] });
    expect(idsOf(ran)).toEqual(idsFrom(0, 10));
    expect(ran.pages).toHaveLength(3);
    const offsets = ran.server.heard.flatMap(({ path }) => /offset=(\d+)/.exec(path)?.[1] ?? []);
    expect(offsets).toEqual(["0", "3", "9"]);
  });

  test("of none before the end are asked for again", async () => {
    const ran = await run({ status: [done(2)], page: [page([]), page([]), page([0]), page([]), page([1])] });
    expect(idsOf(ran)).toEqual(idsFrom(0, 2));
  });

  test("that repeat messages hand each on once, and what is missing is found from the start", async () => {
    const ran = await run({
      status: [done(6)],
      page: [page([0, 0, 1]), page([1, 2, 3]), page([0, 1, 2]), page([3, 4, 5])],
    });
    expect(idsOf(ran)).toEqual(idsFrom(0, 6));
    expect(endOf(ran).rows).toBe(6);
  });

  test("that never give all that was counted are no success", async () => {
    const ran = await run({ status: [done(3)], page: [page([0, 1, 1])] });
    expect(ran.outcome).toEqual({ ok: false, reason: { reason: "incomplete", detail: "2 of 3 counted" } });
    expect(ran.asked.filter((asked) => asked === "page").length).toBeGreaterThan(1);
    expect(ran.asked.at(-1)).toBe("delete");
  });

  test("grow when rows are small, shrink when they are large, and never exceed Sumo's limit", async () => {
    const large = { body: { messages: [{ map: { _messageid: "x", _raw: "x".repeat(200_000) } }] } };
    const ran = await run({
      status: [done(5000)],
      page: [page(numbers(0, 2000)), large, page(numbers(2000, 4999))],
    });
    const limits = ran.server.heard.flatMap(({ path }) => /limit=(\d+)/.exec(path)?.[1] ?? []).map(Number);
    expect(limits[0]).toBe(2000);
    expect(limits[1]).toBe(10_000);
    expect(limits[2]).toBeGreaterThan(50);
    expect(limits[2]).toBeLessThan(100);
    expect(endOf(ran).rows).toBe(5000);
  });

  test("end when enough was read", async () => {
    const ran = await run({ status: [done(5000)], page: [page(numbers(0, 50))] }, { maxRows: 50 });
    expect(endOf(ran).rows).toBe(50);
    expect(
      ran.server.heard.filter(({ asked }) => asked === "page").map(({ path }) => path.split("?")[1]),
    ).toEqual(["offset=0&limit=50"]);
  });

  test("are not asked for before the last one is done with, and meanwhile the job is kept alive", async () => {
    let isWriting = false;
    const ran = await run(
      { status: [done(2)], page: [page([0]), page([1])] },
      {
        onRows: async () => {
          expect(isWriting).toBe(false);
          isWriting = true;
          for (let turn = 0; turn < 60; turn++) await breathe();
          isWriting = false;
        },
      },
    );
    expect(endOf(ran).rows).toBe(2);
    const between = ran.asked.slice(ran.asked.indexOf("page") + 1, ran.asked.lastIndexOf("page"));
    expect(between).toContain("status");
    expect(ran.waited).toContain(15_000);
  });
});

describe("what went wrong on the way", () => {
  const result: Script = { status: [done(1)], page: [page([0])] };

  test.for<[string, Scripted]>([
    ["500", refusal(500, "internal.error")],
    ["503", refusal(503, "service.unavailable")],
    ["a connection that ends", "dropped"],
    ["half an answer", { body: { id: JOB_ID, link: "x".repeat(500) }, status: 202, isHalf: true }],
    ["a page for people", { body: "<h1>Sign in</h1>" }],
  ])("a creation is not tried twice after %s", async ([, answer]) => {
    const ran = await run({ ...result, create: [answer, CREATED] });
    expect(ran.outcome.ok).toBe(false);
    expect(ran.asked).toEqual(["create"]);
  });

  test("a creation is tried again when too much was asked, after as long as Sumo says", async () => {
    const limited = refusal(429, "rate.limit.exceeded", { "Retry-After": "7" });
    const ran = await run({ ...result, create: [limited, limited, CREATED] });
    expect(endOf(ran).rows).toBe(1);
    expect(ran.waited[0]).toBeGreaterThanOrEqual(7000);
    expect(ran.waited[0]).toBeLessThan(8000);
  });

  test("waits grow, differ, and end", async () => {
    const ran = await run({ ...result, create: [refusal(429, "rate.limit.exceeded")] });
    expect(reasonOf(ran)).toBe("rate-limited");
    expect(ran.asked).toHaveLength(9);
    expect(ran.waited).toEqual(ran.waited.toSorted((a, b) => a - b));
    expect(Math.max(...ran.waited)).toBeLessThanOrEqual(60_000);
    expect(ran.waited.every((ms) => Number.isInteger(ms))).toBe(false);
  });

  test("a wait that Sumo asks for does not let a job die", async () => {
    const limited = refusal(429, "rate.limit.exceeded", { "Retry-After": "3600" });
    const ran = await run({ status: [limited, done(0)] });
    expect(endOf(ran).rows).toBe(0);
    expect(Math.max(...ran.waited)).toBeLessThanOrEqual(20_000);
  });

  test.for<[string, Scripted]>([
    ["500", refusal(500, "internal.error")],
    ["503", refusal(503, "service.unavailable")],
    ["429", refusal(429, "rate.limit.exceeded")],
    ["a connection that ends", "dropped"],
    ["half an answer", { body: { messages: "x".repeat(500) }, isHalf: true }],
    ["a page for people", { body: "<h1>Sign in</h1>" }],
    ["401 of a key that was good", refusal(401, "unauthorized")],
  ])("a page is asked for again after %s", async ([, answer]) => {
    const ran = await run({ status: [done(1)], page: [answer, answer, page([0])] });
    expect(idsOf(ran)).toEqual(idsFrom(0, 1));
  });

  test("a deletion that fails hides nothing", async () => {
    const ran = await run({ ...result, delete: [refusal(500, "internal.error")] });
    expect(endOf(ran).rows).toBe(1);
    expect(ran.asked.filter((asked) => asked === "delete").length).toBeGreaterThan(1);
  });

  test("a deletion that is answered with nothing is one", async () => {
    const ran = await run({ ...result, delete: [{ status: 204, body: "" }] });
    expect(ran.asked.filter((asked) => asked === "delete")).toHaveLength(1);
  });

  test("a job that is not known yet is asked after again", async () => {
    const unknown = refusal(404, "searchjob.jobid.invalid");
    expect(endOf(await run({ ...result, status: [unknown, unknown, done(1)] })).rows).toBe(1);
  });

  test("a job that stays unknown is lost", async () => {
    expect(reasonOf(await run({ status: [refusal(404, "searchjob.jobid.invalid")] }))).toBe("job-lost");
  });

  test("a job that was known is lost at once", async () => {
    const ran = await run({ status: [status("GATHERING RESULTS"), refusal(404, "searchjob.jobid.invalid")] });
    expect(reasonOf(ran)).toBe("job-lost");
    expect(ran.asked.filter((asked) => asked === "status")).toHaveLength(2);
  });

  test("a lost answer about a job may have held a warning: nobody can say that the search was whole", async () => {
    const ran = await run({ ...result, status: ["dropped", done(1)] });
    expect(reasonOf(ran)).toBe("answer-lost");
    expect(endOf(await run({ ...result, status: [refusal(500, "internal.error"), done(1)] })).rows).toBe(1);
  });

  test("a key that is wrong from the start is tried once more only", async () => {
    const ran = await run({ create: [refusal(401, "unauthorized")] });
    expect(reasonOf(ran)).toBe("unauthorized");
    expect(ran.asked).toEqual(["create", "create"]);
  });

  test("a redirection is not followed, and names the deployment", async () => {
    const moved = refusal(301, "moved", { Location: "https://api.eu.sumologic.com/api/v1/search/jobs" });
    const ran = await run({ create: [moved] });
    expect(ran.asked).toEqual(["create"]);
    expect(ran.outcome).toMatchObject({ ok: false, reason: { reason: "moved" } });
    expect(ran.outcome.ok || ran.outcome.reason.detail).toContain("the deployment is eu");
  });

  test("an answer without what it has to have is told", async () => {
    expect(reasonOf(await run({ create: [{ status: 202, body: [] }] }))).toBe("bad-answer");
    expect(reasonOf(await run({ status: [{ body: { messageCount: 1 } }] }))).toBe("bad-answer");
    expect(reasonOf(await run({ status: [done(1)], page: [{ body: { rows: [] } }] }))).toBe("bad-answer");
  });

  test("the key is in nothing that is told, even when the answer repeats it", async () => {
    const basic = Buffer.from(`suAccessId:${KEY}`).toString("base64");
    const echo = { status: 400, body: { code: "generic", message: `You sent ${KEY} as Basic ${basic}.` } };
    const ran = await run({ create: [echo] });
    expect(JSON.stringify(ran.outcome)).toContain("You sent … as Basic ….");
  });

  test("nobody there is told as such", async () => {
    const server = await startScriptedSumo({});
    await server.stop();
    const outcome = await runSearch(accessTo(server), SEARCH, {
      turns: { take: (send) => send() },
      signal: new AbortController().signal,
      kind: "messages",
      whenTruncated: "skip",
      onRows: async () => {},
    });
    expect(outcome).toMatchObject({ ok: false, reason: { reason: "unreachable" } });
    expect(outcome.ok || outcome.reason.detail).toContain("ECONNREFUSED");
  });
});

describe("a search that is stopped", () => {
  test.for(["while it runs", "while it is made", "while it is read"])("%s leaves no job", async (when) => {
    const stop = new AbortController();
    const ran = await run(
      { status: [when === "while it runs" ? status("GATHERING RESULTS") : done(2)], page: [page([0])] },
      {
        signal: stop.signal,
        turns: {
          take: async (send) => {
            const sent = send();
            if (when === "while it is made") stop.abort();
            return await sent;
          },
        },
        onRows: async () => stop.abort(),
        onProgress: () => when === "while it runs" && stop.abort(),
      },
    );
    expect(reasonOf(ran)).toBe("stopped");
    expect(ran.asked.at(-1)).toBe("delete");
  });

  test("by whoever reads its rows throws what they threw, and leaves no job", async () => {
    const server = await startScriptedSumo({ status: [done(1)], page: [page([0])] });
    servers.push(server);
    const running = runSearch(accessTo(server), SEARCH, {
      turns: { take: (send) => send() },
      signal: new AbortController().signal,
      kind: "messages",
      whenTruncated: "skip",
      onRows: () => Promise.reject(new Error("no space left")),
      sleep: async () => void (await breathe()),
    });
    await expect(running).rejects.toThrow("no space left");
    expect(server.heard.at(-1)?.asked).toBe("delete");
  });

  test("before it began asks nothing", async () => {
    const ran = await run({}, { signal: AbortSignal.abort() });
    expect(reasonOf(ran)).toBe("stopped");
    expect(ran.asked).toEqual([]);
  });
});

test.for<[string, Scripted, boolean]>([
  ["is there", { body: { id: JOB_ID } }, true],
  ["is gone", refusal(404, "searchjob.jobid.invalid"), true],
  ["nobody may delete", refusal(403, "forbidden"), false],
])("a job that somebody left and that %s", async ([, answer, isDeleted]) => {
  const server = await startScriptedSumo({ delete: [answer] });
  servers.push(server);
  const outcome = await deleteSearch(accessTo(server), "A/B", {
    turns: { take: (send) => send() },
    signal: new AbortController().signal,
  });
  expect(outcome.ok).toBe(isDeleted);
  expect(server.heard.map(({ path }) => path)).toEqual(["/api/v1/search/jobs/A%2FB"]);
});
