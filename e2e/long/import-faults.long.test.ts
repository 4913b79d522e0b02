import { createWriteStream } from "node:fs";
import { link, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeDatabase, connectTo, pool } from "#lib/db/client.ts";
import { type EmbeddedServer, startEmbedded } from "#lib/db/embedded/server.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { migrate } from "#lib/db/migrate.ts";
import { Random } from "#lib/emulation/random.ts";
import { env } from "#lib/env.ts";
import { createImport } from "#lib/ingest/commands.ts";
import { sumStore } from "#lib/ingest/testing/store.ts";
import { ensureUploadsFolder, uploadPath } from "#lib/ingest/uploads.ts";
import { Worker } from "../sumo/worker.ts";

/** Runs before anything reads the environment: server and workers have a folder of their own. */
await vi.hoisted(async () => {
  const { ownDataFolder } = await import("../sumo/worker.ts");
  vi.stubEnv("BARNACLE_DATA", ownDataFolder());
});

const RECORDS = 200_000;
const REPEATED = 500;
const BROKEN = 40;
const KILLS = 20;
const FILE = "faults.jsonl";

let server: EmbeddedServer;

async function startServer(): Promise<void> {
  const started = await startEmbedded({
    dataFolder: env().dataFolder,
    ...(server && { port: server.port }),
  });
  if (!started.ok) throw new Error(started.reason.sentence);
  server = started.value;
}

beforeAll(async () => {
  await startServer();
  await ensureUploadsFolder();
  await pipeline(lines(), createWriteStream(uploadPath(FILE)));
});
afterAll(async () => {
  await server.stop();
  for (const folder of [server.home, env().dataFolder]) await rm(folder, { recursive: true, force: true });
});

/** Two in a hundred touch images; some come twice, and some are broken. */
function* lines(): Generator<string> {
  for (let at = 0; at < RECORDS; at++) {
    yield `${JSON.stringify(record(at))}\n`;
    if (at % (RECORDS / REPEATED) === 0) yield `${JSON.stringify(record(Math.floor(at / 2)))}\n`;
    if (at % (RECORDS / BROKEN) === 0) yield `{"eventID":"broken-${at}",\n`;
  }
}

function record(at: number): object {
  const isImage = at % 50 === 0;
  return {
    eventTime: new Date(Date.UTC(2026, 2, 1) + (at % 700) * 3_600_000).toISOString().replace(".000", ""),
    eventSource: "ec2.amazonaws.com",
    eventName: isImage ? "CreateImage" : "DescribeImages",
    awsRegion: "eu-west-1",
    sourceIPAddress: `198.51.100.${at % 20}`,
    eventID: `event-${at}`,
    recipientAccountId: "111122223333",
    userIdentity: {
      type: "IAMUser",
      arn: `arn:aws:iam::111122223333:user/u${at % 90}`,
      userName: `u${at % 90}`,
    },
    responseElements: isImage ? { imageId: `ami-${at % 300}` } : null,
  };
}

/** Reads the file in a database of its own, while `disturb` does as it likes. Gives all that came of it. */
async function importInto(name: string, disturb: (kept: KeptWorker) => Promise<void>): Promise<object> {
  const url = new URL(server.connectionString);
  url.pathname = `/${name}`;
  const migrated = await migrate(url.href);
  if (!migrated.ok) throw new Error(migrated.reason.sentence);
  vi.stubEnv("DATABASE_URL", url.href);
  connectTo({ connectionString: url.href });
  const storedAs = `${name}.jsonl`;
  await link(uploadPath(FILE), uploadPath(storedAs));
  await createImport({
    kind: "upload",
    name: FILE,
    storedAs,
    byteSize: 1,
    takenAs: "auto",
    createdBy: null,
  });
  const kept = new KeptWorker();
  try {
    await disturb(kept);
    while (!(await standing()).hasEnded) {
      kept.look();
      await sleep(100);
    }
    const counters = await pool().query(
      `select state, failure, position, new_count, duplicate_count, rejected_count, detection_count,
         (select sum(record_count) from raw_block) as raw_records, (select count(*) from rejected_record) as rejected
       from import`,
    );
    return { import: counters.rows, ...(await sumStore()) };
  } finally {
    await kept.worker.kill("SIGTERM");
    await stopSender();
    await closeDatabase();
  }
}

/** A worker that is started again when it ends by itself, as the supervisor does: where it finds no database, say. */
class KeptWorker {
  worker = new Worker();

  look(): void {
    if (!this.worker.lives) this.worker = new Worker();
  }
}

async function standing(): Promise<{ position: number; hasEnded: boolean }> {
  const sql = "select position, state from import";
  // A connection that the last kill ended says so now; the next one is whole.
  const { rows } = await pool()
    .query<{ position: string; state: string }>(sql)
    .catch(() => pool().query<{ position: string; state: string }>(sql));
  const { position = "0", state = "" } = rows[0] ?? {};
  return { position: Number(position), hasEnded: state !== "queued" && state !== "running" };
}

/** Waits for a record to be stored; nothing may have ended before. */
async function untilStored(position: number, kept: KeptWorker): Promise<void> {
  for (;;) {
    kept.look();
    const now = await standing();
    if (now.hasEnded) throw new Error(`The import ended before record ${position} was waited for.`);
    if (now.position >= position) return;
    await sleep(20);
  }
}

test(`an import of ${RECORDS} records ends with exactly these, though worker and database are killed ${KILLS} times`, async () => {
  const seed = env().testSeed ?? Date.now() % 2 ** 31;
  const random = new Random(seed);
  console.log(`The kills are those of TEST_SEED=${seed}.`);
  const undisturbed = await importInto("undisturbed", async () => {});

  const points = Array.from({ length: KILLS }, () => random.below(RECORDS * 0.97)).sort((a, b) => a - b);
  let kills = 0;
  const disturbed = await importInto("disturbed", async (kept) => {
    for (const point of points) {
      await untilStored(point, kept);
      await sleep(random.below(300));
      const victim = random.pick(["worker", "database", "both"]);
      if (victim !== "worker") process.kill(server.pid, "SIGKILL");
      if (victim !== "database") await kept.worker.kill("SIGKILL");
      if (victim !== "worker") await startServer();
      kept.look();
      kills++;
    }
  });
  expect(kills).toBe(KILLS);
  expect(undisturbed).toMatchObject({
    import: [
      {
        state: "done",
        new_count: String(RECORDS),
        duplicate_count: String(REPEATED),
        rejected_count: String(BROKEN),
        raw_records: String(RECORDS + BROKEN),
      },
    ],
    event: { rows: String(RECORDS) },
  });
  expect(disturbed).toEqual(undisturbed);
});
