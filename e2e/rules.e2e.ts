import { expect, expectAccessible, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

test("a rule says what it looks for, and its numbers open the alerts that they count", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${app.url}/rules`);
  await expectAccessible(page);
  const row = page
    .getByRole("row", { name: /T1525/ })
    .filter({ has: page.getByRole("link", { name: /^\d.* alerts of/ }) });
  const count = row
    .first()
    .getByRole("link", { name: / alerts of / })
    .first();
  const words = await count.innerText();
  await count.click();
  await expect(page).toHaveURL(/\/alerts\?queue=all&rule=/);
  await expect(page.getByText(new RegExp(`^${words} alerts? match`))).toBeVisible();

  await page.goto(`${app.url}/rules/ecr-push`);
  await expect(page.getByRole("heading", { name: "Harmless work that looks the same" })).toBeVisible();
  await expect(page.getByText("PutImage").first()).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${app.url}/rules/no-such-rule`);
  await expect(page.getByText("There is nothing at this address")).toBeVisible();
});

test("coverage tells what never arrived, and how to switch it on", async ({ app }) => {
  const page = await app.signedIn("manager");
  const mark = newMark();
  const analyst = await app.signedIn("analyst");
  await upload(analyst, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${app.url}/rules/coverage`);
  await expect(page.getByRole("row", { name: /AWS CloudTrail/ })).not.toContainText("never");
  await expect(page.getByRole("row", { name: /Azure Container Registry/ })).toContainText("never");
  await expect(page.getByText("Azure Container Registry never arrived")).toBeVisible();
  await expect(page.getByText(/ContainerRegistryRepositoryEvents/)).toBeVisible();
  await expectAccessible(page);
});
