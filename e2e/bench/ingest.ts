import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, link, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { z } from "zod";
import { db, inTransaction, pool } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { createImport } from "#lib/ingest/commands.ts";
import { ensureUploadsFolder, uploadPath } from "#lib/ingest/uploads.ts";
import { type Bench, type Report, ratioFigure, timed } from "./figure.ts";
import { onSite } from "./site.ts";
import { TRAIL_RECORDS, writeTrail } from "./trail.ts";

/** What an import writes of its records, beside the records themselves. */
const TABLES = [
  ...["event", "event_image", "image", "actor", "detection", "alert", "actor_network", "network"],
  ...["log_history", "registry_login", "guard_lowered", "actor_day", "actor_first", "actor_tally"],
  ...["alert_day", "alert_year", "feed_hour", "image_work", "refused_call"],
];

const DELIVERY = { kind: "upload", name: "trail", takenAs: "auto", createdBy: null } as const;
const QUEUE = "/alerts";
const MOST_MEMORY = 512;
const resultSchema = z.object({ ms: z.number(), cpuMs: z.number(), bytes: z.number() });
const run = promisify(execFile);

/**
 * One import, as the worker reads it, against the least that it can take: to parse the same records, and to copy the rows
 * that came of them into the same tables with their indexes.
 */
export const benchIngest: Bench = async (report, { connectionString, scale }) => {
  const folder = await mkdtemp(path.join(tmpdir(), "barnacle-bench-"));
  try {
    const records = Math.round(TRAIL_RECORDS * scale);
    await ensureUploadsFolder();
    const storedAs = randomUUID();
    const file = uploadPath(storedAs);
    await writeTrail(file, records, "lines");
    const byteSize = (await stat(file)).size;
    const parsed = await timed(() => parseAll(file));

    const again = uploadPath(randomUUID());
    await link(file, again);
    const { ms, cpuMs, bytes } = await importAlone(connectionString, storedAs, byteSize);
    await check(records);
    const raw = await storedRaw();

    const copied = await copyBack(folder);
    report(
      ratioFigure(`import of ${records} records`, "ms", {
        value: ms,
        reference: { name: "parsing them and copying their rows", value: parsed + copied },
        bar: 1.5,
      }),
    );
    report({ name: "parsing them alone", value: parsed, unit: "ms" });
    report({ name: "copying their rows alone", value: copied, unit: "ms" });
    report({ name: "events imported in a second", value: (records / ms) * 1000, unit: "events/s" });
    // On a machine that is busy with other things this tells more than the time.
    report({
      name: "processor time of the worker for a record",
      value: (cpuMs / records) * 1000,
      unit: "µs",
    });
    const memory = bytes / 1024 ** 2;
    report({
      name: "memory of the worker at most",
      value: memory,
      unit: "MB",
      bar: MOST_MEMORY,
      ok: memory <= MOST_MEMORY,
    });
    report(
      ratioFigure("original records as they are stored", "bytes", {
        value: raw,
        reference: { name: "their bytes", value: byteSize },
        bar: 1 / 6,
      }),
    );
    await pool().query(`truncate ${TABLES.join(", ")} cascade`);
    await measurePages(report, connectionString, again);
    await rm(again, { force: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Reads a file that lies where uploads do in a process of its own. The file is gone afterwards. */
async function importAlone(connectionString: string, storedAs: string, byteSize: number) {
  const id = await createImport({ ...DELIVERY, storedAs, byteSize });
  const { dataFolder: BARNACLE_DATA } = env();
  // biome-ignore lint/style/noProcessEnv: it is to have the same, but for the database.
  const setting = { ...process.env, DATABASE_URL: connectionString, BARNACLE_DATA };
  const { stdout } = await run(process.execPath, ["e2e/bench/import-alone.ts", id], { env: setting });
  return resultSchema.parse(JSON.parse(stdout));
}

/** What people at their queue notice while the worker reads a file. */
async function measurePages(report: Report, connectionString: string, file: string): Promise<void> {
  await onSite(connectionString, async (site) => {
    const storedAs = path.basename(file);
    const uploads = path.join(site.dataFolder, "uploads");
    await mkdir(uploads, { recursive: true });
    await copyFile(file, path.join(uploads, storedAs));
    const id = await createImport({ ...DELIVERY, storedAs, byteSize: (await stat(file)).size });
    const value = await site.p95Until(QUEUE, isRead(id));
    const idle = { name: "when none does", value: await site.p95(QUEUE) };
    const name = "page of the queue while an import runs, p95";
    report({ name, value, unit: "ms", reference: idle, ratio: value / idle.value });
  });
}

async function isRead(id: string): Promise<void> {
  for (;;) {
    const { state } = await db().import.findUniqueOrThrow({ where: { id } });
    if (state === "done") return;
    if (state === "failed") throw new Error("The import failed.");
    await sleep(100);
  }
}

async function parseAll(file: string): Promise<void> {
  for await (const line of createInterface({ input: createReadStream(file) })) JSON.parse(line);
}

async function check(records: number): Promise<void> {
  const { rows } = await pool().query<{ events: number; detections: number }>(
    `select (select count(*)::int from event) as events, (select count(*)::int from detection) as detections`,
  );
  const { events = 0, detections = 0 } = rows[0] ?? {};
  if (events !== records || detections < records / 100) {
    throw new Error(`${events} events and ${detections} detections came of ${records} records.`);
  }
}

/** With what PostgreSQL keeps around it. */
async function storedRaw(): Promise<number> {
  const { rows } = await pool().query<{ bytes: string }>(
    "select pg_total_relation_size('raw_block') as bytes",
  );
  return Number(rows[0]?.bytes);
}

/** Milliseconds to copy all rows into the emptied tables, in one transaction. */
async function copyBack(folder: string): Promise<number> {
  const dumpOf = (table: string) => path.join(folder, table);
  await inTransaction(async (client) => {
    for (const table of TABLES)
      await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(dumpOf(table)));
    await client.query(`truncate ${TABLES.join(", ")} cascade`);
  });
  return await timed(() =>
    inTransaction(async (client) => {
      for (const table of TABLES)
        await pipeline(createReadStream(dumpOf(table)), client.query(copyFrom(`copy ${table} from stdin`)));
    }),
  );
}
