import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { env } from "../env.ts";
import { type EmulatedLog, emulate, type Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";

const WIDEST = Math.max(...SCENARIOS.map(({ name }) => name.length));
const USAGE = `Usage: npm run -s emulate -- [--end TIME] [--seed N] [--out FOLDER] SCENARIO...

Writes the logs that a scenario leaves, invented and realistic: to standard output as JSON Lines, or into a folder.
  --end TIME    when the scenario ends, such as 2026-03-04T12:00:00Z; without it, now
  --seed N      a whole number; the same gives the same logs (1)
  --out FOLDER  a file for each scenario and source there

${SCENARIOS.map(({ name, what }) => `  ${name.padEnd(WIDEST)}  ${what}`).join("\n")}
`;

class WrongUse extends Error {}

type Arguments = { end: Date; seed: number; out: string | undefined; scenarios: Scenario[] };

async function main(args: readonly string[]): Promise<void> {
  const { end, seed, out, scenarios } = readArguments(args, new Date());
  if (out !== undefined) await mkdir(out, { recursive: true });
  for (const scenario of scenarios) {
    for (const log of emulate(scenario, { end, seed })) {
      if (out === undefined) process.stdout.write(lines(log));
      else await save(path.join(out, scenario.name), log);
    }
  }
}

/** As the source delivers it: CloudTrail as gzipped `Records`, what else there is as JSON Lines. */
async function save(prefix: string, log: EmulatedLog): Promise<void> {
  const isCloudTrail = log.form === "cloudtrail";
  const file = `${prefix}.${log.name}.${isCloudTrail ? "json.gz" : "jsonl"}`;
  const content = isCloudTrail ? gzipSync(JSON.stringify({ Records: log.records })) : lines(log);
  await writeFile(file, content);
  process.stderr.write(`${file}: ${log.records.length} records\n`);
}

function lines({ records }: EmulatedLog): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

function readArguments(args: readonly string[], now: Date): Arguments {
  const options = { end: { type: "string" }, seed: { type: "string" }, out: { type: "string" } } as const;
  const { values, positionals } = parse(() =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  );
  if (positionals.length === 0) throw new WrongUse("No scenario was given.");
  const scenarios = positionals.map((name) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (!scenario) throw new WrongUse(`There is no scenario ${JSON.stringify(name)}.`);
    return scenario;
  });
  const end = values.end === undefined ? now : new Date(values.end);
  if (Number.isNaN(end.getTime())) throw new WrongUse(`--end is no time: ${JSON.stringify(values.end)}.`);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) {
    throw new WrongUse(`--seed is no whole number: ${JSON.stringify(values.seed)}.`);
  }
  const out = values.out === undefined ? undefined : path.resolve(env().calledFrom, values.out);
  return { end, seed, out, scenarios };
}

function parse<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

// A reader such as `head` that has seen enough is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
