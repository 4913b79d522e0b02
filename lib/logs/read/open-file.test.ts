import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formText } from "./form.ts";
import { openFile } from "./open-file.ts";
import { DEFAULT_READ_LIMITS, type ReadLimits } from "./record.ts";
import { type File, rawZip, tar, tarMember, zip } from "./testing/archives.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "open-file-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** One line an item: index, file, place, and its text or why there is none. */
async function summary(content: Buffer | string, limits?: Partial<ReadLimits>): Promise<string[]> {
  const file = path.join(folder, "delivered");
  await writeFile(file, content);
  const log = await openFile(file, { ...DEFAULT_READ_LIMITS, ...limits });
  if (!log.ok) return [`${log.reason.reason}: ${log.reason.detail}`];
  const lines: string[] = [];
  for await (const items of log.value.items) {
    for (const item of items) {
      const place = `${item.index} ${item.entry || "-"} ${item.line}:${item.byteOffset}`;
      lines.push(item.ok ? `${place} ${item.bytes}` : `${place} ${item.reason}: ${item.detail}`);
    }
  }
  log.value.close();
  return [formText(log.value.form, log.value.seen), ...lines];
}

const A = '{"a":1}';
const B = '{"b":2}';

const SKIPPED = Buffer.from("502a4d1803000000616263", "hex");

describe("one log, however it is packed", () => {
  const utf16 = Buffer.from(`${A}\n{"é":"😀"}`, "utf16le");
  test.for<[name: string, content: Buffer | string, form: string]>([
    ["plain", `${A}\n${B}`, "json-lines"],
    ["gzip", gzipSync(`${A}\n${B}`), "gzip json-lines"],
    ["gzip in gzip", gzipSync(gzipSync(`[${A},${B}]`)), "gzip gzip json"],
    ["zstd", zstdCompressSync(`${A}\n${B}`), "zstd json-lines"],
    [
      "zstd in two frames",
      Buffer.concat([zstdCompressSync(`${A}\n`), zstdCompressSync(B)]),
      "zstd json-lines",
    ],
    [
      "zstd with a frame to skip",
      Buffer.concat([SKIPPED, zstdCompressSync(`${A}\n`), SKIPPED, zstdCompressSync(B)]),
      "zstd json-lines",
    ],
    [
      "zstd with rubbish behind",
      Buffer.concat([zstdCompressSync(`${A}\n${B}`), Buffer.alloc(20)]),
      "zstd json-lines",
    ],
    ["a wrapper", JSON.stringify({ messages: [{ map: { _raw: `[${A},${B}]` } }] }), "json sumo"],
  ])("%s", async ([, content, form]) => {
    const [seen, ...lines] = await summary(content);
    expect(seen).toBe(form);
    expect(lines.map((line) => line.split(" ").at(-1))).toEqual([A, B]);
  });

  test("UTF-16, with its mark and without, either way round", async () => {
    const expected = [`1 - 1:0 ${A}`, '2 - 2:8 {"é":"😀"}'];
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]);
    expect(await summary(marked)).toEqual(["utf-16 json-lines", ...expected]);
    expect(await summary(utf16)).toEqual(["utf-16 json-lines", ...expected]);
    expect(await summary(gzipSync(Buffer.from(marked).swap16()))).toEqual([
      "gzip utf-16 json-lines",
      ...expected,
    ]);
    expect(await summary(Buffer.from(utf16).swap16())).toEqual(["utf-16 json-lines", ...expected]);
  });

  test("a table in UTF-16, as spreadsheets write it", async () => {
    const table = `\ufeffx\t_raw\r\n1\t"{""a"":1}"\r\n`;
    expect(await summary(Buffer.from(table, "utf16le"))).toEqual(["utf-16 csv", `1 - 2:8 ${A}`]);
  });
});

describe("archives of many files", () => {
  const files: File[] = [
    ["a.json", `${A}\n${A}`],
    ["empty.json", ""],
    ["b/c.json.gz", gzipSync(`[${B}]`)],
    ["notes.txt", "Notes on the case."],
    ["d.csv", 'x,_raw\n1,"{""b"":2}"\n'],
  ];
  const expected = [
    `1 a.json 1:0 ${A}`,
    `2 a.json 2:8 ${A}`,
    `3 b/c.json.gz 1:1 ${B}`,
    "4 notes.txt 1:0 not-json-text: Notes on the case.",
    `5 d.csv 2:7 ${B}`,
  ];
  const seen = (layers: string, inner: string) =>
    `${layers} files: 1 ${inner} json-lines, 1 ${inner} gzip json, 1 ${inner} csv`;

  test("zip", async () => {
    expect(await summary(await zip(...files))).toEqual([seen("zip", "zip"), ...expected]);
  });

  test("tar and tar.gz", async () => {
    const archive = tar(
      tarMember("b/", "", "5"),
      ...files.map(([name, content]) => tarMember(name, content)),
    );
    expect(await summary(archive)).toEqual([seen("tar", "tar"), ...expected]);
    expect(await summary(gzipSync(archive))).toEqual([seen("gzip tar", "gzip tar"), ...expected]);
    expect(await summary(zstdCompressSync(archive))).toEqual([seen("zstd tar", "zstd tar"), ...expected]);
  });

  test("an archive in an archive", async () => {
    const inner = gzipSync(tar(tarMember("a.json", A)));
    expect(await summary(await zip(["t.tgz", inner]))).toEqual([
      "zip files: 1 zip gzip tar json-lines",
      `1 t.tgz/a.json 1:0 ${A}`,
    ]);
    const zipped = await zip(["a.json", A], ["b.json", B]);
    const both = (name: string) => [`1 ${name}a.json 1:0 ${A}`, `2 ${name}b.json 1:0 ${B}`];
    expect(await summary(gzipSync(zipped))).toEqual(["gzip zip files: 2 gzip zip json-lines", ...both("")]);
    expect(await summary(tar(tarMember("in.zip", zipped), tarMember("c.json", A)))).toEqual([
      "tar files: 2 tar zip json-lines, 1 tar json-lines",
      ...both("in.zip/"),
      `3 c.json 1:0 ${A}`,
    ]);
    expect((await summary(await zip(["one.zip", await zip(["two.zip", zipped])]))).slice(1)).toEqual(
      both("one.zip/two.zip/"),
    );
  });

  test("names of any length and kind are only shown", async () => {
    const long = `${"long/".repeat(60)}a.json`;
    const pax = `${String(long.length + 10)} path=${long}\n`;
    const archive = tar(
      tarMember("././@LongLink", `${long}\0`, "L"),
      tarMember("cut", A),
      tarMember("pax", pax, "x"),
      tarMember("cut", B),
      tarMember("../../etc/passwd", A),
      tarMember("/dev/null", "", "3"),
      tarMember("link", "", "2"),
    );
    expect((await summary(archive)).slice(1)).toEqual([
      `1 ${long} 1:0 ${A}`,
      `2 ${long} 1:0 ${B}`,
      `3 ../../etc/passwd 1:0 ${A}`,
      "4 /dev/null 1:0 unreadable-entry: a device",
      "5 link 1:0 unreadable-entry: a link",
    ]);
    expect((await summary(rawZip("../../x\u0000y", Buffer.from(A))))[1]).toBe(`1 ../../x\u0000y 1:0 ${A}`);
  });
});

describe("what is damaged or hostile", () => {
  const log = Buffer.from(`${A}\n`.repeat(2000));

  test("a zip file whose checksum is wrong, and one that is encrypted", async () => {
    const wrong = await summary(rawZip("a", log, { checksum: 1 }));
    expect(wrong).toHaveLength(2002);
    expect(wrong.at(-1)).toMatch(/^2001 a .* broken-compression: its checksum is wrong$/);
    expect((await summary(rawZip("a", log, { flags: 1 })))[1]).toBe(
      "1 a 1:0 unreadable-entry: it is encrypted",
    );
    expect((await summary(rawZip("a", log, { method: 12 })))[1]).toMatch(/unreadable-entry: .* method 12$/);
  });

  test("a zip archive that is cut off", async () => {
    const [reason] = await summary((await zip(["a", log])).subarray(0, -10));
    expect(reason).toMatch(/^broken-archive: /);
  });

  test("a tar archive that is cut off or spoilt", async () => {
    const archive = tar(tarMember("a", A), tarMember("b", log));
    const cut = await summary(archive.subarray(0, 2048 + 7));
    expect(cut.slice(1, 3)).toEqual([`1 a 1:0 ${A}`, `2 b 1:0 ${A}`]);
    expect(cut.at(-1)).toMatch(/b 1:0 unreadable-entry: the archive breaks off in this file$/);
    const spoilt = Buffer.from(archive);
    spoilt.write("x", 1024);
    expect(await summary(spoilt)).toEqual([
      "tar files: 1 tar json-lines",
      `1 a 1:0 ${A}`,
      "2 - 1:0 unreadable-entry: the archive is damaged from here on",
    ]);
    for (const kept of [60, -12]) {
      const broken = await summary(gzipSync(archive).subarray(0, kept));
      expect(broken.at(-1)).toMatch(/broken-compression: /);
    }
  });

  test("a zstd stream that is cut off or spoilt gives what came before", async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => JSON.stringify({ at, noise: Math.sin(at) }));
    const packed = zstdCompressSync(lines.join("\n"));
    const cut = await summary(packed.subarray(0, packed.length / 2));
    expect(cut.length).toBeGreaterThan(5000);
    expect(cut.at(-1)).toMatch(/broken-compression: /);
  });

  test("zstd in many frames of any length", async () => {
    const frames = Array.from({ length: 300 }, (_, at) =>
      zstdCompressSync(`{"a":"${"x".repeat(at * 7)}"}\n`),
    );
    expect(await summary(Buffer.concat(frames))).toHaveLength(301);
    const noise = Array.from({ length: 300 }, (_, at) =>
      zstdCompressSync(`{"a":${Math.sin(at)},"at":${at}}\n`),
    );
    expect(await summary(Buffer.concat(noise))).toHaveLength(301);
  });

  test("more comes out than any log compresses to: what came out is kept, and the rest is named", async () => {
    const limits = { maxInsideBytes: 100_000 };
    for (const packed of [gzipSync(log.toString().repeat(50)), zstdCompressSync(log.toString().repeat(50))]) {
      const lines = await summary(packed, limits);
      expect(lines.length).toBeLessThan(20_000);
      expect(lines.at(-1)).toMatch(/too-much-inside: more than 100000 bytes come out of it$/);
    }
    const bomb = await zip(["a", log], ["bomb", Buffer.alloc(1_000_000, "\n")], ["c", log], ["d", log]);
    const lines = await summary(bomb, limits);
    expect(lines.at(-1)).toMatch(/^2001 bomb .* too-much-inside/);
  });

  test("a ratio beyond any log's is too much, whatever the limit of bytes", async () => {
    const [reason] = await summary(zstdCompressSync(Buffer.alloc(300 * 1024 * 1024, " ")));
    expect(reason).toMatch(/^empty|too-much-inside/);
  });

  test("layers upon layers", async () => {
    let packed: Buffer = Buffer.from(A);
    for (let times = 0; times < 5; times++) packed = gzipSync(packed);
    expect(await summary(packed)).toEqual(["too-many-layers: gzip in gzip in gzip in gzip in gzip"]);
  });

  test("archives without a file", async () => {
    expect(await summary(await zip())).toEqual(["zip files"]);
    expect(await summary(await zip(["empty", ""]))).toEqual(["zip files"]);
  });
});
