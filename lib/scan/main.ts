import path from "node:path";
import { parseArgs } from "node:util";
import { rulesOf } from "#lib/detection/rules.ts";
import { sieveOf } from "#lib/detection/sieve.ts";
import { openFile } from "#lib/logs/read/open-file.ts";
import { Passing } from "#lib/logs/read/passing.ts";
import { readLimits } from "#lib/logs/read/record.ts";
import { env } from "../env.ts";
import { listFiles } from "./files.ts";
import { printable } from "./printable.ts";
import { type Finding, type Rejection, Scan } from "./scan.ts";
import { tableHeader, tableRow } from "./table.ts";

const USAGE = `Usage: npm run -s scan -- [--json] [--strict] FILE...

Prints the image work that the logs in FILE... (files or folders) tell of, without a database.
  --json     one JSON object a line
  --strict   looks at every record, and tells of all that cannot be read; else only at those in which an operation
             stands that a rule names
A summary goes to standard error. Exit code 0: all could be read; 1: something was rejected; 2: wrong use.
`;

/** How many rejections of one file are told one by one. */
const TOLD_PER_FILE = 20;

class WrongUse extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const { json, strict, files } = readArguments(args);
  const complaints = new Complaints();
  const rules = rulesOf(env());
  const report = {
    finding: (finding: Finding) => print(json ? JSON.stringify(finding) : tableRow(finding)),
    rejection: (rejection: Rejection) => complaints.hear(rejection),
  };
  const scan = new Scan(report, rules);
  const passing = strict ? undefined : new Passing(sieveOf(rules));
  if (!json) print(tableHeader());
  for (const given of files) await scanAll(scan, given, { complaints, passing });
  flush();

  const { totals } = scan;
  const notExamined = passing?.count ?? 0;
  process.stderr.write(
    `${totals.files} files, ${totals.records + notExamined} records, ${totals.detections} detections, ` +
      `${totals.rejected} rejected, ${totals.duplicates} duplicates, ${notExamined} not examined\n`,
  );
  return totals.rejected === 0 ? 0 : 1;
}

type Setting = { complaints: Complaints; passing: Passing | undefined };

async function scanAll(scan: Scan, given: string, { complaints, passing }: Setting): Promise<void> {
  const root = path.resolve(env().calledFrom, given);
  for await (const found of listed(root, given)) {
    const file = path.join(given, path.relative(root, found));
    try {
      const log = await openFile(found, readLimits(env().limits), undefined, passing);
      try {
        await scan.add(file, log);
      } finally {
        if (log.ok) log.value.close();
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      scan.reject({ file, place: undefined, sentence: "The file cannot be read.", detail: error.message });
    }
    complaints.close(file);
    // What a file holds is told before the next is opened, which may take long.
    flush();
  }
}

/** Tells rejections one by one, and of a file with very many how many more there are of which kind. */
class Complaints {
  #told = 0;
  readonly #untold = new Map<string, number>();

  hear(rejection: Rejection): void {
    const { sentence } = rejection;
    if (this.#told === TOLD_PER_FILE) this.#untold.set(sentence, (this.#untold.get(sentence) ?? 0) + 1);
    else {
      this.#told++;
      process.stderr.write(`${tell(rejection)}\n`);
    }
  }

  close(file: string): void {
    for (const [sentence, count] of this.#untold) {
      process.stderr.write(`${file}: and ${count} more rejected: ${sentence}\n`);
    }
    this.#told = 0;
    this.#untold.clear();
  }
}

type Arguments = { json: boolean; strict: boolean; files: string[] };

function readArguments(args: readonly string[]): Arguments {
  try {
    const options = {
      json: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) throw new WrongUse("No file was given.");
    return { json: values.json, strict: values.strict, files: positionals };
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

async function* listed(root: string, given: string): AsyncGenerator<string> {
  try {
    yield* listFiles(root);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new WrongUse(error.code === "ENOENT" ? `There is no ${given}.` : error.message);
  }
}

function tell({ file, place, sentence, detail }: Rejection): string {
  const where = place
    ? `${file}: record ${place.record} (line ${place.line}, byte ${place.byteOffset}${place.entry ? ` of ${printable(place.entry)}` : ""})`
    : file;
  return `${where}: ${sentence} ${printable(detail)}`;
}

const PRINTED_AT_ONCE = 32 * 1024;
let unprinted = "";

/** Many lines at once: each write is waited for. */
function print(line: string): void {
  unprinted += `${line}\n`;
  if (unprinted.length > PRINTED_AT_ONCE) flush();
}

function flush(): void {
  process.stdout.write(unprinted);
  unprinted = "";
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

// A reader such as `head` that has seen enough is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
