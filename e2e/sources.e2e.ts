import type { Page } from "@playwright/test";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { asMessages, disableConnection, fillConnection, makeConnection, SUMO_UI } from "./connections.ts";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";
import { STAND_IN_KEY } from "./sumo/keys.ts";

/** Browsers call the zone of these tests by its old name or its new one. */
const FROM = /^From, in Asia/;
const TO = /^To, in Asia/;
const DAY_MS = 86_400_000;

/** So many images made within one second, some days ago. */
function burst(mark: string, count: number): { records: JsonObject[]; at: number } {
  const at = Math.floor((Date.now() - 5 * DAY_MS) / 60_000) * 60_000;
  const eventTime = new Date(at).toISOString().replace(".000Z", "Z");
  const records = Array.from({ length: count }, (_, index) =>
    cloudTrailRecord({ eventID: `${mark}-${index}`, eventName: "CreateImage", eventTime }),
  );
  return { records, at };
}

const section = (page: Page, name: string | RegExp) => page.getByRole("region", { name });
const connections = (page: Page) => page.getByRole("table", { name: /^Connections/ });
const sourcesLink = (page: Page) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Sources/ });

/** Asks for a range that begins a minute before a time and ends a minute after it. */
async function fillRange(page: Page, at: number): Promise<void> {
  const local = (time: number) =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Kolkata", dateStyle: "short", timeStyle: "short" })
      .format(time)
      .replace(" ", "T");
  const form = page.getByRole("form", { name: "Backfill" });
  await form.getByLabel(FROM).fill(local(at - 60_000));
  await form.getByLabel(TO).fill(local(at + 60_000));
}

test("without a connection the page says what one brings and takes", async ({ app }) => {
  const page = await app.newcomer("analyst");
  await page.goto(`${app.url}/sources`);
  // Other tests of this worker may have made connections: then there is a table.
  await expect(page.getByText("Nothing is pulled yet").or(connections(page))).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "imports" })).toHaveAttribute(
    "href",
    "/imports",
  );
  await expect(page.getByRole("link", { name: "Connect Sumo Logic" })).toHaveCount(0);
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("an admin connects, tests, and sees the first pull arrive in the queue", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  app.sumo.load(asMessages(mark, pushRecords(mark)));
  await fillConnection(page, app, mark);
  await expect(section(page, "Query")).toContainText(`_sourceCategory=tests/${mark}`);
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByText("Sumo Logic answers: 3 messages in the last 15 minutes.")).toBeVisible();
  await expect(page.getByText("Barnacle can read all 3 records that it looked at.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Save and begin to pull" }).click();
  await expect(page.getByRole("heading", { level: 1, name: mark })).toBeVisible();
  const pulled = section(page, "Recent pulls").getByRole("row").filter({ hasText: "what it brought" });
  await expect(pulled.first()).toContainText("the schedule");
  await expect(section(page, "Gaps")).toContainText("None: of what was pulled so far no message is missing.");
  await expect(page.getByText("All is pulled.")).toBeVisible();
  await expectAccessible(page);

  await pulled.first().getByRole("link").click();
  await expect(page.getByRole("link", { name: mark, exact: true })).toBeVisible();
  await expect(page.getByText("3 records: 3 new; 3 detections.")).toBeVisible();
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByText("1 alert matches")).toBeVisible();

  await page.goto(`${app.url}/sources`);
  await expect(connections(page).getByRole("row").filter({ hasText: mark })).toContainText("well");
  const feeds = section(page, "Feeds").getByRole("rowgroup").filter({ hasText: mark });
  await expect(feeds).toContainText("3 records in the last 24 hours");
  await expect(feeds.getByRole("row").filter({ hasText: "AWS CloudTrail" })).toContainText(
    "Last event 10 min ago",
  );
  await expectAccessible(page);
  await connections(page).getByRole("link", { name: mark }).click();
  await disableConnection(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("what is wrong in the form is said beside its field, and what was typed stays", async ({ app }) => {
  const page = await app.signedIn("admin");
  await page.goto(`${app.url}/sources/new`);
  await page.getByLabel("Name").fill("Typed");
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByLabel("Access id")).toHaveAccessibleDescription(/Give the access id/);
  await page.getByLabel("Access id").fill("id");
  await page.getByRole("textbox", { name: "Access key" }).fill("key");
  await page.getByRole("button", { name: "Save and begin to pull" }).click();
  await expect(page.getByLabel("Source categories of AWS CloudTrail")).toHaveAccessibleDescription(
    /Name at least one source category/,
  );
  await page.getByLabel("Deployment").selectOption({ label: "Another address" });
  await page.getByLabel("Address of the interface").fill("http://169.254.169.254/api/");
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByLabel("Address of the interface")).toHaveAccessibleDescription(
    /has not listed this address/,
  );
  await expect(page.getByLabel("Name")).toHaveValue("Typed");
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("a wrong key is told in words and marked in the navigation, until it is rotated", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  app.sumo.load(asMessages(mark, pushRecords(mark)));
  await fillConnection(page, app, mark);
  const key = page.getByRole("textbox", { name: "Access key" });
  await key.fill(`wrong-${mark}`);
  await page.getByRole("button", { name: "Test" }).click();
  await expect(page.getByRole("form").getByRole("alert")).toContainText(
    "Sumo Logic does not accept the access key.",
  );
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save and begin to pull" }).click();
  await expect(page.getByRole("heading", { level: 1, name: mark })).toBeVisible();
  await expect(page.getByText("The last run failed; it is tried again.")).toBeVisible();
  await expect(page.getByText("Sumo Logic does not accept the access key.")).toBeVisible();
  // Two more runs, and it is nothing that mends itself.
  for (const runs of [2, 3]) {
    await page.getByRole("button", { name: "Pull now" }).click();
    await expect(page.getByText(`The last ${runs} runs failed`)).toBeVisible();
  }
  await page.goto(`${app.url}/sources`);
  await expect(sourcesLink(page)).toHaveAccessibleName(/needs? somebody/);
  expect(await page.content()).not.toContain(`wrong-${mark}`);

  await connections(page).getByRole("link", { name: mark }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Access id").fill(STAND_IN_KEY.accessId);
  await dialog.getByRole("textbox", { name: "Access key" }).fill(STAND_IN_KEY.accessKey);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  await expect(page.getByText("The key is rotated")).toBeVisible();
  await expect(page.getByText("All is pulled.")).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Sumo Logic answers/)).toBeVisible();
  const place = page.url();
  for (const path of [place, `${place}/change`, `${app.url}/sources`]) {
    await page.goto(path);
    const sent = (await (await page.request.get(path)).text()) + (await page.content());
    expect(sent).toContain(mark);
    for (const secret of [`wrong-${mark}`, STAND_IN_KEY.accessKey, STAND_IN_KEY.accessId]) {
      expect(sent).not.toContain(secret);
    }
  }
  await page.goto(place);
  await disableConnection(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("a backfill is counted, started, and becomes imports; what Sumo cuts short is a gap until it is whole", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  const { records, at } = burst(mark, 50);
  const old = asMessages(mark, records, at);
  app.sumo.load(old.slice(0, 20));
  await makeConnection(page, app, mark);
  const backfills = section(page, "Backfills");
  await page.getByRole("button", { name: "Start backfill" }).click();
  await expect(backfills.getByRole("alert")).toContainText("Give the time from which to pull.");
  await fillRange(page, at);
  await page.getByRole("button", { name: "Count first" }).click();
  await expect(page.getByText("Sumo Logic holds 20 messages of this range")).toBeVisible();
  await page.getByRole("button", { name: "Start backfill" }).click();
  const done = backfills.getByRole("row").filter({ hasText: "done" });
  await expect(done).toContainText("20");
  await expect(
    section(page, "Recent pulls").getByRole("row").filter({ hasText: "a backfill" }),
  ).toContainText("message time");
  await expectAccessible(page);

  app.sumo.load(old.slice(20));
  await fillRange(page, at);
  await page.getByRole("button", { name: "Start backfill" }).click();
  const gaps = section(page, /^Gaps/);
  // Halves of halves down to a second, at the pace that Sumo allows.
  await expect(gaps.getByRole("heading", { name: "Gaps (1)" })).toBeVisible({ timeout: 200_000 });
  await expect(gaps).toContainText(
    "A single second holds more messages than Sumo Logic gives for one search.",
  );
  await expect(page.getByText("There is 1 gap: messages are missing.")).toBeVisible();
  await expect(sourcesLink(page)).toHaveAccessibleName(/needs? somebody/);
  await expectAccessible(page);
  const searches = () => app.sumo.stats().jobs.created;
  const searched = searches();
  await gaps.getByRole("button", { name: "Retry" }).click();
  await expect.poll(searches).toBeGreaterThan(searched);
  // The second holds as much as before.
  await expect(gaps.getByRole("heading", { name: "Gaps (1)" })).toBeVisible();
  await disableConnection(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("a backfill is paused, resumed and cancelled", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  await makeConnection(page, app, mark);
  const form = page.getByRole("form", { name: "Backfill" });
  await form.getByLabel(FROM).fill("2024-01-01T00:00");
  await form.getByLabel(TO).fill("2026-01-01T00:00");
  await page.getByRole("button", { name: "Start backfill" }).click();
  const row = section(page, "Backfills").getByRole("row").nth(1);
  await row.getByRole("button", { name: "Pause" }).click();
  await expect(row).toContainText("paused");
  await row.getByRole("button", { name: "Resume" }).click();
  await expect(row).toContainText("running");
  await expectAccessible(page);
  await row.getByRole("button", { name: "Cancel" }).click();
  await expect(row).toContainText("cancelled");
  await disableConnection(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("alert, event and actor lead to Sumo, and an analyst has the actor fetched", async ({ app }) => {
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const records = pushRecords(mark);
  await makeConnection(admin, app, mark);
  const connection = new URL(admin.url()).pathname;
  const page = await app.signedIn("analyst");
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await page.getByRole("link", { name: /^ALR-\d+$/ }).click();

  const side = section(page, "In Sumo Logic");
  const link = side.getByRole("link", { name: /Search in/ });
  const href = new URL((await link.getAttribute("href")) ?? "");
  expect(href.origin + href.pathname).toBe(`${SUMO_UI}/log-search/create`);
  expect(href.searchParams.get("query")).toContain(`"prod/${mark}"`);
  const eventTime = Date.parse(String(records[0]?.eventTime));
  expect(Number(href.searchParams.get("startTime"))).toBeLessThan(eventTime);
  expect(Number(href.searchParams.get("endTime"))).toBeGreaterThan(eventTime);
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener/);
  await expect(section(page, "Event").getByRole("link", { name: /Search in/ })).toBeVisible();
  await expectAccessible(page);

  await side.getByRole("button", { name: /Fetch this actor ±24 h/ }).click();
  await expect(
    side.getByText("Asked for: what names this actor is pulled now; what is recent goes to the queue."),
  ).toBeVisible();
  await side.getByRole("link", { name: "See the backfill" }).click();
  await expect(page.getByRole("heading", { level: 1, name: mark })).toBeVisible();
  await expect(section(page, "Backfills").getByRole("row").filter({ hasText: "one actor" })).toContainText(
    "done",
  );
  await expect(page.getByRole("button", { name: "Rotate key" })).toHaveCount(0);
  await section(page, "Backfills").getByRole("link", { name: "one actor" }).click();
  const actorHref = new URL(
    (await section(page, "In Sumo Logic")
      .getByRole("link", { name: /Search in/ })
      .getAttribute("href")) ?? "",
  );
  expect(actorHref.searchParams.get("query")).toContain(`"role/${mark}"`);
  await expect(
    section(page, "In Sumo Logic").getByRole("button", { name: /Fetch this actor/ }),
  ).toBeVisible();
  await expectAccessible(page);

  const manager = await app.signedIn("manager");
  await manager.goto(page.url());
  await expect(section(manager, "In Sumo Logic").getByRole("link", { name: /Search in/ })).toBeVisible();
  await expect(manager.getByRole("button", { name: /Fetch this actor/ })).toHaveCount(0);
  await admin.goto(`${app.url}${connection}`);
  await disableConnection(admin);
  expect(complaintsOf(page)).toEqual([]);
});

test("a connection is made and changed by keyboard alone, and the later writer is told", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  await page.goto(`${app.url}/sources/new`);
  await page.getByLabel("Name").focus();
  const { keyboard } = page;
  const next = async (text: string) => {
    await keyboard.press("Tab");
    await keyboard.type(text);
  };
  await keyboard.type(mark);
  await next("Another");
  await next(SUMO_UI);
  await next(app.sumo.url);
  await next(STAND_IN_KEY.accessId);
  await next(STAND_IN_KEY.accessKey);
  await next("service@example.com");
  await next(`tests/${mark}`);
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: "Image operations", exact: true })).toBeChecked();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: mark })).toBeVisible();

  const change = page.getByRole("link", { name: `Change ${mark}` });
  const other = await page.context().newPage();
  await other.goto(`${app.url}${await change.getAttribute("href")}`);
  await other.getByLabel("Every how many minutes").fill("30");
  await change.focus();
  await keyboard.press("Enter");
  await page.getByLabel("Every how many minutes").focus();
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("15");
  await expectAccessible(page);
  await keyboard.press("Enter");
  await expect(page.getByText("15 minutes")).toBeVisible();
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText(/changed it in the meantime/)).toBeVisible();
  await expect(other.getByLabel("Every how many minutes")).toHaveValue("30");
  await disableConnection(page);
  expect(complaintsOf(page)).toEqual([]);
});
