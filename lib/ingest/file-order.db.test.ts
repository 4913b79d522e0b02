import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { db } from "#lib/db/client.ts";
import { importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { trickyRecords } from "./testing/records.ts";
import { dumpStore, emptyStore } from "./testing/store.ts";

ownStore();

const DOCKER = [
  "2026-03-04T09:12:33.5Z image push 111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api:1.4 (name=prod/api)",
  "2026-03-04T09:12:34.5Z image tag ghcr.io/a/web:2 (name=ghcr.io/a/web:2)",
].join("\n");
const FALCO = `${JSON.stringify({
  log: "09:12:35.1: Notice A shell was spawned (user=root container_image=ghcr.io/a/web)\n",
  time: "2026-03-04T09:12:35.2Z",
})}\n`;

/** The same records, and some of their own, in one form each. */
async function deliveries(): Promise<Buffer[]> {
  const records = trickyRecords();
  const texts = records.map((record) => JSON.stringify(record));
  const half = texts.length / 2;
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(`${DOCKER}\nrubbish\n`), "host/docker.log");
  zip.addBuffer(gzipSync(texts.slice(half).join("\n")), "trail.json.gz");
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece as Buffer));
  return [
    gzipSync(`{"Records":[${texts}]}`),
    gzipSync(Buffer.concat(pieces)),
    zstdCompressSync(texts.slice(0, half).reverse().join("\n")),
    Buffer.from(`_messagetime,_raw\n${texts.map((text) => `1,"${text.replaceAll('"', '""')}"`).join("\n")}`),
    Buffer.from(FALCO),
    Buffer.from(`\ufeff${JSON.stringify(records, null, 2)}`, "utf16le"),
  ];
}

test("files of any form, in any order and however often, give the same store", async () => {
  const files = await deliveries();
  for (const file of files) await importFile(file);
  const expected = await dumpStore();
  expect(expected.event).toHaveLength(trickyRecords().length + 3);
  expect(await db().event.count({ where: { logSource: { in: ["docker", "falco"] } } })).toBe(3);

  const plan = fc.record({
    order: fc.shuffledSubarray([...files.keys()], { minLength: files.length }),
    again: fc.array(fc.nat(files.length - 1), { maxLength: 3 }),
    atOnce: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ order, again, atOnce }) => {
      await emptyStore();
      const all = [...order, ...again].map((at) => files[at] ?? Buffer.alloc(0));
      if (atOnce) await Promise.all(all.map((file) => importFile(file)));
      else for (const file of all) await importFile(file);
      expect(await dumpStore()).toEqual(expected);
    }),
    { numRuns: 6 },
  );
});
