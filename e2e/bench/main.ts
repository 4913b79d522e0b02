// Before anything reads the environment.
import "./secret.ts";

import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { startTemporaryServer } from "#lib/db/embedded/temporary-server.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { migrate } from "#lib/db/migrate.ts";
import { benchAllowlist } from "./allowlist.ts";
import { benchDetect } from "./detect.ts";
import type { Bench, Figure } from "./figure.ts";
import { benchIngest } from "./ingest.ts";
import { benchInvestigate } from "./investigate.ts";
import { fillLargeStore, UNTIL } from "./large-store.ts";
import { benchPreview } from "./preview.ts";
import { benchReplay } from "./replay.ts";
import { benchScan } from "./scan.ts";
import { benchTrends } from "./trends.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  allowlist: benchAllowlist,
  detect: benchReplay,
  ingest: benchIngest,
  preview: benchPreview,
};
/** These need no store at all: the rules alone, before stored events. */
const PURE_BENCHES: Readonly<Record<string, Bench>> = { detect: benchDetect, scan: benchScan };
/** These read the same large store, which is filled once. */
const LARGE_BENCHES: Readonly<Record<string, Bench>> = { investigate: benchInvestigate, trends: benchTrends };
const NAMES = [...new Set([PURE_BENCHES, BENCHES, LARGE_BENCHES].flatMap((benches) => Object.keys(benches)))];

const { values: options, positionals: names } = parseArgs({
  options: { json: { type: "boolean", default: false }, scale: { type: "string", default: "1" } },
  allowPositionals: true,
});
const asJson = options.json;
const scale = Number(options.scale);
if (names.length === 0 || names.some((name) => !NAMES.includes(name)) || !(scale > 0 && scale <= 1)) {
  console.error(
    `Usage: npm run bench -- NAME… [--json] [--scale 0.01], with NAME one of ${NAMES.join(", ")}.`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const name of names) await PURE_BENCHES[name]?.(report, { connectionString: "", scale });
for (const name of names) if (BENCHES[name]) await inOwnDatabase(name, BENCHES[name]);
const large = names.flatMap((name) => LARGE_BENCHES[name] ?? []);
if (large.length > 0) {
  await inOwnDatabase("large", async (report, setting) => {
    await fillLargeStore({ scale, until: UNTIL });
    for (const bench of large) await bench(report, setting);
  });
}
if (!asJson) console.log(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}`);
process.exitCode = figures.every(({ ok }) => ok !== false) ? 0 : 1;

function report(figure: Figure): void {
  figures.push(figure);
  console.log(asJson ? JSON.stringify(figure) : sentence(figure));
}

/** Each bench has a server of its own, with nothing in it. */
async function inOwnDatabase(name: string, bench: Bench): Promise<void> {
  const server = await startTemporaryServer();
  try {
    const url = new URL(server.connectionString);
    url.pathname = `/bench_${name}`;
    const migrated = await migrate(url.href);
    if (!migrated.ok) throw new Error(migrated.reason.sentence);
    connectTo({ connectionString: url.href });
    await bench(report, { connectionString: url.href, scale });
  } finally {
    await stopSender();
    await closeDatabase();
    await server.remove();
  }
}

function sentence({ name, value, unit, reference, ratio, bar, ok }: Figure): string {
  const number = (given: number) => given.toLocaleString("en-GB", { maximumSignificantDigits: 4 });
  const against =
    reference && ratio !== undefined
      ? `, ${ratio.toFixed(3)} × ${reference.name} (${number(reference.value)} ${unit})`
      : "";
  const judged =
    bar === undefined
      ? ""
      : `; at most ${bar}${ratio === undefined ? ` ${unit}` : " ×"}: ${ok ? "met" : "MISSED"}`;
  return `${name}: ${number(value)} ${unit}${against}${judged}`;
}
