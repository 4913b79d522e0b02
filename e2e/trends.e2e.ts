import type { Locator, Page } from "@playwright/test";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

const HOUR_MS = 3_600_000;
const DAYS = 30;

/** A push a day by one role over the last weeks, an alert each, and an Azure image. */
async function bringWeeks(page: Page, url: string, mark: string): Promise<void> {
  const pushes = Array.from({ length: DAYS }, (_, day) =>
    pushRecords(mark, {
      eventTime: new Date(Date.now() - (day * 25 + 1) * HOUR_MS).toISOString(),
      recipientAccountId: accountOf(mark),
    }),
  ).flat();
  const others = [...imageRecords(mark), ...pushRecords(newMark())];
  await upload(page, url, `${mark}.jsonl`, jsonLines([...pushes, ...others]));
}

/** Opens a link of a chart, and finds in the list as many alerts as it says. Leaves the page where it was. */
async function expectSameCount(page: Page, link: Locator): Promise<number> {
  const name = (await link.getAttribute("aria-label")) ?? "";
  const count = Number(/([\d,]+) alerts?\b/.exec(name)?.[1]?.replaceAll(",", ""));
  expect(count, name).toBeGreaterThan(0);
  const address = page.url();
  await page.goto(new URL((await link.getAttribute("href")) ?? "", address).href);
  await expect(page.getByText(new RegExp(`^${count} alerts? match(es)?$`)), name).toBeVisible();
  await page.goto(address);
  return count;
}

function figure(page: Page, name: string | RegExp): Locator {
  return page.getByRole("figure", { name });
}

async function closeAs(page: Page, url: string, verdict: string): Promise<void> {
  await page.goto(url);
  await page
    .getByRole("link", { name: /^ALR-\d+$/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Close…" }).click();
  const closing = page.getByRole("dialog");
  await closing.getByLabel(verdict, { exact: true }).check();
  await closing.getByLabel("Other").check();
  await closing.getByLabel("Why").fill("Looked at.");
  await closing.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByText(/^Closed /)).toBeVisible();
}

test("each chart opens the alerts that it counts, before and after verdicts and suppression", async ({
  app,
}) => {
  const mark = newMark();
  const page = await app.signedIn("analyst");
  await bringWeeks(page, app.url, mark);

  await test.step("what is stored is counted, in bars, legend and numbers", async () => {
    await page.goto(`${app.url}/trends?q=${mark}&period=90d&by=week`);
    await expect(page.getByText(`There are ${DAYS + 1} alerts, none before.`)).toBeVisible();
    const volume = figure(page, "Alerts by week and severity");
    const bars = volume.getByRole("group").getByRole("link");
    await expect(bars.last()).toBeAttached();
    let sum = 0;
    for (const bar of await bars.all())
      sum += Number(/: (\d+) alert/.exec((await bar.getAttribute("aria-label")) ?? "")?.[1]);
    expect(sum).toBe(DAYS + 1);
    await expectSameCount(page, bars.first());
    await expectSameCount(page, volume.getByRole("listitem").getByRole("link").first());
    await volume.getByText("The same in numbers").click();
    await expectSameCount(page, volume.getByRole("table").getByRole("link").last());
  });

  await test.step("each way to stack says the same number of alerts", async () => {
    for (const [stack, value] of [
      ["Platform", "AWS"],
      ["Rule", "A container image was pushed"],
      ["Verdict", "no verdict"],
      ["Account", accountOf(mark)],
    ] as const) {
      await page.getByRole("navigation", { name: "Stack" }).getByRole("link", { name: stack }).click();
      const volume = figure(page, `Alerts by week and ${stack.toLowerCase()}`);
      await expect(volume).toBeVisible();
      const entry = volume.getByRole("listitem").filter({ hasText: value }).getByRole("link").first();
      await expectSameCount(page, entry);
    }
  });

  await test.step("an admin quietens the role; two alerts get their verdicts", async () => {
    await closeAs(page, `${app.url}/alerts?q=${mark}&platform=azure`, "True positive");
    await closeAs(page, `${app.url}/alerts?q=${mark}&platform=aws`, "Benign true positive");
    const admin = await app.signedIn("admin");
    await admin.goto(`${app.url}/allowlist`);
    await admin.getByRole("link", { name: `Draft an entry for role/${mark}` }).click();
    await admin.getByRole("textbox", { name: "Reason", exact: true }).fill("The nightly build.");
    await admin.getByRole("radio", { name: "At another time" }).check();
    const start = new Date(Date.now() - 60 * 24 * HOUR_MS).toISOString().slice(0, 16);
    await admin.getByLabel("Start", { exact: true }).fill(start);
    await admin.getByRole("button", { name: "Enforce" }).click();
    await expect(admin).toHaveURL(/\/allowlist\/\d+$/);
    await expect(async () => {
      await page.goto(`${app.url}/alerts?q=${mark}&queue=suppressed`);
      await expect(page.getByText(`${DAYS - 1} alerts match`)).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 120_000 });
  });

  await test.step("the numbers follow at once", async () => {
    await page.goto(`${app.url}/trends?q=${mark}&period=90d&by=week`);
    const hatched = figure(page, /^Alerts by week/).getByRole("link", { name: /suppressed$/ });
    await expectSameCount(page, hatched.last());
    const verdicts = figure(page, "Verdicts").getByRole("link");
    await expect(verdicts).toHaveCount(2);
    expect(await expectSameCount(page, verdicts.first())).toBe(1);
    const noise = figure(page, "Noise by rule");
    await expect(noise.getByRole("row", { name: /All rules/ })).toContainText("50 %");
    expect(await expectSameCount(page, noise.getByRole("link", { name: /^All rules, judged/ }))).toBe(2);
    expect(await expectSameCount(page, noise.getByRole("link", { name: /^All rules, noise/ }))).toBe(1);
    const entries = figure(page, "Suppressed, and by which entries");
    await expect(entries.getByRole("row", { name: /ALW-\d+/ })).toHaveCount(1);
    for (const link of await entries.getByRole("link").all()) {
      expect(await expectSameCount(page, link)).toBe(DAYS - 1);
    }
    for (const name of ["Time to acknowledge", "Time to close", "Detection lag"]) {
      await expectSameCount(page, figure(page, name).getByRole("link", { name: new RegExp(`^${name}`) }));
      await expectSameCount(page, figure(page, name).getByRole("group").getByRole("link").first());
    }
    for (const name of ["Top actors", "Top images", "Top rules", "Top addresses"]) {
      await expectSameCount(page, figure(page, name).getByRole("link").first());
    }
    const news = figure(page, "Seen for the first time");
    const newActors = news.getByRole("link", { name: /actors seen for the first time$/ });
    const count = await newActors.innerText();
    await newActors.click();
    await expect(page.getByText(`${count} actors match`)).toBeVisible();
  });
  expect(complaintsOf(page)).toEqual([]);
});

test("the backlog opens what waits, by its age", async ({ app }) => {
  const mark = newMark();
  const page = await app.signedIn("analyst");
  await upload(page, app.url, `${mark}.jsonl`, jsonLines([...pushRecords(mark), ...imageRecords(mark)]));
  await page.goto(`${app.url}/trends?q=${mark}`);
  const backlog = figure(page, "Open backlog by age");
  await expect(backlog.getByRole("row", { name: /under 1 day/ })).toContainText("2");
  await expectSameCount(page, backlog.getByRole("link").first());
  const waiting = figure(page, "Time to acknowledge").getByRole("link", { name: /still waiting$/ });
  expect(await expectSameCount(page, waiting)).toBe(2);
});

test("charts are read and opened by keyboard, in numbers, as CSV and on paper", async ({ app }) => {
  const mark = newMark();
  const page = await app.signedIn("manager");
  await bringWeeks(await app.signedIn("analyst"), app.url, mark);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${app.url}/trends?q=${mark}&by=day`);
  const volume = figure(page, "Alerts by day and severity");
  await expect(figure(page, "Top addresses").getByRole("table")).toBeVisible();
  await expectAccessible(page);

  const bars = volume.getByRole("group").getByRole("link");
  await bars.first().focus();
  await page.keyboard.press("End");
  await expect(bars.last()).toBeFocused();
  const words = (await bars.last().getAttribute("aria-label")) ?? "";
  expect(words).toMatch(/\d alerts?\b/);
  await expect(volume.getByText(words)).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(bars.nth(-2)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/alerts\?/);
  await page.goBack();

  const way = volume.getByRole("link", { name: "The same in numbers" });
  const rows = volume.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(0);
  await way.press("Enter");
  await expect(rows.nth(5)).toBeVisible();
  await expect(way).toBeFocused();
  await expect(way).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  await page.goto(page.url());
  await expect(rows.nth(5)).toBeVisible();
  await figure(page, "Seen for the first time").getByText("The same in numbers").click();
  await expect(page).toHaveURL(/table=volume&table=first-seen/);
  await expect(figure(page, "Seen for the first time").getByRole("table")).toBeVisible();
  await expectAccessible(page);
  await way.press("Enter");
  await expect(rows).toHaveCount(0);
  await expect(figure(page, "Seen for the first time").getByRole("table")).toBeVisible();

  await page.getByRole("button", { name: "Copy as CSV: Alerts by day and severity" }).click();
  await expect(volume.getByText("Copied")).toBeVisible();
  const csv = await page.evaluate(() => navigator.clipboard.readText());
  const [head = "", ...lines] = csv.trim().split("\r\n");
  expect(head).toMatch(/^From,Before,Alerts,Suppressed,/);
  expect(lines).toHaveLength(30);
  const sum = lines.reduce((all, line) => all + Number(line.split(",")[2]), 0);
  await expect(page.getByText(`There are ${sum} alerts`)).toBeVisible();

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Copy as CSV/ }).first()).toBeHidden();
  await expect(page.getByText("the share that was nothing to worry about")).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("dates and zone are typed, and what cannot be is said", async ({ app }) => {
  const page = await app.signedIn("manager");
  await page.goto(`${app.url}/trends`);
  await page.getByLabel("From", { exact: true }).fill("2026-03-29");
  await page.getByLabel("To, this day included").fill("2026-03-29");
  await page.getByRole("combobox", { name: "Time zone" }).fill("Europe/Berlin");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/from=2026-03-29&to=2026-03-29&zone=Europe%2FBerlin/);
  await expect(figure(page, "Alerts by hour and severity")).toBeVisible();
  await expect(page.getByText(/^29 Mar 2026, Europe\/Berlin, compared with 28 Mar 2026/)).toBeVisible();
  await expect(page.getByText("No alerts in this period, and none before.")).toBeVisible();
  await page.getByRole("link", { name: "90 days" }).click();
  await expect(page).toHaveURL(/trends\?period=90d&zone=Europe%2FBerlin$/);

  for (const [query, said] of [
    ["zone=Mars/Base", "There is no time zone “Mars/Base”"],
    ["from=0000-01-01&to=2026-01-01", "Only days from 1 January 1970"],
    ["from=1920-01-01&to=2026-01-01&by=hour", "more bars than can be told apart"],
    ["from=2026-03-09&to=2026-03-01", "The dates were the other way round"],
    [
      "from=9999-12-31&to=0001-01-01&zone=%00&stack=x&by=second&q=%00&actor=1",
      "Only days from 1 January 1970",
    ],
  ]) {
    const answer = await page.goto(`${app.url}/trends?${query}`);
    expect(answer?.status(), query).toBe(200);
    await expect(page.getByText(said ?? "").first(), query).toBeVisible();
    await expect(figure(page, "Top addresses")).toBeVisible();
  }
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});
