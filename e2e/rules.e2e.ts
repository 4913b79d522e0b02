import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { imageRecords, jsonLines, newMark, pushRecords } from "./records.ts";

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

test("a rule is switched off once it was seen what that changes: its alerts leave the queue, and come back as they were", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(imageRecords(mark)));
  const queue = `${app.url}/alerts?q=${mark}`;
  await page.goto(queue);
  const name = await page
    .getByRole("link", { name: /^ALR-\d+$/ })
    .first()
    .innerText();

  await page.goto(`${app.url}/rules/azure-managed-image`);
  await page.getByRole("link", { name: "Change…" }).click();
  const form = page.getByRole("form", { name: "How the rule shall be set" });
  await form.getByText("Switched off", { exact: true }).click();
  await page.getByRole("button", { name: "See what would change" }).click();
  await expect(page.getByText(/^\d+ detections? would go.* alerts? would leave the queue\.$/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole("region", { name: "Alerts" }).getByRole("link").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Why").fill("Every build makes one, and nobody looks.");
  await page.getByRole("button", { name: "Make it so" }).click();
  const standing = page.getByRole("region", { name: "How it is set" });
  await expect(standing.getByText(/This rule is switched off\..*Every build makes one/)).toBeVisible();
  await expect(standing.getByText(/^Applied\. .*went/)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.goto(queue);
  await expect(page.getByText("No alert matches these filters").first()).toBeVisible();
  await page.goto(`${app.url}/alerts/${name.slice(4)}`);
  await expect(page.getByText(`${name} has no detections any more`)).toBeVisible();
  await expect(page.getByText(/was switched off .*Every build makes one/)).toBeVisible();
  await page.goto(`${app.url}/rules/coverage`);
  await expect(page.getByText(/^Switched off: .*An Azure managed image/)).toBeVisible();

  await page.goto(`${app.url}/rules/azure-managed-image/change`);
  await form.getByText("On", { exact: true }).click();
  await page.getByRole("button", { name: "See what would change" }).click();
  await page.getByLabel("Why").fill("The builds name theirs now.", { timeout: 60_000 });
  await page.getByRole("button", { name: "Make it so" }).click();
  await expect(standing.getByText(/^Applied\. .*made/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("listitem").filter({ hasText: "switched it off" })).toBeVisible();
  await page.goto(queue);
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});

test("another base moves alerts to another level; of two who change a rule at once the later is told", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const other = await app.signedIn("admin");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  for (const each of [page, other]) {
    await each.goto(`${app.url}/rules/ecr-push/change`);
    await each.getByLabel("Base severity, 0 to 100").fill("85");
    await each.getByRole("button", { name: "See what would change" }).click();
    await each.getByLabel("Why").fill("Nobody may push by hand here.", { timeout: 60_000 });
  }
  await expect(page.getByText(/alerts? would have another severity/).first()).toBeVisible();
  await page.getByRole("button", { name: "Make it so" }).click();
  const standing = page.getByRole("region", { name: "How it is set" });
  await expect(standing.getByText(/on, with a base of 85 \(critical\) instead of/)).toBeVisible();
  await expect(standing.getByText(/^Applied\. /)).toBeVisible({ timeout: 60_000 });
  await other.getByRole("button", { name: "Make it so" }).click();
  await expect(other.getByText("Somebody has changed this rule meanwhile.", { exact: false })).toBeVisible();
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByRole("row").filter({ hasText: "critical" }).first()).toBeVisible();

  await page.goto(`${app.url}/rules/ecr-push/change`);
  const shipped = (await page.getByText(/^\d+ ships with it$/).innerText()).split(" ")[0] ?? "";
  await page.getByLabel("Base severity, 0 to 100").fill(shipped);
  await page.getByRole("button", { name: "See what would change" }).click();
  await page.getByLabel("Why").fill("They may, after all.", { timeout: 60_000 });
  await page.getByRole("button", { name: "Make it so" }).click();
  await expect(standing.getByText(/on, with the base that ships/)).toBeVisible();
  await expect(standing.getByText(/^Applied\. /)).toBeVisible({ timeout: 60_000 });
  const analyst = await app.signedIn("analyst");
  await analyst.goto(`${app.url}/rules/ecr-push`);
  await expect(analyst.getByRole("region", { name: "How it is set" })).toBeVisible();
  await expect(analyst.getByRole("link", { name: "Change…" })).toBeHidden();
});
