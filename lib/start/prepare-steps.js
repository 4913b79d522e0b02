import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { runStep } from "./run-step.js";

/** Prisma wants a schema engine to exist, which it does not use to generate; one that is asked all the same fails. */
const OFFLINE_PRISMA = {
  PRISMA_SCHEMA_ENGINE_BINARY: "/bin/false",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

/** The packages of package-lock.json. */
export const install = {
  title: "Installing packages (this takes a minute)…",
  isNeeded({ root }) {
    return !isInstalled(root);
  },
  async run({ root, env }) {
    // Without its record an install that is cut off cannot be taken for a whole one.
    rmSync(npmRecord(root), { force: true });
    const cache = chooseCache(env);
    const args = [
      "ci",
      "--include=dev",
      "--include=optional",
      "--loglevel=error",
      "--no-audit",
      "--no-fund",
      ...cache.args,
    ];
    const npm = findNpm(env, args);
    try {
      await runStep(
        { ...npm, cwd: root, env: { ...env, ...OFFLINE_PRISMA } },
        "The packages could not be installed: npm ci failed",
      );
    } finally {
      cache.remove();
    }
  },
};

/** The client that Prisma generates from its schema. */
export const generateClient = {
  title: "Generating the database client…",
  isNeeded({ root }) {
    return !(clientStamp(root).isCurrent() && existsSync(path.join(root, "lib/db/generated/client.ts")));
  },
  async run({ root, env, node }) {
    const stamp = clientStamp(root);
    stamp.clear();
    const args = [path.join(root, "node_modules/prisma/build/index.js"), "generate"];
    await runStep(
      { command: node(), args, cwd: root, env: { ...env, ...OFFLINE_PRISMA } },
      "The database client could not be generated",
    );
    stamp.write();
  },
};

/** The pages, as `next build` makes them. */
export const build = {
  title: "Building…",
  isNeeded({ root }) {
    return !(buildStamp(root).isCurrent() && existsSync(path.join(root, ".next/BUILD_ID")));
  },
  async run({ root, env, node }) {
    // Of the sources as they are now: what is changed during the build is built next time.
    const stamp = buildStamp(root);
    stamp.clear();
    const args = [path.join(root, "node_modules/next/dist/bin/next"), "build"];
    const settings = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    await runStep(
      { command: node(), args, cwd: root, env: { ...env, ...settings } },
      "The pages could not be built",
    );
    stamp.write();
  },
};

function clientStamp(root) {
  const hash = createHash("sha256").update(readIfThere(path.join(root, "node_modules/prisma/package.json")));
  for (const name of ["prisma/schema.prisma", "prisma.config.ts"])
    hash.update(readIfThere(path.join(root, name)));
  return stampOf(path.join(root, "node_modules/.barnacle-client"), hash);
}

function buildStamp(root) {
  const hash = createHash("sha256");
  for (const file of sources(root)) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
  return stampOf(path.join(root, ".next/barnacle-built"), hash);
}

/** What the pages are built from. Tests are not, and the generated client follows from the schema. */
function sources(root) {
  const isSource = (file) =>
    !(/\.test\.[jt]sx?$/.test(file) || file.startsWith(path.join("lib/db/generated", path.sep)));
  const folders = ["app", "lib", "public"].flatMap((folder) => listFiles(root, folder));
  const names = readdirSync(root).filter((name) =>
    /^(package(-lock)?|tsconfig)\.json$|^(proxy|instrumentation|next\.config|postcss\.config)\b/.test(name),
  );
  return [...folders.filter(isSource), ...names, "prisma/schema.prisma"].sort();
}

function listFiles(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? listFiles(root, file) : [file];
  });
}

function stampOf(file, hash) {
  const wanted = hash.digest("hex");
  return {
    isCurrent: () => readIfThere(file) === wanted,
    clear: () => rmSync(file, { force: true }),
    write: () => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, wanted);
    },
  };
}

/**
 * Whether the packages are those of the lock file, whoever ran npm. npm writes its record last, so that an install
 * that was cut off has none; what is missing in it may only be what other platforms need.
 */
function isInstalled(root) {
  if (!existsSync(npmRecord(root))) return false;
  const { "": project, ...wanted } = readJson(path.join(root, "package-lock.json")).packages;
  const { packages: present } = readJson(npmRecord(root));
  const manifest = readJson(path.join(root, "package.json"));
  const isLocked = ["dependencies", "devDependencies", "optionalDependencies"].every((kind) =>
    isDeepStrictEqual(manifest[kind] ?? {}, project[kind] ?? {}),
  );
  return (
    isLocked &&
    Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
      const found = present[name];
      return found ? found.version === version && found.integrity === integrity : optional === true;
    })
  );
}

function npmRecord(root) {
  return path.join(root, "node_modules/.package-lock.json");
}

/** The npm that called us, run by its own Node: ours may be the one in node_modules, which npm is about to remove. */
function findNpm(env, args) {
  const script = env.npm_execpath ?? "";
  if (path.basename(script) !== "npm-cli.js") return { command: "npm", args };
  return { command: env.npm_node_execpath ?? process.execPath, args: [script, ...args] };
}

/** Where a home folder cannot be written to, npm keeps what it downloads in a folder for the moment. */
function chooseCache(env) {
  const usual = env.npm_config_cache ?? path.join(homedir(), ".npm");
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return { args: [], remove: () => {} };
  } catch {
    const folder = mkdtempSync(path.join(tmpdir(), "barnacle-npm-"));
    return { args: ["--cache", folder], remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
