import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { deliver } from "../testing/deliver.ts";
import { ownStore } from "../testing/own-store.ts";
import { runImport, Stopped } from "./run-import.ts";

const database = ownStore();

const manyRecords = (count: number) =>
  Array.from({ length: count }, (_, at) => JSON.stringify(cloudTrailRecord({ eventID: `event-${at}` }))).join(
    "\n",
  );

/** Reads an import in a process that is killed when it asks for the time once more than `times`. */
async function dieReading(importId: string, times: number): Promise<void> {
  const script = `
    import { connectTo } from "#lib/db/client.ts";
    import { runImport } from "#lib/ingest/jobs/run-import.ts";
    let asked = 0;
    const clock = () => (++asked > ${times} ? process.kill(process.pid, "SIGKILL") : new Date());
    connectTo({ connectionString: "${database().connectionString}" });
    await runImport("${importId}", clock, new AbortController().signal);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: "inherit" });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
}

/** A session that was killed holds its lock for a moment longer. */
async function read(importId: string): Promise<void> {
  while ((await runImport(importId, () => new Date(), new AbortController().signal)) === "busy");
}

describe("an import whose reading kills the worker", () => {
  test("three times at the same record is given up, and says where", async () => {
    const id = await deliver(manyRecords(10));
    for (let death = 1; death <= 3; death++) await dieReading(id, 1);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({ state: "running", attempts: 3 });
    await read(id);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({
      state: "failed",
      failure: "gave-up",
      failureDetail: "3 runs after record 0 ended without a word",
    });
  });

  test("three times, further each time, goes on to its end", async () => {
    const id = await deliver(manyRecords(8000));
    for (let death = 1; death <= 3; death++) await dieReading(id, 2);
    expect(Number((await db().import.findUniqueOrThrow({ where: { id } })).position)).toBeGreaterThan(4000);
    await read(id);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({ state: "done", newCount: 8000n });
  });
});

describe("a run that ends by itself", () => {
  test.for<[how: string, end: (importId: string) => Promise<unknown>]>([
    [
      "because the worker is stopping",
      (id) => expect(runImport(id, () => new Date(), AbortSignal.abort())).rejects.toThrow(Stopped),
    ],
    [
      "because of a fault",
      (id) => {
        let asked = 0;
        const clock = () => {
          if (++asked > 1) throw new Error("no time");
          return new Date();
        };
        return expect(runImport(id, clock, new AbortController().signal)).rejects.toThrow("no time");
      },
    ],
  ])("%s is no death, however often", async ([, end]) => {
    const id = await deliver(manyRecords(10));
    for (let time = 1; time <= 5; time++) await end(id);
    await read(id);
    expect(await db().import.findUnique({ where: { id } })).toMatchObject({ state: "done", newCount: 10n });
  });
});
