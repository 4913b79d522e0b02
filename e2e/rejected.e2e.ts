import { readFile } from "node:fs/promises";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

test("rejected records are found by file and reason, read whole, downloaded and looked at again", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  const broken = Array.from({ length: 60 }, (_, at) => `{"${mark}-key-${at}":"<b>bold</b>"}`);
  await upload(
    page,
    app.url,
    `${mark}.jsonl`,
    [jsonLines(pushRecords(mark)), '{"broken":', ...broken].join("\n"),
  );

  await page.goto(`${app.url}/imports`);
  await page.getByRole("link", { name: "Rejected records" }).click();
  await page.getByLabel("File or what was seen").fill(mark);
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByRole("link", { name: `Remove: “${mark}”` })).toBeVisible();
  await expect(page.getByText("61 records could not be read.")).toBeVisible();
  await page.getByLabel("Why").selectOption({ label: "This is no log that Barnacle knows. (60)" });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("60 records could not be read.")).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(51);
  await page.getByRole("link", { name: "next page" }).click();
  await expect(page.getByRole("row")).toHaveCount(11);
  await page.getByRole("row").nth(1).getByRole("link").click();
  const record = page.getByRole("region", { name: "Rejected record" });
  await expect(record.getByText(`{"${mark}-key-50":"<b>bold</b>"}`)).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download them all as JSON Lines" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\n");
  expect(lines).toHaveLength(60);
  expect(JSON.parse(lines[59] ?? "")).toMatchObject({
    file: `${mark}.jsonl`,
    reason: "unknown-log",
    raw: broken[59],
  });

  await page.getByRole("link", { name: `Remove: “${mark}”` }).click();
  await page.getByRole("button", { name: "See what reading them again would bring" }).click();
  await expect(page.getByText("Nothing would differ.", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("whoever may not run replays or delete imports is not offered it", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.json`, jsonLines(pushRecords(mark)));
  await page.getByRole("link", { name: `${mark}.json` }).click();
  await expect(page.getByRole("heading", { name: `${mark}.json` })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete…" })).toHaveCount(0);
  await page.goto(`${app.url}/imports/replays`);
  await expect(page.getByRole("heading", { name: "Replays" })).toBeVisible();
  await expect(page.getByRole("button", { name: "See what would differ" })).toHaveCount(0);
});
