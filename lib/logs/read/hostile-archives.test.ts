import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { openFile } from "./open-file.ts";
import { Output, Peekable } from "./peekable.ts";
import { openLog } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadLimits } from "./record.ts";
import { openSpooledZip } from "./spool.ts";
import { overlappingZip, tar, tarMember, zip, zippedLink } from "./testing/archives.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "hostile-archives-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rm(folder, { recursive: true }));

type Read = { records: number; bytes: number; reasons: string[] };

async function read(content: Buffer, limits?: Partial<ReadLimits>): Promise<Read> {
  const file = path.join(folder, "delivered");
  await writeFile(file, content);
  const log = await openFile(file, { ...DEFAULT_READ_LIMITS, ...limits });
  if (!log.ok) return { records: 0, bytes: 0, reasons: [log.reason.reason] };
  const result: Read = { records: 0, bytes: 0, reasons: [] };
  for await (const items of log.value.items) {
    for (const item of items) {
      result.bytes += item.bytes.length;
      if (item.ok) result.records++;
      else result.reasons.push(`${item.entry ?? "-"} ${item.reason}: ${item.detail}`);
    }
  }
  log.value.close();
  return result;
}

/** Twelve megabytes that deflate to twelve kilobytes. */
const FILLER = Buffer.from(`{"a":"${" ".repeat(990)}"}\n`.repeat(12_000));

describe("bombs give up within what a delivery may become, and say so", () => {
  test("fifty kilobytes of one stretch of data named a thousand times, which would be twelve gigabytes", async () => {
    const bomb = overlappingZip("log", FILLER, 1000);
    expect(bomb.length).toBeLessThan(100_000);
    const { records, reasons } = await read(bomb, { maxInsideBytes: 30_000_000 });
    expect(records).toBeGreaterThan(20_000);
    expect(records).toBeLessThan(40_000);
    expect(reasons.at(-1)).toMatch(/^log2 too-much-inside: more than 30000000 bytes/);
  });

  test("a zip archive of zip archives of one, in one another", async () => {
    const inner = await zip(["a.json", FILLER], ["b.json", FILLER]);
    const middle = await zip(
      ...Array.from({ length: 10 }, (_, at): [string, Buffer] => [`${at}.zip`, inner]),
    );
    const bomb = await zip(...Array.from({ length: 10 }, (_, at): [string, Buffer] => [`${at}.zip`, middle]));
    const { records, reasons } = await read(bomb, { maxInsideBytes: 30_000_000 });
    expect(records).toBeLessThan(40_000);
    expect(reasons.at(-1)).toMatch(/^0\.zip\/1\.zip\/a\.json too-much-inside/);
  });

  test("deeper than archives may lie in one another", async () => {
    let bomb: Buffer = Buffer.from('{"a":1}');
    for (let depth = 0; depth < 5; depth++) bomb = await zip(["in.zip", bomb]);
    expect(await read(bomb)).toEqual({
      records: 0,
      bytes: 0,
      reasons: ["in.zip/in.zip/in.zip/in.zip too-many-layers: zip in zip in zip in zip in zip"],
    });
  });

  test("more files than a delivery may have, in however many archives", async () => {
    const many = await zip(...Array.from({ length: 30 }, (_, at): [string, string] => [`${at}`, '{"a":1}']));
    const { records, reasons } = await read(await zip(["a.zip", many], ["b.zip", many]), { maxEntries: 40 });
    expect(records).toBe(38);
    expect(reasons).toEqual(["b.zip/8 too-much-inside: more than 40 files"]);
  });

  test("an archive in a stream that is larger than one may be", async () => {
    const archive = await zip(["a", Buffer.from("x".repeat(5000))]);
    const bytes = new Peekable(inPieces(archive));
    expect(await openSpooledZip(bytes, new Output(1e9), 50)).toMatchObject({
      ok: false,
      reason: { reason: "too-much-inside" },
    });
  });
});

async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 40) yield bytes.subarray(at, at + 40);
}

describe("archives lead nowhere", () => {
  test("names that climb out and links are shown, and nothing is written or followed", async () => {
    const secret = path.join(folder, "secret.json");
    await writeFile(secret, '{"secret":1}');
    const before = (await readdir(folder)).sort();
    const archive = tar(
      tarMember("../../../../climbed.json", '{"a":1}'),
      tarMember("/etc/climbed.json", '{"a":2}'),
      tarMember("C:\\climbed.json", '{"a":3}'),
      tarMember("link.json", "", "2"),
      tarMember("linked.zip", zippedLink("link.json", secret)),
    );
    const { records, reasons } = await read(archive);
    expect(records).toBe(3);
    expect(reasons).toEqual([
      "link.json unreadable-entry: a link",
      "linked.zip/link.json unreadable-entry: a link",
    ]);
    expect((await readdir(folder)).filter((name) => name !== "delivered")).toEqual(
      before.filter((name) => name !== "delivered"),
    );
  });

  test("what is put into a file on the way is gone when it was read, or was never read", async () => {
    vi.stubEnv("TMPDIR", folder);
    const left = async () => (await readdir(tmpdir())).filter((name) => /^barnacle-.*\.zip$/.test(name));
    const before = await left();
    const file = path.join(folder, "delivered");
    await writeFile(file, gzipSync(await zip(["a", '{"a":1}'])));
    const log = await openFile(file);
    expect(await left()).toEqual(before);
    if (log.ok) log.value.close();
    expect(await read(gzipSync(Buffer.from("PK\u0003\u0004 and then nothing")))).toMatchObject({
      reasons: ["broken-archive"],
    });
    expect(await left()).toEqual(before);
  });
});

describe("gzip", () => {
  const log = Buffer.from('{"a":1}\n'.repeat(100));

  test("of many members, of them some empty, is one stream", async () => {
    const members = Array.from({ length: 50 }, (_, at) => gzipSync(at % 5 === 0 ? "" : '{"a":1}\n'));
    expect(await read(Buffer.concat(members))).toEqual({ records: 40, bytes: 280, reasons: [] });
  });

  const said = ["- broken-compression: something else stands behind its end"];
  test.for<[name: string, rubbish: Buffer, reasons: string[]]>([
    ["zeros, as tapes have them,", Buffer.alloc(10_000), []],
    ["words", Buffer.from("and so on\n"), said],
    ["words behind zeros", Buffer.concat([Buffer.alloc(20_000), Buffer.from("and so on\n")]), said],
    ["half of another header", Buffer.from([0x1f, 0x8b]), said],
  ])("with %s behind its end gives all that it holds, and says so", async ([, rubbish, reasons]) => {
    for (const packed of [gzipSync(log), zstdCompressSync(log)]) {
      expect(await read(Buffer.concat([packed, rubbish]))).toEqual({ records: 100, bytes: 700, reasons });
    }
  });

  test("with a name, a comment and more in its header", async () => {
    const [packed, extra] = [gzipSync(log), Buffer.from([3, 0, 1, 2, 3])];
    const header = Buffer.from([0x1f, 0x8b, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 3]);
    const full = [header, extra, Buffer.from("a.json\0words\0"), Buffer.from([0, 0]), packed.subarray(10)];
    expect(await read(Buffer.concat(full))).toEqual({ records: 100, bytes: 700, reasons: [] });
  });
});

test("a zip archive in a stream that breaks off says that the stream did", async () => {
  const packed = gzipSync(
    await zip(["a", Buffer.from(Array.from({ length: 9000 }, (_, at) => `${at * 7919}`).join(" "))]),
  );
  const log = await openLog(inPieces(packed.subarray(0, packed.length / 2)));
  expect(log).toMatchObject({ ok: false, reason: { reason: "broken-compression" } });
});
