import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

test("an import is deleted once its name is typed; the alert that somebody took stays and says so", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  const name = `${mark}.jsonl`;
  await upload(page, app.url, name, jsonLines([...pushRecords(mark), ...imageRecords(mark)]));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await page
    .getByRole("link", { name: /^ALR-\d+$/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Take", exact: true }).click();
  await expect(page.getByText("took it")).toBeVisible();
  const alertUrl = page.url();

  await page.goto(`${app.url}/imports`);
  await page.getByRole("link", { name, exact: true }).click();
  const deletion = page.getByRole("region", { name: "Deletion" });
  await expect(deletion.getByText(/^This would delete 5 events, \d+ detections/)).toBeVisible();
  await expect(deletion.getByText(/1 alert that people worked on stays/)).toBeVisible();
  await deletion.getByRole("button", { name: "Delete…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Type the name of the import").fill("something else");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog.getByText("This is not the name of the import.")).toBeVisible();
  await dialog.getByLabel("Type the name of the import").fill(name);
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(deletion.getByText(/^Deleted: 5 events, \d+ detections/)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  await page.goto(alertUrl);
  await expect(page.getByText(`Evidence of it was deleted with the import “${name}”.`).first()).toBeVisible();
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("a replay is looked at before it is run", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${app.url}/imports/replays`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "See what would differ" }).click();
  await expect(page.getByText("Nothing would differ.", { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.getByRole("button", { name: "Make it so" }).click();
  await expect(page.getByRole("heading", { name: "Replay: everything" })).toBeVisible();
  await expect(page.getByText("Nothing differed.", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.goto(`${app.url}/imports/replays`);
  await expect(page.getByRole("row", { name: /everything changes the store done/ }).first()).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("for how long what is kept is saved only after it was seen what that deletes", async ({ app }) => {
  const page = await app.signedIn("admin");
  await page.goto(`${app.url}/imports/retention`);
  await expect(page.getByText("Everything is kept for ever.")).toBeVisible();
  await page.getByLabel("Original records, days").fill("7");
  await page.getByRole("button", { name: "See what that deletes" }).click();
  await expect(page.getByText("At least 30 days.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
  await page.getByLabel("Original records, days").fill("30000");
  await page.getByRole("button", { name: "See what that deletes" }).click();
  await expect(page.getByText("Nothing is old enough to be deleted now.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(
    page.getByText("Original records are kept 30,000 days, events for ever, alerts for ever.").first(),
  ).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});
