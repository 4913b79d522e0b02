import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findSealingKeys } from "./key-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "barnacle-key-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("of several starts at once all find the one key that was made, which only its user may read", async () => {
  const found = await Promise.all(Array.from({ length: 5 }, () => findSealingKeys(undefined, folder)));
  const texts = new Set(found.map((one) => (one.ok ? one.value.text : one.reason)));
  expect([...texts]).toEqual([await readFile(path.join(folder, "sealing-key"), "utf8")]);
  expect(await readdir(folder)).toEqual(["sealing-key"]);
  expect((await stat(path.join(folder, "sealing-key"))).mode & 0o777).toBe(0o600);
  expect(found[0]).toMatchObject({ value: { keys: [{ key: { length: 32 } }] } });
});

test("keys that the operator gives are taken, and no file is made", async () => {
  const given = `new:${Buffer.alloc(32, 1).toString("base64")},old:${Buffer.alloc(32, 2).toString("base64")}`;
  const found = await findSealingKeys(given, folder);
  expect(found).toMatchObject({ value: { keys: [{ id: "new" }, { id: "old" }] } });
  expect(await readdir(folder)).toEqual([]);
});

test("keys that cannot be used are named by their place, never by what they are", async () => {
  const half = Buffer.alloc(16, 1).toString("base64");
  const found = await findSealingKeys(`short:${half}`, folder);
  expect(found).toEqual({
    ok: false,
    reason: "BARNACLE_KEYS cannot be used: key 1 must be a name, a colon, and 32 bytes in base64.",
  });
});

test("a file that is damaged is not replaced", async () => {
  await writeFile(path.join(folder, "sealing-key"), "own-1:AAAA");
  const found = await findSealingKeys(undefined, folder);
  expect(found).toMatchObject({ ok: false, reason: expect.stringContaining("is damaged") });
  expect(await readFile(path.join(folder, "sealing-key"), "utf8")).toBe("own-1:AAAA");
});
