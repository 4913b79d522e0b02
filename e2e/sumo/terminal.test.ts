import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { STAND_IN_KEY } from "./keys.ts";
import { type Sumo, startSumo } from "./server.ts";

const START = Date.UTC(2026, 0, 31);
const RANGE = ["--from", "2026-01-31", "--to", "2026-01-31T00:10:00Z"];

let sumo: Sumo;
beforeEach(async () => {
  sumo = await startSumo({ maxMessages: 300, pollsUntilDone: 0 });
  sumo.load(
    Array.from({ length: 400 }, (_, number) => ({
      raw: JSON.stringify({ eventName: "PutImage", number }, null, 2),
      messageTime: START + number * 1000,
      sourceCategory: "aws/cloudtrail",
    })),
  );
});
afterEach(() => sumo.stop());

function start(args: readonly string[], accessKey = STAND_IN_KEY.accessKey) {
  return spawn(process.execPath, ["lib/sumo/main.ts", ...args], {
    env: { NODE_ENV: "test", PATH: "", SUMO_ACCESS_ID: STAND_IN_KEY.accessId, SUMO_ACCESS_KEY: accessKey },
  });
}

async function run(args: readonly string[], accessKey?: string) {
  const command = start(args, accessKey);
  const [out, err, [code]] = await Promise.all([
    text(command.stdout),
    text(command.stderr),
    once(command, "close"),
  ]);
  return { lines: out.split("\n").filter(Boolean), err, code: code as number };
}

test("pull prints each record once, one a line, in as many searches as it takes", async () => {
  const { lines, code } = await run(["pull", "--deployment", sumo.url, "--query", "PutImage", ...RANGE]);
  expect(code).toBe(0);
  const numbers = lines.map((line) => JSON.parse(line).number as number);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, at) => at));
  expect(sumo.stats().jobs).toMatchObject({ created: 3, left: 0 });
}, 60_000);

test("search prints what there is of a search, and is no success when Sumo holds more", async () => {
  const { lines, err, code } = await run([
    "search",
    "--deployment",
    sumo.url,
    "--query",
    "PutImage",
    ...RANGE,
  ]);
  expect(lines).toHaveLength(300);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ _sourcecategory: "aws/cloudtrail" });
  expect(code).toBe(1);
  expect(err).toContain("pull prints them all");
}, 60_000);

test("search prints the rows of a count", async () => {
  const query = "PutImage | count";
  const { lines, code } = await run([
    "search",
    "--deployment",
    sumo.url,
    "--query",
    query,
    "--records",
    ...RANGE,
  ]);
  expect(lines).toEqual(['{"_count":"400"}']);
  expect(code).toBe(0);
}, 60_000);

test("a wrong key is told in a sentence, without the key", async () => {
  const args = ["search", "--deployment", sumo.url, "--query", "PutImage", ...RANGE];
  const { lines, err, code } = await run(args, "not-the-key");
  expect(code).toBe(1);
  expect(lines).toEqual([]);
  expect(err).toContain("Sumo Logic does not accept the access key.");
  expect(err).not.toContain("not-the-key");
}, 60_000);

test("a reader that has seen enough ends it quietly, and an interrupt with its job deleted", async () => {
  const args = ["pull", "--deployment", sumo.url, "--query", "PutImage", ...RANGE];
  const left = start(args);
  left.stdout.destroy();
  const [code] = await once(left, "close");
  expect(code).toBe(0);
  const interrupted = start(args);
  await once(interrupted.stderr, "data");
  await once(interrupted.stderr, "data");
  interrupted.kill("SIGINT");
  const [interruptedCode] = await once(interrupted, "close");
  expect(interruptedCode).toBe(130);
  expect(sumo.stats().jobs.left).toBe(0);
}, 60_000);
