import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Bench, median, ratioFigure } from "./figure.ts";
import { TRAIL_RECORDS, writeTrail } from "./trail.ts";

const ROUNDS = 3;
const MAIN = "lib/scan/main.ts";

/** `scan` against DuckDB on JSON Lines, and against gunzip on one `Records`, each as a whole process. */
export const benchScan: Bench = async (report, { scale }) => {
  const folder = await mkdtemp(path.join(tmpdir(), "barnacle-bench-"));
  try {
    const records = Math.round(TRAIL_RECORDS * scale);
    const lines = path.join(folder, "trail.jsonl");
    await writeTrail(lines, records, "lines");
    const duckdb = [process.execPath, "e2e/bench/duckdb-filter.ts", lines];
    await measure(`scan of ${records} records, JSON Lines`, [process.execPath, MAIN, "--json", lines], {
      name: "DuckDB",
      command: duckdb,
      bar: 2,
    });

    const list = path.join(folder, "trail.json");
    const packed = `${list}.gz`;
    await writeTrail(list, records, "records");
    await pipeline(createReadStream(list), createGzip(), createWriteStream(packed));
    await measure(`scan of ${records} records, Records in gzip`, [process.execPath, MAIN, "--json", packed], {
      name: "gunzip -c",
      command: ["gunzip", "-c", packed],
      bar: 1,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }

  async function measure(
    name: string,
    command: readonly string[],
    against: { name: string; command: readonly string[]; bar: number },
  ): Promise<void> {
    const found = await linesOf(command);
    if (found === 0) throw new Error("The scan finds nothing.");
    const own: number[] = [];
    const others: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // In turns, so that both sides see the same machine.
      others.push(await took(against.command));
      own.push(await took(command));
    }
    const reference = { name: against.name, value: median(others) };
    report(ratioFigure(name, "ms", { value: median(own), reference, bar: against.bar }));
  }
};

/** Milliseconds from the start of a process to its end. What it prints goes nowhere. */
async function took([command = "", ...args]: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: "ignore" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${command} ended with ${code}.`);
  return performance.now() - start;
}

async function linesOf([command = "", ...args]: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
  let lines = 0;
  for await (const chunk of child.stdout) for (const byte of chunk as Buffer) if (byte === 0x0a) lines++;
  return lines;
}
