import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "..");
const RESULTS = path.join(ROOT, "test-results");

/**
 * `failures` names each test that failed, with what it said: the log of a run may be kept by its last lines alone. `flaky`:
 * those that passed when they were tried again.
 */
type Count = { passed: number; failed: number; failures: string[]; flaky?: string[] };
type Step = {
  name: string;
  command: string;
  args: string[];
  count?: () => Promise<Count>;
  /** Run only when it is asked for by name. */
  onRequest?: true;
};

/** What `npm test` checks, the quick things first, and what takes longer than it should. A step that fails does not keep the others from running. */
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
  {
    name: "long",
    command: "vitest",
    args: vitest("long"),
    count: () => countVitest("long"),
    onRequest: true,
  },
];

function vitest(project: string): string[] {
  const report = `--outputFile.json=${path.join(RESULTS, `${project}.json`)}`;
  return ["run", "--project", project, "--reporter=default", "--reporter=json", report];
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numTotalTests: z.int(),
  numPendingTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** A test that did not pass failed; one that cannot run here at all says so by itself. */
async function countVitest(project: string): Promise<Count> {
  const report = vitestReport.parse(await readReport(project));
  const passed = report.numPassedTests;
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    const file = path.relative(ROOT, name);
    if (failed.length === 0 && message) return [describe(file, [message])];
    return failed.map((test) => describe(`${file}: ${test.fullName}`, test.failureMessages ?? []));
  });
  return { passed, failed: report.numTotalTests - report.numPendingTests - passed, failures };
}

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  suites: z.array(playwrightSuite),
});

async function countPlaywright(): Promise<Count> {
  const { stats, suites } = playwrightReport.parse(await readReport("browser"));
  const failures: string[] = [];
  const flaky: string[] = [];
  for (const { ok, file, title, tests } of suites.flatMap(specsOf)) {
    const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
    const told = describe(
      `${file}: ${title}`,
      errors.map(({ message }) => message ?? ""),
    );
    if (!ok) failures.push(told);
    else if (errors.length > 0) flaky.push(told);
  }
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped,
    failures,
    flaky,
  };
}

function specsOf(suite: z.infer<typeof playwrightSuite>): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

async function readReport(name: string): Promise<unknown> {
  return JSON.parse(await readFile(path.join(RESULTS, `${name}.json`), "utf8"));
}

const LINES_OF_A_FAILURE = 20;

function describe(test: string, messages: string[]): string {
  const lines = messages.flatMap((message) => stripVTControlCharacters(message).split("\n"));
  return [test, ...lines.slice(0, LINES_OF_A_FAILURE).map((line) => `    ${line}`)].join("\n");
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
  if (!step.count) return { passed: 1 - failed, failed, failures: [] };
  // A report that is missing or says that nothing ran is a failure too.
  const count = await step.count().catch(() => ({ passed: 0, failed: 1, failures: [] }));
  return { ...count, failed: Math.max(count.passed === 0 ? 1 : failed, count.failed) };
}

const wanted = process.argv.slice(2);
const steps = STEPS.filter(({ name, onRequest }) =>
  wanted.length === 0 ? !onRequest : wanted.includes(name),
);
await rm(RESULTS, { recursive: true, force: true });
await mkdir(RESULTS, { recursive: true });
let passed = 0;
let failed = 0;
const broken: string[] = [];
for (const step of steps) {
  const count = await runStep(step);
  passed += count.passed;
  failed += count.failed;
  if (count.flaky?.length) console.log(["\nPassed only when tried again:", ...count.flaky].join("\n"));
  if (count.failed > 0) broken.push([`Failed: ${step.name}`, ...count.failures].join("\n"));
}
if (broken.length > 0) console.log(`\n${broken.join("\n")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
