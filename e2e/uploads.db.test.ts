import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Person } from "#lib/access/person.ts";
import { db } from "#lib/db/client.ts";
import { stopSender } from "#lib/db/jobs.ts";
import { openTestDatabase, type TestDatabase } from "#lib/db/testing/test-database.ts";
import { env } from "#lib/env.ts";
import { emptyStore } from "#lib/ingest/testing/store.ts";
import { ensureUploadsFolder, listUnfinished, uploadPath } from "#lib/ingest/uploads.ts";
import type { Limits } from "#lib/limits.ts";
import { uploadServer } from "../app/api/uploads/upload-server.ts";

/** Runs before anything reads the environment: other tests have their files elsewhere. */
await vi.hoisted(async () => {
  const { ownDataFolder } = await import("./sumo/worker.ts");
  vi.stubEnv("BARNACLE_DATA", ownDataFolder());
});

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await emptyStore();
  await rm(await ensureUploadsFolder(), { recursive: true });
  await ensureUploadsFolder();
});
afterAll(async () => {
  await stopSender();
  await database.drop();
  await rm(env().dataFolder, { recursive: true, force: true });
});

const person = (name: string): Person => ({
  id: randomUUID(),
  name,
  email: `${name}@example.com`,
  role: "analyst",
});
const ADA = person("ada");
const BOB = person("bob");
const CONTENT = '{"key":"value"}';

type Sent = { headers?: Record<string, string>; body?: BodyInit };

async function ask(who: Person, method: string, place: string, { headers, body }: Sent = {}) {
  const request = new Request(`http://127.0.0.1${place}`, {
    method,
    headers: { "tus-resumable": "1.0.0", ...headers },
    ...(body !== undefined && { body, duplex: "half" }),
  });
  return await (await uploadServer(who)).handleWeb(request);
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const named = (name: string) => ({ "upload-metadata": `filename ${base64(name)}` });

async function begin(who: Person, size = CONTENT.length, headers: Record<string, string> = named("a.json")) {
  const answer = await ask(who, "POST", "/api/uploads", {
    headers: { "upload-length": String(size), ...headers },
  });
  return { status: answer.status, place: answer.headers.get("location") ?? "" };
}

function patch(offset: number, body: BodyInit, headers: Record<string, string> = {}): Sent {
  return {
    headers: {
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
      ...headers,
    },
    body,
  };
}

const idOf = (place: string) => place.split("/").at(-1) ?? "";
const stored = (place: string) => readFile(uploadPath(idOf(place)), "utf8");

test("a file that comes in pieces is listed with how far it is, and is an import with its last byte", async () => {
  const { status, place } = await begin(ADA, CONTENT.length, {
    "upload-metadata": `filename ${base64("trail.json")},modified ${base64("1700000000000")},takenAs ${base64("history")}`,
  });
  expect(status).toBe(201);
  expect((await ask(ADA, "PATCH", place, patch(0, CONTENT.slice(0, 6)))).status).toBe(204);
  expect(await listUnfinished(ADA.id)).toMatchObject([
    {
      name: "trail.json",
      byteSize: CONTENT.length,
      sent: 6,
      modified: 1_700_000_000_000,
      takenAs: "history",
    },
  ]);
  expect(await listUnfinished(BOB.id)).toEqual([]);
  expect(await db().import.count()).toBe(0);

  const last = await ask(ADA, "PATCH", place, patch(6, CONTENT.slice(6)));
  expect(last.status).toBe(204);
  const [row] = await db().import.findMany();
  expect(row).toMatchObject({ id: last.headers.get("x-import-id"), name: "trail.json", createdBy: ADA.id });
  expect(await stored(place)).toBe(CONTENT);
  expect(await listUnfinished(ADA.id)).toEqual([]);
  expect((await ask(ADA, "DELETE", place)).status).toBe(400);
});

test("an upload of another person is not there, whatever is asked of it", async () => {
  const { place } = await begin(ADA);
  await ask(ADA, "PATCH", place, patch(0, "{"));
  for (const [method, sent] of [
    ["HEAD", {}],
    ["PATCH", patch(1, CONTENT.slice(1))],
    ["DELETE", {}],
  ] as const) {
    expect([method, (await ask(BOB, method, place, sent)).status]).toEqual([method, 404]);
  }
  expect(await stored(place)).toBe("{");
  expect((await ask(ADA, "HEAD", place)).headers.get("upload-offset")).toBe("1");
});

test("what is discarded leaves nothing behind", async () => {
  const { place } = await begin(ADA);
  await ask(ADA, "PATCH", place, patch(0, "{"));
  expect((await ask(ADA, "DELETE", place)).status).toBe(204);
  expect((await ask(ADA, "HEAD", place)).status).toBe(404);
  expect(await listUnfinished()).toEqual([]);
});

describe("a piece that lies", () => {
  test.for<[name: string, sent: Sent, status: number]>([
    ["about its length, beyond the end", patch(0, CONTENT, { "content-length": "1000" }), 413],
    ["by going on beyond the end", patch(0, `${CONTENT}${CONTENT}`), 413],
    ["about where it begins", patch(7, CONTENT.slice(7)), 409],
    ["about what it is", { headers: { "upload-offset": "0" }, body: CONTENT }, 400],
  ])("%s is refused, and the upload goes on", async ([, sent, status]) => {
    const { place } = await begin(ADA);
    expect((await ask(ADA, "PATCH", place, sent)).status).toBe(status);
    const here = Number((await ask(ADA, "HEAD", place)).headers.get("upload-offset"));
    expect(here).toBeLessThanOrEqual(CONTENT.length);
    if (here < CONTENT.length) await ask(ADA, "PATCH", place, patch(here, CONTENT.slice(here)));
    expect(await stored(place)).toBe(CONTENT);
    expect(await db().import.count()).toBe(1);
  });
});

describe("what a client says of its file", () => {
  test("is kept as far as it is known, never its owner", async () => {
    const name = `../../\u0000\u202egnp.${"x".repeat(5000)}`;
    const { status, place } = await begin(ADA, CONTENT.length, {
      "upload-metadata": `filename ${base64(name)},owner ${base64(BOB.id)},takenAs ${base64("now")},extra ${base64("1")}`,
    });
    expect(status).toBe(201);
    await ask(ADA, "PATCH", place, patch(0, CONTENT));
    const [row] = await db().import.findMany();
    expect(row).toMatchObject({ createdBy: ADA.id, takenAs: "auto" });
    expect(row?.name.length).toBeLessThanOrEqual(255);
    expect(row?.name).not.toContain("\u0000");
    expect(idOf(place)).toMatch(/^[0-9a-f]+$/);
  });

  test.for<[name: string, headers: Record<string, string>, status: number]>([
    ["no size", { "upload-length": "", "upload-defer-length": "1" }, 400],
    ["a size below nothing", { "upload-length": "-1" }, 400],
    ["a size that is none", { "upload-length": "many" }, 400],
    ["more than may be", { "upload-length": "5000000001" }, 413],
    ["broken metadata", { "upload-metadata": "filename !!!" }, 400],
    ["a prototype", { "upload-metadata": `__proto__ ${base64("x")}` }, 400],
  ])("%s is refused, and leaves nothing behind", async ([, headers, status]) => {
    const given = Object.fromEntries(
      Object.entries({ "upload-length": "10", ...headers }).filter(([, value]) => value !== ""),
    );
    const answer = await ask(ADA, "POST", "/api/uploads", { headers: given });
    expect(answer.status).toBe(status);
    expect(await listUnfinished()).toEqual([]);
  });

  test.for(["/api/uploads/..%2f..%2fsecret", "/api/uploads/%00", "/api/uploads/nothing"])(
    "%s is no upload",
    async (place) => {
      expect((await ask(ADA, "HEAD", place)).status).toBe(404);
    },
  );
});

describe("a full disk", () => {
  const free = (env() as { limits: Limits }).limits.freeBytes;
  const leave = (freeBytes: number) => {
    (env() as { limits: Limits }).limits = { ...env().limits, freeBytes };
  };

  test("refuses a new upload, and one that is begun until there is room again", async () => {
    const { place } = await begin(ADA);
    leave(1e15);
    expect((await begin(ADA)).status).toBe(507);
    expect((await ask(ADA, "PATCH", place, patch(0, CONTENT))).status).toBe(507);
    leave(free);
    expect((await ask(ADA, "PATCH", place, patch(0, CONTENT))).status).toBe(204);
    expect(await db().import.count()).toBe(1);
  });
});

test("nobody begins more than a hundred uploads without ending any", async () => {
  for (let begun = 0; begun < 100; begun++) expect((await begin(ADA)).status).toBe(201);
  expect((await begin(ADA)).status).toBe(429);
  expect((await begin(BOB)).status).toBe(201);
});
