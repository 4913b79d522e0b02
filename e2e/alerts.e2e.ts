import { readFile } from "node:fs/promises";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

test("the queue narrows by what one chooses, and the address holds it all", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines([...pushRecords(mark), ...imageRecords(mark)]));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByText("2 alerts match")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Filters" }).click();
  const facets = page.getByRole("complementary", { name: "Filter by value" });
  await facets
    .getByRole("region", { name: "Platform" })
    .getByRole("link", { name: /^Azure/ })
    .click();
  await expect(page).toHaveURL(/platform=azure/);
  await expect(page.getByText("1 alert matches")).toBeVisible();
  await expect(page.getByRole("button", { name: mark, exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Remove: Platform is Azure" }).click();
  await expect(page.getByText("2 alerts match")).toBeVisible();
  await facets.getByRole("link", { name: "Rule out Azure" }).click();
  await expect(page.getByText("1 alert matches")).toBeVisible();
  await expect(page.getByRole("button", { name: `prod/${mark}` })).toBeVisible();

  const address = page.url();
  const other = await app.signedIn("manager");
  await other.goto(address);
  await expect(other.getByRole("button", { name: `prod/${mark}` })).toBeVisible();
  await expect(other.getByText("1 alert matches")).toBeVisible();

  await page.getByLabel("At least so many detections").fill("4");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("No alert matches these filters")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL(`${app.url}/alerts`);
  expect([...complaintsOf(page), ...complaintsOf(other)]).toEqual([]);
});

test("a value of a row can be included, ruled out and copied, by keyboard alone", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines([...pushRecords(mark), ...imageRecords(mark)]));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  const actor = page.getByRole("button", { name: `role/${mark}` });
  await actor.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Only this" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(actor).toBeFocused();

  await page.keyboard.press("Enter");
  // Before the menu has the focus the arrows still move among the rows.
  await expect(page.getByRole("menuitem", { name: "Only this" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Rule out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/actor=%21/);
  await expect(page.getByText("1 alert matches")).toBeVisible();
  await expect(page.getByRole("link", { name: `Remove: Actor is not role/${mark}` })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("an alert tells its story, and each detection its original record", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const hostile = "<img src=x onerror=alert(1)>\u202e";
  const records = pushRecords(mark, { userAgent: hostile });
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await page.getByRole("link", { name: /^ALR-\d+$/ }).click();
  const sentence = `role/${mark} pushed prod/${mark}:1.4 from 198.51.100.7 in 3 operations.`;
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByText("+25 base of the rule")).toBeVisible();
  await expect(page.getByText(hostile).first()).toBeVisible();

  const detections = page.getByRole("region", { name: "Detections" });
  await detections
    .getByRole("row", { name: /PutImage/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/event=/);
  const event = page.getByRole("region", { name: "Event" });
  await expect(event.getByText("Record 3 of")).toBeVisible();
  await event.getByText("As received").click();
  await expect(event.getByText(JSON.stringify(records[2]))).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await event.getByRole("link", { name: "Download" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toBe(JSON.stringify(records[2]));
  expect(complaintsOf(page)).toEqual([]);
});

test("times are in the reader's zone, with UTC beside", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const time = "2026-03-04T20:00:00.000Z";
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark, { eventTime: time })));
  await page.goto(`${app.url}/alerts?queue=all&q=${mark}`);
  const shown = page.locator(`time[datetime="${time}"]`);
  await expect(shown).toHaveText(/^5 Mar( \d{4})? 01:30:00$/);
  await expect(shown).toHaveAttribute("title", "2026-03-04 20:00:00 UTC");
  await expect(page.getByText(/^Times in Asia\/(Kolkata|Calcutta)$/)).toBeVisible();
});

test("a long queue is paged forwards and back, and sorted by what its head says", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const records = Array.from({ length: 60 }, (_, at) =>
    pushRecords(`${mark}-${at}`).slice(0, (at % 3) + 1),
  ).flat();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(records));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByText("60 alerts match")).toBeVisible();
  const rows = page.getByRole("link", { name: /^ALR-\d+$/ });
  await expect(rows).toHaveCount(50);
  const first = await rows.first().textContent();
  await page.getByRole("link", { name: "next page" }).click();
  await expect(rows).toHaveCount(10);
  await page.getByRole("link", { name: "previous page" }).click();
  await expect(rows.first()).toHaveText(first ?? "");

  await page.getByRole("columnheader", { name: "Count", exact: true }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Count", exact: true })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(page.getByRole("row").nth(1).getByRole("cell").last()).toHaveText("3");
  await page.getByRole("columnheader", { name: "Count", exact: true }).getByRole("link").click();
  await expect(page.getByRole("columnheader", { name: "Count", exact: true })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await expect(page.getByRole("row").nth(1).getByRole("cell").last()).toHaveText("1");
});
