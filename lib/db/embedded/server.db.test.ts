import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { claimFolder } from "./claim.ts";
import { findPostmaster } from "./postmaster.ts";
import { type EmbeddedServer, startEmbedded } from "./server.ts";

const isRoot = process.getuid?.() === 0;

let dataFolder: string;
const homes = new Set<string>();

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), "barnacle embedded "));
});
afterEach(async () => {
  const left = await startEmbedded({ dataFolder });
  if (left.ok) {
    homes.add(left.value.home);
    await left.value.stop();
  }
  for (const folder of [...homes, dataFolder]) await rm(folder, { recursive: true, force: true });
  homes.clear();
});

test("what was stored is there after a stop and another start", async () => {
  const first = await start();
  expect(first.adopted).toBe(false);
  await query(first, "create table kept as select 42 as answer");
  await first.stop();
  await first.stop();
  expect(await findPostmaster(path.join(first.home, "data"))).toBe(undefined);

  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await query(second, "select answer from kept")).toEqual([{ answer: 42 }]);
});

test("it keeps text as UTF-8, checks its pages, and listens on this machine only", async () => {
  const server = await start();
  const [settings] = await query(
    server,
    `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
            current_setting('listen_addresses') as addresses, current_setting('fsync') as fsync,
            (select rolsuper from pg_roles where rolname = current_user) as is_super,
            'ä' collate "default" < 'z' collate "default" as is_linguistic`,
  );
  expect(settings).toEqual({
    encoding: "UTF8",
    checksums: "on",
    addresses: "127.0.0.1",
    fsync: "on",
    is_super: false,
    is_linguistic: false,
  });
});

test("a server whose starter was killed is taken over, and its end is noticed", async () => {
  const starter = spawnStarter("await startEmbedded({ dataFolder }); process.kill(process.pid, 'SIGKILL');");
  await once(starter, "exit");
  const adopted = await start();
  expect(adopted.adopted).toBe(true);
  const ended = new Promise<void>((resolve) => adopted.onExit(resolve));
  await adopted.stop();
  await ended;
  expect(await findPostmaster(path.join(adopted.home, "data"))).toBe(undefined);
});

test("a server that is killed is noticed, and starts again at the same port with its data", async () => {
  const first = await start();
  await query(first, "create table kept as select 1 as one");
  const ended = new Promise<void>((resolve) => first.onExit(resolve));
  process.kill(first.pid, "SIGKILL");
  await ended;

  const second = await start({ port: first.port });
  expect(second.port).toBe(first.port);
  expect(await query(second, "select one from kept")).toEqual([{ one: 1 }]);
});

test("a pid file whose number now belongs to another process does not keep it from starting", async () => {
  const first = await start();
  const pidFile = path.join(first.home, "data", "postmaster.pid");
  const noted = await readFile(pidFile, "utf8");
  await first.stop();
  await writeFile(pidFile, noted.replace(/^\d+/, String(process.pid)));
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(second.pid).not.toBe(process.pid);
});

test("a start that was killed while it made the database does no harm to the next", async () => {
  const starter = spawnStarter("await startEmbedded({ dataFolder });");
  const draft = await findDraft(starter);
  starter.kill("SIGKILL");
  await once(starter, "exit");

  const server = await start();
  expect(await query(server, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(existsSync(draft)).toBe(false);
});

test("two starts at the same time share one server", async () => {
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.pid).toBe(two.pid);
  expect([one.adopted, two.adopted].sort()).toEqual([false, true]);
});

test("a start waits for a stop that is going on", async () => {
  const first = await start();
  const [, second] = await Promise.all([first.stop(), start()]);
  expect(await query(second, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a folder that is a file is refused by name", async () => {
  const file = path.join(dataFolder, "file");
  await writeFile(file, "");
  expect(await startEmbedded({ dataFolder: file })).toMatchObject({
    reason: { kind: "folder-unwritable", sentence: expect.stringContaining(file) },
  });
});

test("a database of another major version is left alone", async () => {
  const first = await start();
  await first.stop();
  await writeFile(path.join(first.home, "data", "PG_VERSION"), "17\n");
  expect(await startEmbedded({ dataFolder })).toMatchObject({
    reason: { kind: "wrong-version", sentence: expect.stringMatching("PostgreSQL 17.*PostgreSQL 18") },
  });
});

test("when the log of a server that does not start says why, so do we", async () => {
  const first = await start();
  await first.stop();
  await writeFile(path.join(first.home, "data", "postgresql.auto.conf"), "no_such_setting = on\n");
  expect(await startEmbedded({ dataFolder })).toMatchObject({
    reason: { kind: "not-started", sentence: expect.stringContaining("no_such_setting") },
  });
  await rm(path.join(first.home, "data", "postgresql.auto.conf"));
});

test.runIf(isRoot)("a database that root has lost is not replaced by an empty one", async () => {
  const first = await start();
  await first.stop();
  await rm(first.home, { recursive: true });
  expect(await startEmbedded({ dataFolder })).toMatchObject({
    reason: { kind: "database-missing", sentence: expect.stringContaining(first.home) },
  });
});

test("of two supervisors one claims the folder, and the other hears when it will be free", async () => {
  const server = await start();
  const first = await claimFolder(server.connectionString);
  if (!first.ok) throw new Error(first.reason);
  expect(await claimFolder(server.connectionString)).toEqual({ ok: false, reason: "held" });
  await first.value.announceStop();
  expect(await claimFolder(server.connectionString)).toEqual({ ok: false, reason: "ending" });
  await server.stop();
  expect(await claimFolder(server.connectionString)).toEqual({ ok: false, reason: "ending" });
});

async function start(options: { port?: number } = {}): Promise<EmbeddedServer> {
  const started = await startEmbedded({ dataFolder, ...options });
  if (!started.ok) throw new Error(started.reason.sentence);
  homes.add(started.value.home);
  return started.value;
}

async function query(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function spawnStarter(script: string): ChildProcess {
  const prelude = `
    import { startEmbedded } from ${JSON.stringify(path.join(import.meta.dirname, "server.ts"))};
    const dataFolder = ${JSON.stringify(dataFolder)};`;
  const starter = spawn(process.execPath, ["--input-type=module", "-e", prelude + script], {
    stdio: "inherit",
  });
  onTestFinished(() => void starter.kill("SIGKILL"));
  return starter;
}

/** The unfinished folder in which a starter is making a database, once initdb works in it. */
async function findDraft(starter: ChildProcess): Promise<string> {
  for (;;) {
    expect(starter.exitCode).toBe(null);
    for (const parent of [dataFolder, "/var/lib/barnacle"]) {
      const names = await readdir(parent).catch(() => []);
      const name = names.find(
        (candidate) => candidate.includes(`.new-${starter.pid}-`) && !candidate.startsWith("server-"),
      );
      if (name && existsSync(path.join(parent, name, "data", "base"))) return path.join(parent, name);
    }
    await sleep(10);
  }
}
