import type { TestProject } from "vitest/node";
import { env } from "#lib/env.ts";
import { startTemporaryServer } from "../embedded/temporary-server.ts";
import { migrate } from "../migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated database, from which each test file clones its own. */
    templateUrl: string;
  }
}

/** One server for all database tests: ours, or the one that TEST_DATABASE_URL names. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { testDatabaseUrl } = env();
  const server = testDatabaseUrl ? undefined : await startTemporaryServer();
  const url = new URL(testDatabaseUrl ?? server?.connectionString ?? "");
  url.pathname = `/barnacle_template_${process.pid}`;
  const migrated = await migrate(url.href);
  if (!migrated.ok) throw new Error(migrated.reason.sentence);
  project.provide("templateUrl", url.href);
  return async () => {
    await server?.remove();
  };
}
