import type { Page } from "@playwright/test";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark } from "./records.ts";

const HOUR_MS = 3_600_000;

/** Images made in an account that no other test uses, an hour apart, the last so many hours ago. */
function records(mark: string, hoursAgo: number) {
  return Array.from({ length: 12 }, (_, at) =>
    cloudTrailRecord({
      eventID: `${mark}-${at}`,
      eventName: "CreateImage",
      eventTime: new Date(Date.now() - (hoursAgo + at) * HOUR_MS).toISOString(),
      recipientAccountId: accountOf(mark),
    }),
  );
}

const feeds = (page: Page) => page.getByRole("region", { name: "Feeds" });
const mainLink = (page: Page, name: RegExp) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
const sourcesLink = (page: Page) => mainLink(page, /^Sources/);

/** How many things the navigation says need somebody: other tests of this worker may have made some. */
async function troubles(page: Page): Promise<number> {
  return Number((await sourcesLink(page).textContent())?.match(/\d+/)?.[0] ?? 0);
}

const changeButton = (page: Page, account: string) =>
  page.getByRole("button", { name: `Change how long AWS CloudTrail of ${account} by Uploads may be silent` });

/** Chooses how long the feed may be silent. */
async function expectSilence(
  page: Page,
  account: string,
  choose: (dialog: ReturnType<Page["getByRole"]>) => Promise<void>,
) {
  await changeButton(page, account).click();
  const dialog = page.getByRole("dialog", { name: "Longest silence" });
  await choose(dialog);
  await dialog.getByRole("button", { name: "Save" }).click();
}

test("an admin says how long a feed may be silent: until it is longer nothing is said, then everywhere", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  const account = accountOf(mark);
  await upload(page, app.url, `${mark}.jsonl`, `${jsonLines(records(mark, 50))}\nrubbish`);
  await page.goto(`${app.url}/sources`);
  await expect(mainLink(page, /^Imports/)).toHaveAccessibleName(/\d+ rejected in the last 24 h/);
  const row = feeds(page).getByRole("row").filter({ hasText: account });
  await expect(row).toContainText("Last event 2 days ago; any silence is fine.");
  await expect(row.getByRole("img", { name: /^12 events in 7 days, at most 1 an hour/ })).toBeVisible();
  const before = await troubles(page);

  await expectSilence(page, account, async (dialog) => {
    await dialog.getByLabel("At most").check();
    await dialog.getByLabel("How many").fill("none");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByLabel("How many")).toHaveAccessibleDescription(/Give a whole number/);
    await dialog.getByLabel("How many").fill("4");
    await expectAccessible(page);
  });
  await expect(row).toContainText("Silent for 2 days: at most 4 h is allowed.");
  await expect(row).toContainText(/set by admin/);
  await expect(sourcesLink(page)).toHaveAccessibleName(/\d+ needs? somebody/);
  expect(await troubles(page)).toBe(before + 1);
  await expect(feeds(page)).toContainText(/\d+ silent of \d+ feeds?\./);
  await expectAccessible(page);

  const analyst = await app.signedIn("analyst");
  await analyst.goto(`${app.url}/sources`);
  await expect(feeds(analyst).getByRole("row").filter({ hasText: account })).toContainText("silent");
  await expect(analyst.getByRole("button", { name: /may be silent/ })).toHaveCount(0);

  await analyst.close();

  await changeButton(page, account).click();
  const other = await app.signedIn("admin");
  await other.goto(`${app.url}/sources`);
  await expectSilence(other, account, (dialog) => dialog.getByLabel(/^Any/).check());
  await expect(feeds(other).getByRole("row").filter({ hasText: account })).toContainText(
    "any silence is fine",
  );
  await expect.poll(() => troubles(other)).toBe(before);
  // However lately the page behind the dialog was rendered: what was chosen in it was chosen before.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(row).toContainText("any silence is fine");
  const dialog = page.getByRole("dialog", { name: "Longest silence" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("changed it in the meantime");
  await dialog.getByRole("button", { name: "Leave it" }).click();

  await row.getByRole("link", { name: "AWS CloudTrail" }).click();
  await expect(page.getByText("12 events")).toBeVisible();

  await page.goto(`${app.url}/sources`);
  const uploads = feeds(page).getByRole("rowgroup").filter({ hasText: account });
  await uploads.getByRole("link", { name: /rejected \(/ }).click();
  await expect(page.getByRole("row").filter({ hasText: `${mark}.jsonl` })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
  expect(complaintsOf(other)).toEqual([]);
});
