import { cpus } from "node:os";
import { closeDatabase, connectTo } from "#lib/db/client.ts";
import { startTemporaryServer } from "#lib/db/embedded/temporary-server.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { migrate } from "#lib/db/migrate.ts";
import { benchAllowlist } from "./allowlist.ts";
import type { Bench, Figure } from "./figure.ts";
import { benchPreview } from "./preview.ts";

const BENCHES: Readonly<Record<string, Bench>> = { allowlist: benchAllowlist, preview: benchPreview };

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const names = args.filter((arg) => !arg.startsWith("--"));
const unknown = names.filter((name) => !(name in BENCHES));
if (names.length === 0 || unknown.length > 0) {
  console.error(
    `Usage: npm run bench -- NAME… [--json], with NAME one of ${Object.keys(BENCHES).join(", ")}.`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const name of names) await inOwnDatabase(name, BENCHES[name] as Bench);
if (!asJson) console.log(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}`);
process.exitCode = figures.every(({ ok }) => ok !== false) ? 0 : 1;

/** Each bench has a server of its own, with nothing in it. */
async function inOwnDatabase(name: string, bench: Bench): Promise<void> {
  const server = await startTemporaryServer();
  try {
    const url = new URL(server.connectionString);
    url.pathname = `/bench_${name}`;
    const migrated = await migrate(url.href);
    if (!migrated.ok) throw new Error(migrated.reason.sentence);
    connectTo({ connectionString: url.href });
    await bench((figure) => {
      figures.push(figure);
      console.log(asJson ? JSON.stringify(figure) : sentence(figure));
    });
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
