// node lib/start/prepare.js [--build] SCRIPT.ts [arguments…]
//
// Makes sure that packages, Prisma's client and (with --build) the built pages are those of the present sources, and
// then runs the script. Plain JavaScript without packages, because it runs before any is installed.

import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./prepare-lock.js";
import { build, generateClient, install } from "./prepare-steps.js";
import { passSignalsTo, StepFailed } from "./run-step.js";

const OLDEST_NODE = 20;
const SCRIPT_NODE = 24;
const DISK_TROUBLE = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"]);

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const bin = path.join(root, "node_modules", ".bin");

if (majorOf(process.version) < OLDEST_NODE) {
  giveUp(`Barnacle needs Node ${OLDEST_NODE} or later, and this is ${process.version}.`);
}
const [script, ...scriptArguments] = process.argv
  .slice(2)
  .filter((word, place) => place > 0 || word !== "--build");
if (script === undefined) giveUp("Usage: node lib/start/prepare.js [--build] SCRIPT.ts [arguments…]");

try {
  await prepare(process.argv[2] === "--build");
  runScript(findNode());
} catch (error) {
  if (DISK_TROUBLE.has(error.code)) giveUp(`${root} cannot be prepared: ${error.message}.`);
  if (!(error instanceof StepFailed)) throw error;
  if (error.output) process.stderr.write(`${error.output.trimEnd()}\n`);
  giveUp(error.message);
}

/** Looks first and locks only when there is work, so that a folder that is ready may be read-only. */
async function prepare(withBuild) {
  const context = { root, env: process.env, node: findNode };
  const steps = withBuild ? [install, generateClient, build] : [install, generateClient];
  if (!steps.some((step) => step.isNeeded(context))) return;

  await withLock(path.join(root, ".next", "cache", "barnacle-prepare.lock"), say, async () => {
    for (const step of steps) {
      if (!step.isNeeded(context)) continue;
      say(step.title);
      await step.run(context);
    }
  });
}

/** The Node that the project brings; on platforms for which there is none, the one that runs us. */
function findNode() {
  const own = path.join(bin, "node");
  if (isSameFile(own, process.execPath)) return process.execPath;
  const { stdout } = spawnSync(own, ["--version"], { encoding: "utf8" });
  if (majorOf(stdout ?? "") >= SCRIPT_NODE) return own;
  if (majorOf(process.version) >= SCRIPT_NODE) return process.execPath;
  throw new StepFailed(
    `Barnacle needs Node ${SCRIPT_NODE} or later: none is bundled for ${process.platform}-${process.arch}, and this is ${process.version}. Install it and start again.`,
  );
}

function runScript(node) {
  const child = spawn(node, [path.resolve(root, script), ...scriptArguments], {
    // By the channel's end a script that cares can tell that we were killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` },
  });
  const release = passSignalsTo(child, process.env);
  child.on("error", (error) => giveUp(`${node} cannot be run: ${error.message}.`));
  child.on("exit", (code, signal) => {
    release();
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

function isSameFile(one, other) {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}

function majorOf(version) {
  return Number.parseInt(version.replace(/^v/, ""), 10) || 0;
}

/** Progress and complaints never go to standard output, which is the script's alone. */
function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

function giveUp(sentence) {
  say(sentence);
  process.exit(1);
}
