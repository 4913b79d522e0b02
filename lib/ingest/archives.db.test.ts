import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { db } from "#lib/db/client.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { runImport, Stopped } from "./jobs/run-import.ts";
import { getRecord, getRejectedRecord, listRejected } from "./queries.ts";
import { deliver, importFile } from "./testing/deliver.ts";
import { ownStore } from "./testing/own-store.ts";
import { dumpStore, emptyStore } from "./testing/store.ts";

ownStore();

const record = (at: number) => cloudTrailRecord({ eventID: `event-${at}` });

/** Nine files of 500 records, one with a line of rubbish. */
async function archive(): Promise<Buffer> {
  const zip = new ZipFile();
  for (let file = 0; file < 9; file++) {
    const records = Array.from({ length: 500 }, (_, at) => JSON.stringify(record(file * 500 + at)));
    const content = file === 4 ? [...records, "rubbish"].join("\n") : `{"Records":[${records}]}`;
    zip.addBuffer(gzipSync(content), `AWSLogs/${file}.json.gz`);
  }
  zip.addBuffer(Buffer.from("%PDF-1.4"), "report.pdf");
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece as Buffer));
  return Buffer.concat(pieces);
}

test("an archive is one import, whose records keep the file that they stood in", async () => {
  const id = await importFile(await archive());
  expect(await db().import.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: "done",
    form: "zip files: 8 zip gzip json, 1 zip gzip json-lines",
    newCount: 4500n,
    rejectedCount: 2n,
    position: 4502n,
  });
  const event = await db().event.findFirstOrThrow({ where: { nativeId: "event-4000" } });
  expect(await getRecord(event.occurredAt, event.id)).toMatchObject({
    entry: "AWSLogs/8.json.gz",
    line: 1,
    byteOffset: 12,
    text: JSON.stringify(record(4000)),
  });
  const { rows } = await listRejected(id, 0);
  expect(rows).toMatchObject([
    { index: 2501, line: 501, reason: "not-json", detail: expect.stringMatching(/^AWSLogs\/4\.json\.gz: /) },
    { index: 4502, reason: "binary", detail: "report.pdf: a PDF" },
  ]);
  expect(await getRejectedRecord(id, 2501)).toMatchObject({ text: "rubbish", entry: "AWSLogs/4.json.gz" });
});

test("an archive that is read with a stop in it gives what one without a stop gives", async () => {
  const content = await archive();
  await importFile(content);
  const whole = await dumpStore();
  await emptyStore();
  const id = await deliver(content);
  let asked = 0;
  const stop = new AbortController();
  const clock = () => {
    if (++asked === 2) stop.abort();
    return new Date();
  };
  await expect(runImport(id, clock, stop.signal)).rejects.toThrow(Stopped);
  const { position } = await db().import.findUniqueOrThrow({ where: { id } });
  expect(position).toBeGreaterThan(0n);
  expect(position).toBeLessThan(4502n);
  await runImport(id, () => new Date(), new AbortController().signal);
  expect(await db().import.findUniqueOrThrow({ where: { id } })).toMatchObject({
    newCount: 4500n,
    rejectedCount: 2n,
  });
  expect(await dumpStore()).toEqual(whole);
});
