import { afterAll, beforeAll, expect, test } from "vitest";
import { pool } from "#lib/db/client.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { UploadLocks } from "./commands/upload-locks.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

const { signal } = new AbortController();
const never = () => {
  throw new Error("Nobody should have asked.");
};

test("of two processes one writes to an upload; the other asks it to let go, and goes on from there", async () => {
  const [one, other] = [new UploadLocks().newLock("a"), new UploadLocks().newLock("a")];
  const order: string[] = [];
  await one.lock(signal, async () => {
    order.push("asked");
    await one.unlock();
  });
  await other.lock(signal, never);
  order.push("taken over");
  await other.unlock();
  expect(order[0]).toBe("asked");
  expect(order.at(-1)).toBe("taken over");
});

test("what another does not let go of is refused, and free again once it has", async () => {
  const [first, second] = [new UploadLocks(), new UploadLocks(300)];
  const held = first.newLock("b");
  await held.lock(signal, () => {});
  await expect(second.newLock("b").lock(signal, never)).rejects.toMatchObject({ status_code: 423 });
  const [another, again] = [second.newLock("c"), second.newLock("b")];
  await another.lock(signal, never);
  await held.unlock();
  await again.lock(signal, never);
  for (const lock of [another, again]) await lock.unlock();
});

test("whose connection to the database ends is told to stop", async () => {
  const one = new UploadLocks();
  const { promise, resolve } = Promise.withResolvers<void>();
  const lock = one.newLock("d");
  await lock.lock(signal, resolve);
  await pool().query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()",
  );
  await promise;
  await lock.unlock();
  const again = one.newLock("d");
  await again.lock(signal, never);
  await again.unlock();
});
