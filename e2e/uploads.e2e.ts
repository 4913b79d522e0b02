import { mkdtemp, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { CDPSession, Page } from "@playwright/test";
import { complaintsOf, expect, expectAccessible, test } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "barnacle uploads "));
});
test.afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A log on the disk, filled up with blank lines: chosen twice, it is the same file. */
async function logFile(name: string, bytes: number): Promise<string> {
  const file = path.join(folder, name);
  const content = Buffer.alloc(bytes, "\n");
  content.write(jsonLines(pushRecords(name.split(".")[0] ?? name)));
  await writeFile(file, content);
  await utimes(file, 1_770_000_000, 1_770_000_000);
  return file;
}

async function choose(page: Page, button: string | RegExp, files: string | string[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles(files);
}

const sessions = new WeakMap<Page, CDPSession>();

/**
 * Bytes a second that leave the browser. What is on its way when a rate is changed may go out at once: a rate is slow enough
 * from the beginning that a busy machine comes in time to stop what is sent.
 */
async function throttle(page: Page, uploadThroughput: number, offline = false): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, session);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput,
  });
}

const queue = (page: Page) => page.getByRole("list", { name: "Uploads", exact: true });
const rowOf = (page: Page, name: string) => queue(page).getByRole("listitem").filter({ hasText: name });
const imported = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

const begunUploads = (page: Page): Promise<{ name: string; sent: number }[]> =>
  page.evaluate(async () => await (await fetch("/api/uploads")).json());
const sentOf = async (page: Page, name: string) =>
  (await begunUploads(page)).find((upload) => upload.name === name)?.sent ?? 0;

const MB = 1_000_000;

test("an upload goes on where it was when its tab was closed", async ({ app }) => {
  const first = await app.signedIn("analyst");
  const name = `${newMark()}.jsonl`;
  const file = await logFile(name, 24 * MB);
  await first.goto(`${app.url}/imports`);
  await throttle(first, 0.5 * MB);
  await choose(first, "Choose files", file);
  await expect(rowOf(first, name)).toContainText(/MB of 24 MB · .*B\/s · .* left/);
  await expect.poll(() => sentOf(first, name)).toBeGreaterThan(1.5 * MB);

  // Elsewhere in the application it goes on, and says so; the tab would ask before it is closed.
  await first.getByRole("link", { name: "Alerts" }).click();
  await expect(first.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
  const before = await sentOf(first, name);
  await expect(first.getByRole("link", { name: /Imports.*an upload is under way, \d+ %/ })).toBeVisible();
  await expect.poll(() => sentOf(first, name)).toBeGreaterThan(before);
  const asked = first.waitForEvent("dialog");
  const closing = first.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.accept();
  await closing;

  const second = await app.signedIn("analyst");
  await second.goto(`${app.url}/imports`);
  const left = second.getByRole("region", { name: "Uploads not finished" });
  await expect(left.getByRole("listitem").filter({ hasText: name })).toContainText(/MB of 24 MB are here/);
  const kept = await sentOf(second, name);
  expect(kept).toBeGreaterThan(1.5 * MB);
  await expectAccessible(second);

  const other = await logFile(`${newMark()}.jsonl`, 1000);
  await choose(second, `Choose ${name} again to go on`, other);
  await expect(left.getByRole("alert")).toContainText("another file");
  const pieces: number[] = [];
  second.on("request", (request) => {
    if (request.method() === "PATCH") pieces.push(Number(request.headers()["upload-offset"]));
  });
  await choose(second, `Choose ${name} again to go on`, file);
  await expect(imported(second, name).getByText("3 records: 3 new; 3 detections.")).toBeVisible();
  expect(pieces.length).toBeGreaterThan(0);
  expect(Math.min(...pieces)).toBeGreaterThanOrEqual(kept);
  await expect(left).toBeHidden();
});

test("one that is paused waits, one that is cancelled leaves nothing, the others go on", async ({ app }) => {
  const page = await app.newcomer("analyst");
  const names = Array.from({ length: 3 }, () => `${newMark()}.jsonl`);
  const [a = "", b = "", c = ""] = names;
  const files = await Promise.all(names.map((name) => logFile(name, 6 * MB)));
  await page.goto(`${app.url}/imports`);
  await throttle(page, 0.1 * MB);
  await choose(page, "Choose files", files);
  await expect(rowOf(page, c)).toContainText("waits its turn");
  await expect.poll(() => sentOf(page, a)).toBeGreaterThan(0);
  await expect.poll(() => sentOf(page, b)).toBeGreaterThan(0);

  await page.getByRole("button", { name: `Pause ${a}` }).click();
  await expect(rowOf(page, a)).toContainText("paused");
  await expect(rowOf(page, c)).not.toContainText("waits its turn");
  await expectAccessible(page);
  await page.getByRole("button", { name: `Cancel ${b}` }).click();
  await page.getByRole("menuitem", { name: /Discard the .* that are sent/ }).click();
  await expect(rowOf(page, b)).toBeHidden();

  await throttle(page, -1);
  await expect(imported(page, c).getByText("3 records: 3 new; 3 detections.")).toBeVisible();
  expect((await begunUploads(page)).map(({ name }) => name)).toEqual([a]);
  await page.getByRole("button", { name: `Go on with ${a}` }).click();
  await expect(imported(page, a).getByText("3 records: 3 new; 3 detections.")).toBeVisible();
  expect(await begunUploads(page)).toEqual([]);
  await expect(page.getByRole("link", { name: b })).toBeHidden();
  expect(complaintsOf(page)).toEqual([]);
});

test("one whose network is lost goes on by itself when it is back", async ({ app }) => {
  const page = await app.newcomer("analyst");
  const name = `${newMark()}.jsonl`;
  await page.goto(`${app.url}/imports`);
  await throttle(page, 0.3 * MB);
  await choose(page, "Choose files", await logFile(name, 8 * MB));
  await expect.poll(() => sentOf(page, name)).toBeGreaterThan(MB);
  await throttle(page, -1, true);
  await expect(rowOf(page, name)).toContainText("The network is gone.");
  await throttle(page, -1);
  await expect(imported(page, name).getByText("3 records: 3 new; 3 detections.")).toBeVisible();
});

test("limits are said before, and what goes beyond one is refused before it is sent", async ({ app }) => {
  const page = await app.signedIn("admin");
  await page.goto(`${app.url}/imports`);
  await page.getByText("All limits").click();
  await expect(page.getByText("A file has at most 5 GB")).toBeVisible();
  await expect(page.getByText("at most 100,000 files")).toBeVisible();

  const name = `${newMark()}.jsonl`;
  const file = path.join(folder, name);
  await writeFile(file, "");
  // A hole: it takes no room on the disk.
  await truncate(file, 5_000_000_001);
  await choose(page, "Choose files", file);
  await expect(rowOf(page, name)).toContainText("at most 5 GB can be uploaded");
  await expect(page.getByRole("link", { name: /Imports.*an upload stopped/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: `Cancel ${name}` }).click();
  await expect(rowOf(page, name)).toBeHidden();
  expect(complaintsOf(page)).toEqual([]);
});

test("an import is cancelled and read on by whoever may import, and tried again when it failed", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const [table, bytes] = [`${newMark()}.csv`, `${newMark()}.log`];
  await writeFile(path.join(folder, table), `time,what,${newMark()}\n1,2,3\n`);
  await writeFile(path.join(folder, bytes), Buffer.from([0, 1, 2, 3, 255]));
  await page.goto(`${app.url}/imports`);
  await choose(page, "Choose files", [path.join(folder, table), path.join(folder, bytes)]);
  await page.getByRole("link", { name: table, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: table })).toBeVisible();
  const manager = await app.signedIn("manager");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled before anything was read.")).toBeVisible();
  await expect(page.getByText("Cancelled by")).toBeVisible();
  await expectAccessible(page);

  await manager.goto(page.url());
  await expect(manager.getByText("Cancelled before anything was read.")).toBeVisible();
  await expect(manager.getByRole("button", { name: "Read on" })).toBeHidden();
  await page.getByRole("button", { name: "Read on" }).click();
  await expect(page.getByText("The columns of this table are not known yet")).toBeVisible();

  await page.getByRole("link", { name: "Imports" }).first().click();
  await page.getByRole("link", { name: bytes, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: bytes })).toBeVisible();
  await expect(page.getByText(/^The file is no log in JSON/)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("a request that lies about its length stores no more than it brought, and every answer is guarded", async ({
  app,
}) => {
  const page = await app.newcomer("analyst");
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const { host, hostname, port } = new URL(app.url);
  const headers = { cookie: cookies, "tus-resumable": "1.0.0" };
  const content = jsonLines(pushRecords(newMark()));
  const begun = await fetch(`${app.url}/api/uploads`, {
    method: "POST",
    headers: { ...headers, "upload-length": String(content.length) },
  });
  expect(begun.status).toBe(201);
  const place = begun.headers.get("location") ?? "";

  // Says that it brings all, brings a little, and leaves.
  const socket = connect(Number(port), hostname);
  socket.write(
    `PATCH ${place} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookies}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
      `Content-Type: application/offset+octet-stream\r\nContent-Length: ${content.length}\r\n\r\n${content.slice(0, 40)}`,
  );
  await expect
    .poll(async () => (await begunUploads(page))[0]?.sent, { message: "what came is kept" })
    .toBe(40);
  socket.destroy();
  const offset = async () =>
    (await fetch(`${app.url}${place}`, { method: "HEAD", headers })).headers.get("upload-offset");
  expect(await offset()).toBe("40");

  const patch = (body: string, from: number) =>
    fetch(`${app.url}${place}`, {
      method: "PATCH",
      headers: {
        ...headers,
        "content-type": "application/offset+octet-stream",
        "upload-offset": String(from),
      },
      body,
    });
  expect((await patch(`${content.slice(40)}and more`, 40)).status).toBe(413);
  const done = await patch(content.slice(40), 40);
  expect(done.status).toBe(204);
  expect(done.headers.get("x-import-id")).toMatch(/^[0-9a-f-]{36}$/);

  for (const answer of [
    begun,
    done,
    await fetch(`${app.url}/api/uploads`, { headers }),
    await fetch(`${app.url}/api/uploads`),
    await fetch(`${app.url}/api/uploads/none`, { method: "HEAD", headers }),
  ]) {
    expect(answer.headers.get("x-content-type-options"), `${answer.status} ${answer.url}`).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toContain("no-store");
  }
});
