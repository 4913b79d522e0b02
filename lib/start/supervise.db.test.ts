import { stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { startEmbedded } from "#lib/db/embedded/server.ts";
import {
  type Barnacle,
  newDataFolder,
  type Process,
  partsOf,
  readLog,
  removeDataFolder,
  requireBuild,
  runBarnacle,
  untilGone,
} from "./testing/run-barnacle.ts";

let dataFolder: string;
const started: Barnacle[] = [];

beforeAll(requireBuild);
beforeEach(async () => {
  dataFolder = await newDataFolder();
});
afterEach(async () => {
  for (const barnacle of started.splice(0)) {
    barnacle.child.kill("SIGTERM");
    await barnacle.exit;
  }
  await removeDataFolder(dataFolder);
});

test("it says in one line where it runs, answers there, and SIGTERM stops all of it, the database last", async () => {
  const barnacle = run();
  const url = await barnacle.url();
  expect(barnacle.stdout().match(/\n/g)).toHaveLength(1);
  expect((await fetch(url)).status).toBeLessThan(500);
  const parts = partsOf(barnacle);
  expect(parts).toHaveLength(3);
  expect((await stat(path.join(dataFolder, "secret"))).mode & 0o777).toBe(0o600);

  barnacle.child.kill("SIGTERM");
  expect(await barnacle.exit).toEqual({ code: 0, signal: null });
  await untilGone(parts);
  expect(barnacle.stderr()).toBe("");
  const stopped = [
    await timeIn("worker.log", "worker stopped"),
    await timeIn("web.log", "web server stopped"),
  ];
  expect(Math.max(...stopped)).toBeLessThanOrEqual(
    await timeIn("postgres.log", "received fast shutdown request"),
  );
});

test("a demonstration with Sumo Logic runs a stand-in and has one connection to it, also when started again", async () => {
  for (const _start of [1, 2]) {
    const barnacle = run({}, ["--sumo"]);
    await barnacle.url();
    const parts = partsOf(barnacle);
    expect(parts.map(({ command }) => command)).toContainEqual(expect.stringMatching(/e2e\/sumo\/main\.ts/));
    expect(await store(barnacle, "select deployment, every_minutes from sumo_connection")).toEqual([
      { deployment: "custom", every_minutes: 1 },
    ]);
    barnacle.child.kill("SIGTERM");
    expect(await barnacle.exit).toEqual({ code: 0, signal: null });
    await untilGone(parts);
  }
});

test.for(["SIGINT", "SIGHUP"] as const)(
  "%s that comes several times stops it in good order",
  async (signal) => {
    const barnacle = run();
    await barnacle.url();
    const parts = partsOf(barnacle);
    for (const next of [signal, "SIGTERM", signal] as const) {
      barnacle.child.kill(next);
      await sleep(20);
    }
    expect(await barnacle.exit).toEqual({ code: 0, signal: null });
    await untilGone(parts);
  },
);

test("a stop that comes during the start leaves nothing running", async () => {
  const barnacle = run();
  while (partsOf(barnacle).length === 0) await sleep(20);
  const parts = partsOf(barnacle);
  barnacle.child.kill("SIGTERM");
  expect(await barnacle.exit).toEqual({ code: 0, signal: null });
  expect(barnacle.stdout()).toBe("");
  await untilGone(parts);
});

test("a second one from the same folder says so and leaves the first alone", async () => {
  const first = run();
  const url = await first.url();
  const second = run();
  expect(await second.exit).toEqual({ code: 1, signal: null });
  expect(second.stderr()).toMatch(/^Barnacle is already running from this folder.*\n$/);
  expect((await fetch(url)).status).toBeLessThan(500);
  expect(partsOf(first)).toHaveLength(3);
});

test("one that is started while another stops waits for it", async () => {
  const first = run();
  await first.url();
  first.child.kill("SIGTERM");
  const second = run();
  await second.url();
  expect(await first.exit).toEqual({ code: 0, signal: null });
});

test("after SIGKILL of the supervisor web and worker end, and the next start takes the database over", async () => {
  const first = run();
  await first.url();
  await store(first, "create table kept as select 42 as answer");
  const [database, ...others] = sortParts(partsOf(first));
  first.child.kill("SIGKILL");
  await untilGone(others);

  const second = run();
  await second.url();
  expect(partsOf(second)).toHaveLength(2);
  expect(await store(second, "select answer from kept")).toEqual([{ answer: 42 }]);
  second.child.kill("SIGTERM");
  await second.exit;
  await untilGone(database ? [database] : []);
});

test("after SIGKILL of everything the next start has the data", async () => {
  const first = run();
  await first.url();
  await store(first, "create table kept as select 42 as answer");
  const parts = partsOf(first);
  for (const { pid } of [{ pid: first.pid }, ...parts]) process.kill(pid, "SIGKILL");
  await untilGone(parts);

  const second = run();
  await second.url();
  expect(await store(second, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("web server and worker that die are started again, the web server at the same address", async () => {
  const barnacle = run();
  const url = await barnacle.url();
  const dead = sortParts(partsOf(barnacle)).slice(1);
  for (const { pid } of dead) process.kill(pid, "SIGKILL");
  await untilGone(dead);
  while (partsOf(barnacle).length < 3) await sleep(50);
  await untilAnswers(url);
  expect(barnacle.stderr()).toMatch(/The web server ended by itself \(signal SIGKILL\).*web\.log/);
  expect(barnacle.stderr()).toMatch(/The worker ended by itself/);
});

test("a database that dies is started again where its clients look for it", async () => {
  const barnacle = run();
  await barnacle.url();
  // A worker that is still starting needs the database, and is started anew without it.
  while (!(await readLog(dataFolder, "worker.log")).includes("worker started")) await sleep(50);
  const [database, ...others] = sortParts(partsOf(barnacle));
  if (!database) throw new Error("no database");
  process.kill(database.pid, "SIGKILL");
  await untilGone([database]);
  while (partsOf(barnacle).length < 3) await sleep(50);
  const [again, ...stillThere] = sortParts(partsOf(barnacle));
  expect(stillThere).toEqual(others);
  expect(portOf(again)).toBe(portOf(database));
});

test("a port that is in use is named with its variable", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.on("listening", resolve));
  const { port } = other.address() as AddressInfo;
  await refuses(
    { PORT: String(port) },
    `Port ${port} on 127.0.0.1 is in use. Stop the other program or set PORT.\n`,
  );
});

test.for([
  [
    "an unreachable database",
    { DATABASE_URL: "postgres://u:hidden@127.0.0.1:1/x" },
    /^PostgreSQL at 127.0.0.1:1 cannot be reached.*\n$/,
  ],
  ["a setting that cannot be read", { PORT: "many" }, /^The environment cannot be used. PORT: .*\n$/],
  [
    "an address that is not ours",
    { HOST: "203.0.113.1" },
    /^203.0.113.1 is not an address of this machine.*Set HOST.\n$/,
  ],
] as const)("%s is named in one sentence", async ([, variables, sentence]) => {
  await refuses(variables, sentence);
});

test("a data folder that cannot be written to is named", async () => {
  const file = path.join(dataFolder, "file");
  await writeFile(file, "");
  await refuses(
    { BARNACLE_DATA: path.join(file, "data") },
    /^The folder .*file\/data cannot be written to.*\n$/,
  );
});

test("with DATABASE_URL that server is used, and left running", async () => {
  const elsewhere = await newDataFolder();
  onTestFinished(() => removeDataFolder(elsewhere));
  const server = await startEmbedded({ dataFolder: elsewhere });
  if (!server.ok) throw new Error(server.reason.sentence);
  const barnacle = run({ DATABASE_URL: server.value.connectionString });
  await barnacle.url();
  expect(partsOf(barnacle)).toHaveLength(2);
  barnacle.child.kill("SIGTERM");
  expect(await barnacle.exit).toEqual({ code: 0, signal: null });
  expect(
    await query(server.value.connectionString, "select count(*) > 0 as is_migrated from _prisma_migrations"),
  ).toEqual([{ is_migrated: true }]);
});

function run(variables: Record<string, string> = {}, args: readonly string[] = []): Barnacle {
  const barnacle = runBarnacle(dataFolder, variables, args);
  started.push(barnacle);
  return barnacle;
}

async function refuses(variables: Record<string, string>, sentence: string | RegExp): Promise<void> {
  const barnacle = run(variables);
  expect(await barnacle.exit).toEqual({ code: 1, signal: null });
  expect(barnacle.stdout()).toBe("");
  expect(barnacle.stderr()).toMatch(sentence);
  expect(barnacle.stderr()).not.toContain("hidden");
}

/** The database first. */
function sortParts(parts: Process[]): Process[] {
  const isDatabase = (part: Process) => / -D /.test(part.command);
  return [...parts.filter(isDatabase), ...parts.filter((part) => !isDatabase(part))];
}

function portOf(database: Process | undefined): string | undefined {
  return /port=(\d+)/.exec(database?.command ?? "")?.[1];
}

/** Asks the database that a supervisor has started, as a second client of it. */
async function store(barnacle: Barnacle, sql: string): Promise<unknown[]> {
  expect(barnacle.child.exitCode).toBe(null);
  const server = await startEmbedded({ dataFolder });
  if (!server.ok) throw new Error(server.reason.sentence);
  expect(server.value.adopted).toBe(true);
  return query(server.value.connectionString, sql);
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function untilAnswers(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return;
    await sleep(50);
  }
}

/** When a log says something, in milliseconds. */
async function timeIn(name: string, words: string): Promise<number> {
  const line =
    (await readLog(dataFolder, name)).split("\n").find((candidate) => candidate.includes(words)) ?? "";
  const time = /\d{4}-\d\d-\d\d[T ][\d:.]+/.exec(line)?.[0] ?? "";
  return Date.parse(`${time.replace(" ", "T")}Z`);
}
