import type { Page } from "@playwright/test";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark, pushRecords } from "./records.ts";

const HOUR_MS = 3_600_000;

function call(role: string, time: number, overrides: Record<string, unknown> = {}): JsonObject {
  return cloudTrailRecord({
    eventTime: new Date(time).toISOString(),
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::111122223333:assumed-role/${role}/run-1`,
      accountId: "111122223333",
      accessKeyId: "ASIAEXAMPLE",
    },
    eventID: crypto.randomUUID(),
    ...overrides,
  });
}

function push(role: string, time: number, tag: string): JsonObject {
  return call(role, time, {
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    requestParameters: {
      registryId: "111122223333",
      repositoryName: `prod/${role.slice(0, 40)}`,
      imageTag: tag,
    },
  });
}

/** Goes to the page of the one actor whose name holds the mark. */
async function openActor(page: Page, url: string, mark: string): Promise<void> {
  await page.goto(`${url}/actors?q=${mark}`);
  await expect(page.getByText("1 actor matches")).toBeVisible();
  await page.getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/\/actors\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 2, name: "Timeline" })).toBeVisible();
}

const events = (page: Page) => page.locator('[data-mark="event"]');
const lane = (page: Page, service: string) => page.locator(`[data-lane="${service}"]`);

/** How many events the bars of a lane stand for. */
async function counted(page: Page, service: string): Promise<number> {
  const bars = await lane(page, service).locator("rect[data-events]").all();
  const counts = await Promise.all(bars.map((bar) => bar.getAttribute("data-events")));
  return counts.reduce((sum, count) => sum + Number(count), 0);
}

test("actors are listed with what they did, narrowed and sorted by the address", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const now = Date.now();
  await upload(
    page,
    app.url,
    `${mark}.jsonl`,
    jsonLines([
      push(`${mark}-one`, now - HOUR_MS, "1"),
      push(`${mark}-one`, now - HOUR_MS + 1000, "2"),
      call(`${mark}-one`, now - 2 * HOUR_MS),
      call(`${mark}-two`, now - 3 * HOUR_MS, { eventSource: "ec2.amazonaws.com" }),
    ]),
  );
  await page.goto(`${app.url}/actors?q=${mark}&sort=nonsense&platform=%00&page=before~x`);
  await expect(page.getByText("2 actors match")).toBeVisible();
  const one = page.getByRole("row", { name: new RegExp(`${mark}-one`) });
  await expect(one.getByRole("cell")).toHaveText([
    `role/${mark}-one`,
    "workload",
    "AWS",
    "111122223333",
    "3",
    "2",
    "0",
    "1",
    "1",
    "1",
    "1",
    /./,
    /./,
  ]);
  await expectAccessible(page);

  const names = page.getByRole("link", { name: new RegExp(`^role/${mark}`) });
  await page.getByRole("columnheader", { name: "Events" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=-events/);
  await expect(names).toHaveText([`role/${mark}-one`, `role/${mark}-two`]);
  await page.getByRole("columnheader", { name: "Events" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=events/);
  await expect(names).toHaveText([`role/${mark}-two`, `role/${mark}-one`]);
  await page.getByLabel("Has open alerts").click();
  await expect(page.getByText("1 actor matches")).toBeVisible();
  await one.getByRole("cell").nth(8).getByRole("link").click();
  await expect(page).toHaveURL(/\/alerts\?/);
  await expect(page.getByText("1 alert matches")).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("a timeline shows every event, opens one by mouse and by keyboard, and marks it in the table", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const start = Date.now() - 30 * HOUR_MS;
  const records = [
    ...Array.from({ length: 20 }, (_, at) => call(mark, start + at * HOUR_MS)),
    push(mark, start + 5.5 * HOUR_MS, "1"),
    push(mark, start + 6.5 * HOUR_MS, "2"),
    push(mark, start + 6.5 * HOUR_MS, "3"),
  ];
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await openActor(page, app.url, mark);
  await expect(page.getByText(/23 events and 3 detections/)).toBeVisible();
  await expect(events(page)).toHaveCount(23);
  await expect(lane(page, "ecr.amazonaws.com").locator('[data-mark="event"]')).toHaveCount(3);
  await expect(lane(page, "ec2.amazonaws.com").locator('[data-mark="event"]')).toHaveCount(20);
  await expect(page.getByText("23 events", { exact: true })).toBeVisible();
  await expectAccessible(page);

  const second = lane(page, "ecr.amazonaws.com").locator('[data-mark="event"]').nth(1);
  await second.click();
  await expect(page).toHaveURL(/event=/);
  const beside = page.getByRole("complementary", { name: "Event opened beside" });
  await expect(beside.getByText("PutImage").first()).toBeVisible();
  await expect(page.locator('[data-mark][aria-current="true"]')).toHaveCount(1);
  const time = new Date(start + 6.5 * HOUR_MS).toISOString().replace(/\.\d+Z/, "");
  await expect(page.locator('tr[data-selected="true"] time')).toHaveAttribute("datetime", new RegExp(time));
  await expectAccessible(page);

  // By keyboard alone: to the marks, along a lane, to another lane, and in.
  await page.getByRole("region", { name: /^Timeline: plus/ }).focus();
  const first = lane(page, "ec2.amazonaws.com").locator('[data-mark="event"]').first();
  await first.focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  const focused = page.locator("[data-mark]:focus");
  await expect(focused).toHaveAttribute("aria-label", /DescribeImages succeeded/);
  const key = await focused.getAttribute("data-event");
  await page.keyboard.press("Enter");
  await expect(page.locator('[data-mark][aria-current="true"]')).toHaveAttribute("data-event", key ?? "");
  await expect(beside.getByText("DescribeImages").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(focused).toHaveAttribute("aria-label", /PutImage/);
  expect(complaintsOf(page)).toEqual([]);
});

test("a window is brushed, zoomed and moved by mouse and by keys, and the table shows the same", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const start = Date.now() - 100 * HOUR_MS;
  const records = Array.from({ length: 80 }, (_, at) => call(mark, start + at * HOUR_MS));
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await openActor(page, app.url, mark);
  await expect(events(page)).toHaveCount(80);

  const overview = page.getByTestId("overview");
  const box = (await overview.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width * 0.25, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=.*to=/);
  await expectWindow(page, start, 80);
  const brushed = await events(page).count();
  expect(brushed).toBeGreaterThan(15);
  expect(brushed).toBeLessThan(25);

  const stage = page.getByRole("region", { name: /^Timeline: plus/ });
  await stage.focus();
  let address = page.url();
  for (const keys of ["+", "ArrowRight", "-", "ArrowLeft"]) {
    await page.keyboard.press(keys);
    await expect(page).not.toHaveURL(address);
    address = page.url();
    await expectWindow(page, start, 80);
  }
  await page.keyboard.press("0");
  await expect(events(page)).toHaveCount(80);
  await expect(page).not.toHaveURL(/from=/);

  const plot = (await lane(page, "ec2.amazonaws.com").boundingBox()) ?? box;
  await page.mouse.move(plot.x + plot.width / 2, plot.y + 10);
  await page.mouse.wheel(0, -600);
  await expect(page).toHaveURL(/from=/);
  await expectWindow(page, start, 80);
  const zoomed = page.url();
  await page.mouse.move(plot.x + plot.width / 2, plot.y + 4);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width / 2 + 200, plot.y + 4, { steps: 5 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(zoomed);
  await expectWindow(page, start, 80);
  expect(complaintsOf(page)).toEqual([]);
});

/** What is drawn are the events, one an hour, that lie in the window of the address; the table counts the same. */
async function expectWindow(page: Page, start: number, hours: number): Promise<void> {
  const query = new URL(page.url()).searchParams;
  const from = Date.parse(query.get("from") ?? "");
  const to = Date.parse(query.get("to") ?? "");
  expect(to).toBeGreaterThan(from);
  const second = (time: number) => Math.floor(time / 1000) * 1000;
  const inside = Array.from({ length: hours }, (_, at) => second(start + at * HOUR_MS)).filter(
    (time) => time >= from && time <= to,
  );
  await expect(events(page)).toHaveCount(inside.length);
  await expect(page.getByText(`${inside.length} events match`)).toBeVisible();
}

test("more events than can be told apart are bars, whose numbers are the store's, and Enter comes nearer", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const start = Date.now() - 90 * 24 * HOUR_MS;
  const records = Array.from({ length: 1700 }, (_, at) => call(mark, start + at * HOUR_MS));
  const pushes = Array.from({ length: 320 }, (_, at) => push(mark, start + at * HOUR_MS + 60_000, `t${at}`));
  await upload(page, app.url, `${mark}.jsonl`, jsonLines([...records, ...pushes]));
  await openActor(page, app.url, mark);
  await expect(page.getByText(/2,020 events and 320 detections/)).toBeVisible();
  expect(await counted(page, "ec2.amazonaws.com")).toBe(1700);
  expect(await counted(page, "ecr.amazonaws.com")).toBe(320);
  await expectAccessible(page);

  const bar = lane(page, "ecr.amazonaws.com").locator('[data-mark="bar"]').first();
  const words = (await bar.getAttribute("aria-label")) ?? "";
  const inBar = Number(/: (\d+) events?/.exec(words)?.[1]);
  expect(words).toMatch(new RegExp(`: ${inBar} events?, ${inBar} detections?, worst`));
  await bar.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=/);
  await expect(lane(page, "ecr.amazonaws.com").locator('[data-mark="event"]')).toHaveCount(inBar);
  expect(complaintsOf(page)).toEqual([]);
});

test("hostile names are text, and what cannot be read in an address is dropped", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const now = Date.now() - HOUR_MS;
  const hostile = `${mark}-<img src=x onerror=alert(1)>-\u202e\u05d0\u05d1-😀-${"x".repeat(4000)}`;
  const arn = `arn:aws:sts::111122223333:assumed-role/${hostile}/${"s".repeat(4000)}`;
  const identity = { type: "AssumedRole", arn, accountId: "111122223333", accessKeyId: "ASIA-\u202e-😀" };
  await upload(
    page,
    app.url,
    `${mark}.jsonl`,
    jsonLines([
      call(mark, now, { userIdentity: identity, userAgent: hostile, eventName: `Describe-${hostile}` }),
    ]),
  );
  await openActor(page, app.url, mark);
  await expect(events(page)).toHaveCount(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expectAccessible(page);
  const address = page.url();
  for (const query of [
    "from=0000-01-01T00:00:00Z",
    "from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z",
    "from=yesterday&to=%00&event=1~2&facts=nothing&page=after~x",
    "range=100y&platform=mars",
  ]) {
    await page.goto(`${address}?${query}`);
    await expect(events(page)).toHaveCount(1);
  }
  await page.goto(`${address}?from=1950-01-01T00:00:00Z&to=1960-01-01T00:00:00Z`);
  await expect(page.getByText("Nothing is known of this actor in the window")).toBeVisible();
  await page.goto(`${app.url}/actors/not-an-id`);
  await expect(page.getByText("There is nothing at this address")).toBeVisible();
  expect(complaintsOf(page).filter((words) => !words.includes("404"))).toEqual([]);
});

test("an actor's names lead to the actor from its alert", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await page.getByRole("link", { name: /^ALR-\d+$/ }).click();
  await page
    .getByRole("complementary", { name: "About this alert" })
    .getByRole("link", { name: `role/${mark}` })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: `role/${mark}` })).toBeVisible();
  await expect(events(page)).toHaveCount(3);
});

test("a timeline tells what is suppressed from what was judged, by name", async ({ app }) => {
  test.slow();
  const admin = await app.signedIn("admin");
  const mark = newMark();
  const now = Date.now();
  // An account without a history, in which nothing counts as new.
  const account = accountOf(mark);
  // Two repositories, so that each push has an alert of its own.
  const pushTo = (repository: string, time: number) =>
    call(mark, time, {
      recipientAccountId: account,
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${mark}/run-1`,
        accountId: account,
        accessKeyId: "ASIAEXAMPLE",
      },
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      requestParameters: { registryId: account, repositoryName: repository, imageTag: "1" },
    });
  await upload(
    admin,
    app.url,
    `${mark}.jsonl`,
    jsonLines([
      pushTo(`expected/${mark}`, now - 3 * HOUR_MS),
      pushTo(`judged/${mark}`, now - 2 * HOUR_MS),
      pushTo(`open/${mark}`, now - HOUR_MS),
    ]),
  );
  const openAlert = async (repository: string) => {
    await admin.goto(`${app.url}/alerts?queue=all&q=${repository}/${mark}`);
    await admin.getByRole("link", { name: /^ALR-\d+$/ }).click();
    await expect(admin).toHaveURL(/\/alerts\/\d+$/);
    return `ALR-${admin.url().split("/").at(-1)}`;
  };

  const waiting = await openAlert("open");
  const judged = await openAlert("judged");
  await admin.getByRole("toolbar").getByRole("button", { name: "Close…" }).click();
  const closing = admin.getByRole("dialog");
  await closing.getByLabel("Benign true positive").check();
  await closing.getByLabel("Authorised test").check();
  await closing.getByLabel("Why").fill("The yearly test.");
  await closing.getByRole("button", { name: "Close", exact: true }).click();
  await expect(admin.getByText(/^Closed .* as benign true positive/)).toBeVisible();

  const expected = await openAlert("expected");
  await admin.getByRole("link", { name: "Allow this…" }).click();
  await admin.getByRole("textbox", { name: "Reason", exact: true }).fill("The nightly build.");
  await admin.getByRole("radio", { name: "At another time" }).check();
  const start = new Date(now - 60 * 24 * HOUR_MS).toISOString().slice(0, 16);
  await admin.getByLabel("Start", { exact: true }).fill(start);
  await admin.getByRole("button", { name: "Enforce" }).click();
  await expect(admin).toHaveURL(/\/allowlist\/\d+$/);
  const entry = `ALW-${admin.url().split("/").at(-1)}`;
  await expect(admin.getByText("1 detection looked at, 1 decided anew")).toBeVisible();

  await openActor(admin, app.url, mark);
  const marked = (words: RegExp) => events(admin).and(admin.getByRole("link", { name: words }));
  await expect(events(admin)).toHaveCount(3);
  await expect(marked(new RegExp(`PutImage succeeded · low \\d+ suppressed · ${expected} new$`))).toHaveCount(
    1,
  );
  await expect(
    marked(new RegExp(`PutImage succeeded · low \\d+ · ${judged} closed: benign true positive$`)),
  ).toHaveCount(1);
  await expect(marked(new RegExp(`PutImage succeeded · low \\d+ · ${waiting} new$`))).toHaveCount(1);

  const table = admin.getByRole("table", { name: /^Events/ });
  await expect(table.getByRole("row", { name: expected })).toContainText(`suppressed by ${entry}`);
  await expect(table.getByRole("row", { name: judged })).toContainText("benign true positive");
  await expect(table.getByRole("row", { name: waiting })).not.toContainText(/suppressed|positive/);
  await expectAccessible(admin);
  expect(complaintsOf(admin)).toEqual([]);
});
