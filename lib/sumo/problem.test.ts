import { describe, expect, test } from "vitest";
import { DEPLOYMENT_CODES, DEPLOYMENTS } from "./deployment.ts";
import { isSumoProblemReason, SUMO_PROBLEMS, type SumoProblemReason } from "./problem.ts";
import { type Asked, sumoProblemOf } from "./refusal.ts";

const reasons = Object.keys(SUMO_PROBLEMS) as SumoProblemReason[];

describe("every problem is told to people", () => {
  test("all of them were looked at", () => {
    expect(reasons.length).toBeGreaterThan(30);
  });

  test.for(reasons)("%s has a sentence and something to do", (reason) => {
    const { about, sentence, todo } = SUMO_PROBLEMS[reason];
    expect(["connection", "query", "window"]).toContain(about);
    expect(sentence).toMatch(/^[A-Z].{15,}\.$/);
    expect(todo).toMatch(/^[A-Z].+\.$/);
    expect(`${sentence} ${todo}`).not.toMatch(/undefined|null|\bTODO\b/);
  });

  test("no two have the same sentence", () => {
    expect(new Set(reasons.map((reason) => SUMO_PROBLEMS[reason].sentence)).size).toBe(reasons.length);
  });

  test("a reason of another version is not taken for one of ours", () => {
    expect(isSumoProblemReason("unreachable")).toBe(true);
    expect(isSumoProblemReason("toString")).toBe(false);
  });
});

/** All rows of the tables of Sumo's documents, and the two codes that were seen live only. */
const ROWS: readonly [status: number, code: string, asked: Asked, reason: SumoProblemReason][] = [
  [301, "moved", "create", "moved"],
  [400, "generic", "create", "bad-request"],
  [400, "invalid.timestamp.to", "create", "bad-to"],
  [400, "invalid.timestamp.from", "create", "bad-from"],
  [400, "to.smaller.than.from", "create", "to-before-from"],
  [400, "unknown.timezone", "create", "bad-zone"],
  [400, "empty.timezone", "create", "bad-zone"],
  [400, "no.query", "create", "no-query"],
  [400, "unknown.time.type", "create", "bad-time-kind"],
  [400, "parse.error", "create", "query-unreadable"],
  [400, "query.creation.error", "create", "query-unreadable"],
  [400, "jobid.invalid", "page", "job-lost"],
  [400, "offset.missing", "page", "bad-page"],
  [400, "offset.negative", "page", "bad-page"],
  [400, "limit.missing", "page", "bad-page"],
  [400, "limit.zero", "page", "bad-page"],
  [400, "limit.negative", "page", "bad-page"],
  [400, "no.records.not.an.aggregation.query", "page", "not-counting"],
  [400, "raw.messages.not.available", "page", "query-counts"],
  [401, "unauthorized", "create", "unauthorized"],
  [403, "forbidden", "create", "forbidden"],
  [404, "jobid.invalid", "status", "job-lost"],
  [404, "notfound", "status", "job-lost"],
  [404, "notfound", "create", "not-found"],
  [405, "method.unsupported", "create", "method-unsupported"],
  [415, "contenttype.invalid", "create", "content-type"],
  [429, "rate.limit.exceeded", "create", "rate-limited"],
  [500, "internal.error", "status", "internal-error"],
  [503, "service.unavailable", "status", "unavailable"],
];

describe("what Sumo answers is told by its reason", () => {
  const message = "What Sumo says.";
  test.for(ROWS)("%s %s of %s is %s", ([status, code, asked, reason]) => {
    const forms = [
      { status, id: "IUUQI-DGH5I-TJ045", code, message },
      { status, id: "IUUQI-DGH5I-TJ045", code: `searchjob.${code}`, message },
      { id: "IUUQI-DGH5I-TJ045", errors: [{ code: `searchjob.${code}`, message, meta: {} }] },
    ];
    for (const form of forms) {
      const problem = sumoProblemOf({ status, location: null, body: JSON.stringify(form) }, asked);
      // A code that says it has moved needs no address.
      expect(problem.reason).toBe(reason);
      expect(problem.detail).toContain(`HTTP ${status}`);
      expect(problem.detail).toContain(message);
    }
  });

  test.for([
    [400, "bad-request"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "not-found"],
    [405, "method-unsupported"],
    [409, "refused"],
    [415, "content-type"],
    [429, "rate-limited"],
    [500, "internal-error"],
    [502, "internal-error"],
    [503, "unavailable"],
    [200, "not-json"],
  ] as const)("a page for people with %s is %s", ([status, reason]) => {
    const problem = sumoProblemOf({ status, location: null, body: "<h1>Bad gateway</h1>" }, "page");
    expect(problem).toEqual({ reason, detail: `HTTP ${status}` });
  });

  test("500 of a job that is not known is a lost job", () => {
    const body = JSON.stringify({ status: 500, code: "internal.error", message: "Job ID is invalid." });
    expect(sumoProblemOf({ status: 500, location: null, body }, "status").reason).toBe("job-lost");
  });

  test("a code that no document gives is told by its status, and kept", () => {
    const body = JSON.stringify({ status: 403, code: "constructor", message: "No." });
    const problem = sumoProblemOf({ status: 403, location: null, body }, "create");
    expect(problem).toEqual({ reason: "forbidden", detail: "HTTP 403 constructor: No." });
  });

  test("what a server says is told in one line, and not at length", () => {
    const body = JSON.stringify({ code: "x", message: `one\ntwo\u0000${"y".repeat(9000)}` });
    const { detail } = sumoProblemOf({ status: 400, location: null, body }, "create");
    expect(detail).toMatch(/^HTTP 400 x: one two y+…$/);
    expect(detail.length).toBeLessThan(600);
  });
});

describe("a redirection names where to", () => {
  test.for(DEPLOYMENT_CODES)("%s", (code) => {
    const location = `${DEPLOYMENTS[code].apiUrl}v1/search/jobs`;
    const problem = sumoProblemOf({ status: 301, location, body: "" }, "create");
    expect(problem.reason).toBe("moved");
    expect(problem.detail).toContain(`the deployment is ${code}`);
  });

  test("elsewhere is no deployment", () => {
    const problem = sumoProblemOf(
      { status: 302, location: "https://login.example/", body: "<html>" },
      "status",
    );
    expect(problem).toEqual({ reason: "redirected", detail: "HTTP 302, to https://login.example/" });
  });
});
