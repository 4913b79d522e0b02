import { afterAll, beforeAll, beforeEach } from "vitest";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { emptyStore } from "./store.ts";

/** Has the tests of a file run on a database of their own, empty before each. */
export function ownStore(): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  beforeEach(emptyStore);
  afterAll(async () => {
    await stopSender();
    await database?.drop();
  });
  return () => {
    if (!database) throw new Error("The database is there when the first test begins.");
    return database;
  };
}
