import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

/**
 * A project of two packages that stand in for Prisma and Next and write down each of their runs, so that these tests
 * need neither network nor minutes.
 */
let template: string;
let root: string;

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), "barnacle template "));
  const start = path.join(template, "lib/start");
  await mkdir(start, { recursive: true });
  for (const name of await readdir(import.meta.dirname)) {
    if (name.endsWith(".js")) await cp(path.join(import.meta.dirname, name), path.join(start, name));
  }
  await write("package.json", {
    name: "p",
    type: "module",
    dependencies: { next: "file:fake/next", prisma: "file:fake/prisma" },
  });
  await write("fake/next/package.json", { name: "next", version: "1.0.0" });
  await write("fake/prisma/package.json", { name: "prisma", version: "1.0.0" });
  await write("fake/prisma/build/index.js", standIn("generate", "lib/db/generated/client.ts"));
  await write("fake/next/dist/bin/next", standIn("build", ".next/BUILD_ID"));
  await write("prisma/schema.prisma", "model A {}");
  await write("app/page.tsx", "page");
  await write("script.ts", "console.log(JSON.stringify(process.argv.slice(2)));");
  execFileSync("npm", ["install", "--package-lock-only", "--offline", "--no-audit", "--no-fund"], {
    cwd: template,
    stdio: "ignore",
  });
});
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "barnacle project "));
  await cp(template, root, { recursive: true });
  return () => rm(root, { recursive: true, force: true });
});
afterAll(() => rm(template, { recursive: true, force: true }));

test("the first run prepares everything, and standard output is the script's alone", async () => {
  const first = await run("--build", "script.ts", "--build", "two words");
  expect(first).toMatchObject({ code: 0, stdout: '["--build","two words"]\n' });
  expect(first.stderr).toMatch(/Installing packages.*\n.*Generating.*\n.*Building/);
  expect(await runs()).toEqual(["generate", "build"]);

  expect(await run("--build", "script.ts")).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
  expect(await runs()).toEqual(["generate", "build"]);
});

test.for([
  ["a page", "app/page.tsx", ["build"]],
  ["a test", "app/page.test.tsx", []],
  ["the schema", "prisma/schema.prisma", ["generate", "build"]],
  ["the manifest's scripts", "package.json", ["build"]],
] as const)("after a change of %s only what follows from it is done again", async ([, file, expected]) => {
  await run("--build", "script.ts");
  const before = (await runs()).length;
  if (file === "package.json") await change(file, (text) => text.replace('"name"', '"scripts": {}, "name"'));
  else appendFileSync(path.join(root, file), "changed");
  await run("--build", "script.ts");
  expect((await runs()).slice(before)).toEqual(expected);
});

test("another version in the lock file is installed", async () => {
  await run("script.ts");
  for (const file of ["package-lock.json", "fake/next/package.json"]) {
    await change(file, (text) => text.replaceAll("1.0.0", "1.0.1"));
  }
  await change("fake/prisma/package.json", (text) => text.replaceAll("1.0.0", "1.0.1"));
  expect((await run("script.ts")).stderr).toContain("Installing");
  expect((await run("script.ts")).stderr).toBe("");
});

test("a manifest that the lock file does not follow is refused", async () => {
  await run("script.ts");
  await change("package.json", (text) => text.replace('"next"', '"other":"file:fake/prisma","next"'));
  expect(await run("script.ts")).toMatchObject({ code: 1, stderr: expect.stringContaining("npm ci failed") });
});

test("an install that was cut off is noticed", async () => {
  const child = prepare("script.ts");
  while (!existsSync(path.join(root, "node_modules"))) await sleep(5);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect((await run("script.ts")).stdout).toBe("[]\n");
});

test("packages that somebody installed with npm are not installed again", async () => {
  execFileSync("npm", ["ci", "--offline", "--no-audit", "--no-fund"], { cwd: root, stdio: "ignore" });
  expect((await run("script.ts")).stderr).not.toContain("Installing");
});

test("a step that fails says why, and is tried again", async () => {
  await write("fake/next/dist/bin/next", "console.log('the reason'); process.exit(3);", root);
  const failed = await run("--build", "script.ts");
  expect(failed).toMatchObject({ code: 1, stdout: "" });
  expect(failed.stderr).toMatch(/the reason\nThe pages could not be built/);

  await write("fake/next/dist/bin/next", standIn("build", ".next/BUILD_ID"), root);
  expect(await run("--build", "script.ts")).toMatchObject({ code: 0 });
});

test("of two at the same time the second waits and finds the work done", async () => {
  const both = await Promise.all([run("--build", "script.ts"), run("--build", "script.ts")]);
  expect(both.map((one) => one.code)).toEqual([0, 0]);
  expect(both.filter((one) => one.stderr.includes("waiting for it"))).toHaveLength(1);
  expect(await runs()).toEqual(["generate", "build"]);
});

test.for([
  ["whose process is gone", JSON.stringify({ pid: 2 ** 22, host: hostname() }), 0],
  ["that nobody has touched for long", JSON.stringify({ pid: process.pid, host: "elsewhere" }), 60],
  ["that was cut off while it was written", "", 60],
] as const)("a lock %s is taken over", async ([, text, ageSeconds]) => {
  const lock = path.join(root, ".next/cache/barnacle-prepare.lock");
  await write(".next/cache/barnacle-prepare.lock", text, root);
  const then = Date.now() / 1000 - ageSeconds;
  await utimes(lock, then, then);
  expect(await run("script.ts")).toMatchObject({ code: 0, stdout: "[]\n" });
  expect(existsSync(lock)).toBe(false);
});

test.for([
  ["its exit code", "process.exit(7);", { code: 7, signal: null }],
  ["the signal that ended it", "process.kill(process.pid, 'SIGKILL');", { code: null, signal: "SIGKILL" }],
] as const)("it ends with the script: %s", async ([, script, expected]) => {
  await write("ends.ts", script, root);
  const child = prepare("ends.ts");
  const [code, signal] = await once(child, "exit");
  expect({ code, signal }).toEqual(expected);
});

test("it hands on signals, however often they come, and waits for the script", async () => {
  await write(
    "slow.ts",
    `let count = 0;
     process.on("SIGTERM", () => { count += 1; if (count === 2) setTimeout(() => process.exit(5), 50); });
     setInterval(() => {}, 1000);
     console.log("up");`,
    root,
  );
  const child = prepare("slow.ts");
  await once(child.stdout ?? child, "data");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await sleep(200); // Two signals at once would arrive as one.
  child.kill("SIGTERM");
  expect(await ended).toEqual([5, null]);
});

test("a script can tell that it was left alone", async () => {
  await write(
    "left.ts",
    `import { writeFileSync } from "node:fs";
     process.on("disconnect", () => { writeFileSync("left.txt", ""); process.exit(); });
     console.log("up");`,
    root,
  );
  const child = prepare("left.ts");
  await once(child.stdout ?? child, "data");
  child.kill("SIGKILL");
  while (!existsSync(path.join(root, "left.txt"))) await sleep(10);
});

test("the script runs with the project's programs first on the path", async () => {
  await write("path.ts", "console.log(process.env.PATH?.split(':')[0]);", root);
  expect((await run("path.ts")).stdout.trim()).toBe(path.join(root, "node_modules/.bin"));
});

function prepare(...words: string[]): ChildProcess {
  return spawn(process.execPath, [path.join(root, "lib/start/prepare.js"), ...words], { cwd: root });
}

async function run(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = prepare(...words);
  const said = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    said.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said.stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, ...said };
}

async function runs(): Promise<string[]> {
  const text = await readFile(path.join(root, "runs.txt"), "utf8").catch(() => "");
  return text.split("\n").filter(Boolean);
}

function standIn(name: string, product: string): string {
  return `const fs = require("node:fs");
    fs.appendFileSync("runs.txt", "${name}\\n");
    fs.mkdirSync("${path.dirname(product)}", { recursive: true });
    fs.writeFileSync("${product}", "made");`;
}

async function write(file: string, content: string | object, folder = template): Promise<void> {
  const place = path.join(folder, file);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, typeof content === "string" ? content : JSON.stringify(content));
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  const place = path.join(root, file);
  await writeFile(place, edit(await readFile(place, "utf8")));
}
