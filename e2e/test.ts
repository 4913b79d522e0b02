import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "..");
const RESULTS = path.join(ROOT, "test-results");

type Count = { passed: number; failed: number };
type Step = { name: string; command: string; args: string[]; count?: () => Promise<Count> };

/** Everything that `npm test` checks, the quick things first. A step that fails does not keep the others from running. */
const STEPS: readonly Step[] = [
  { name: "route types", command: "next", args: ["typegen"] },
  { name: "types", command: "tsc", args: [] },
  { name: "lint", command: "biome", args: ["ci", "--error-on-warnings", "."] },
  { name: "unused code", command: "knip", args: [] },
  { name: "unit", command: "vitest", args: vitest("unit"), count: () => countVitest("unit") },
  { name: "database", command: "vitest", args: vitest("db"), count: () => countVitest("db") },
  {
    name: "browser",
    command: "playwright",
    args: ["test", "-c", "e2e/playwright.config.ts"],
    count: countPlaywright,
  },
];

function vitest(project: string): string[] {
  const report = `--outputFile.json=${path.join(RESULTS, `${project}.json`)}`;
  return ["run", "--project", project, "--reporter=default", "--reporter=json", report];
}

const vitestReport = z.object({ numPassedTests: z.int(), numTotalTests: z.int(), numPendingTests: z.int() });

/** A test that did not pass failed; one that cannot run here at all says so by itself. */
async function countVitest(project: string): Promise<Count> {
  const report = vitestReport.parse(
    JSON.parse(await readFile(path.join(RESULTS, `${project}.json`), "utf8")),
  );
  const passed = report.numPassedTests;
  return { passed, failed: report.numTotalTests - report.numPendingTests - passed };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

async function countPlaywright(): Promise<Count> {
  const { stats } = playwrightReport.parse(
    JSON.parse(await readFile(path.join(RESULTS, "browser.json"), "utf8")),
  );
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

function run({ command, args }: Step): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: "inherit" });
    child.on("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

async function runStep(step: Step): Promise<Count> {
  console.log(`\n── ${step.name}`);
  const code = await run(step);
  const failed = code === 0 ? 0 : 1;
  if (!step.count) return { passed: 1 - failed, failed };
  // A report that is missing or says that nothing ran is a failure too.
  const count = await step.count().catch(() => ({ passed: 0, failed: 1 }));
  if (count.passed === 0) return { passed: 0, failed: Math.max(1, count.failed) };
  return { passed: count.passed, failed: Math.max(failed, count.failed) };
}

const wanted = process.argv.slice(2);
const steps = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
const total: Count = { passed: 0, failed: 0 };
const broken: string[] = [];
for (const step of steps) {
  const { passed, failed } = await runStep(step);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) broken.push(step.name);
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(", ")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
