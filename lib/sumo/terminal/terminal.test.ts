import { PassThrough, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { failure, success } from "#lib/outcome.ts";
import type { Search } from "../client/search.ts";
import { readAsked, WrongUse } from "./asked.ts";
import { Output } from "./output.ts";
import { pullRange, rawLine } from "./pull.ts";

const DAY = ["--from", "2026-01-31", "--to", "2026-02-01"];

describe("what a person typed", () => {
  test("is read", () => {
    expect(readAsked(["search", "--deployment", "eu", "--query", " error ", ...DAY])).toEqual({
      command: "search",
      where: { apiUrl: "https://api.eu.sumologic.com/api/" },
      query: "error",
      from: Date.UTC(2026, 0, 31),
      to: Date.UTC(2026, 1, 1),
      by: "message",
      kind: "messages",
    });
    const times = ["--from", "2026-01-31T08:00:00+01:00", "--to", "2026-01-31T08:00:00.5Z"];
    expect(readAsked(["pull", "--connection", "Production", "--by", "receipt", ...times])).toMatchObject({
      where: { connection: "Production" },
      query: undefined,
      from: Date.UTC(2026, 0, 31, 7),
      to: Date.UTC(2026, 0, 31, 8, 0, 0, 500),
      by: "receipt",
    });
  });

  test.for([
    ["https://sumo-proxy.example/api", "https://sumo-proxy.example/api/"],
    ["http://127.0.0.1:4010/api/", "http://127.0.0.1:4010/api/"],
  ] as const)("may be an address: %s", ([given, apiUrl]) => {
    expect(readAsked(["pull", "--deployment", given, "--query", "x", ...DAY]).where).toEqual({ apiUrl });
  });

  const where = ["--deployment", "eu", "--query", "x"];
  test.for<[string, string[], string]>([
    ["nothing", [], "search or pull"],
    ["two commands", ["search", "pull", ...where, ...DAY], "search or pull"],
    ["an option that does not exist", ["search", "--all"], "--all"],
    ["no place", ["search", "--query", "x", ...DAY], "--connection or --deployment"],
    ["two places", ["search", "--connection", "x", ...where, ...DAY], "not both"],
    [
      "a deployment that does not exist",
      ["pull", "--deployment", "mars", "--query", "x", ...DAY],
      "no deployment mars",
    ],
    [
      "a key in the clear",
      ["pull", "--deployment", "http://sumo.example/api/", "--query", "x", ...DAY],
      "encryption",
    ],
    ["no query", ["search", "--connection", "x", ...DAY], "--query"],
    ["a pull of nothing", ["pull", "--deployment", "eu", ...DAY], "--query"],
    ["rows of a pull", ["pull", ...where, "--records", ...DAY], "--records"],
    ["a kind of time", ["pull", ...where, "--by", "now", ...DAY], "message or receipt"],
    ["a relative time", ["pull", ...where, "--from", "-1h", "--to", "2026-01-31"], "--from"],
    [
      "a time without a zone",
      ["pull", ...where, "--from", "2026-01-31T08:00:00", "--to", "2026-02-01"],
      "--from",
    ],
    ["a day that does not exist", ["pull", ...where, "--from", "2026-02-30", "--to", "2026-03-01"], "--from"],
    ["no end", ["pull", ...where, "--from", "2026-01-31"], "--to"],
    ["an end before the start", ["pull", ...where, "--from", "2026-02-01", "--to", "2026-01-31"], "after"],
  ])("is not taken: %s", ([, args, why]) => {
    expect(() => readAsked(args)).toThrow(WrongUse);
    expect(() => readAsked(args)).toThrow(why);
  });
});

describe("a pull", () => {
  const search: Search = { query: "x", from: 0, to: 8000, by: "message" };
  const end = { state: "DONE", recordCount: 0, bytesScanned: 0, warnings: [] };

  /** Of messages at given times Sumo gives so many for one search. */
  function sumoWith(times: readonly number[], most: number) {
    const read: number[] = [];
    const run: Parameters<typeof pullRange>[1] = async ({ from, to }, whenTruncated) => {
      const found = times.filter((time) => time >= from && time < to);
      const isTruncated = found.length > most;
      const given = isTruncated && whenTruncated === "skip" ? [] : found.slice(0, most);
      read.push(...given);
      return success({ ...end, messageCount: found.length, rows: given.length, isTruncated });
    };
    return { read, run };
  }

  test("halves what is cut short until it is whole, the newer first", async () => {
    const { read, run } = sumoWith([0, 1000, 2000, 3000, 4000, 5000, 6000, 7999], 2);
    const pulled = await pullRange(search, run);
    expect(pulled).toEqual({ ok: true, value: { messages: 8, searches: 7, cutShort: [] } });
    expect(read).toEqual([6000, 7999, 4000, 5000, 2000, 3000, 0, 1000]);
  });

  test("reads a second as far as it goes, and says so", async () => {
    const { read, run } = sumoWith([5000, 5100, 5200, 7000], 2);
    const pulled = await pullRange(search, run);
    expect(pulled).toMatchObject({ ok: true, value: { messages: 3, cutShort: [{ from: 5000, to: 6000 }] } });
    expect(read).toEqual([7000, 5000, 5100]);
  });

  test("ends at a problem", async () => {
    const problem = { reason: "forbidden", detail: "" } as const;
    expect(await pullRange(search, async () => failure(problem))).toEqual(failure(problem));
  });

  test("prints a record in one line, with its spaces within texts", () => {
    expect(rawLine({ _raw: '{\n  "a": "b  c",\r\n  "n": 12345678901234567890\n}\n' })).toBe(
      '{ "a": "b  c", "n": 12345678901234567890 }',
    );
    expect(rawLine({ _count: "1" })).toBeUndefined();
  });
});

describe("what is printed", () => {
  test("waits for its reader", async () => {
    const stream = new PassThrough({ highWaterMark: 4 });
    const printed = new Output(stream, () => {}).print(["one", "two"]);
    let isDone = false;
    void printed.then(() => {
      isDone = true;
    });
    await Promise.resolve();
    expect(isDone).toBe(false);
    expect(String(stream.read())).toBe("one\ntwo\n");
    await printed;
  });

  function failing(code: string): Writable {
    return new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    });
  }

  test("ends quietly when its reader has left", async () => {
    let stops = 0;
    const output = new Output(failing("EPIPE"), () => stops++);
    await output.print(["one"]);
    await output.print(["two"]);
    expect(output.isLeft).toBe(true);
    expect(stops).toBe(1);
  });

  test("says when it cannot be written", async () => {
    await expect(new Output(failing("ENOSPC"), () => {}).print(["one"])).rejects.toThrow("ENOSPC");
  });
});
