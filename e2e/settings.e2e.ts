import type { Page } from "@playwright/test";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark, pushRecords } from "./records.ts";

async function chooseFile(page: Page, content: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByLabel("File", { exact: true }).click();
  await (await chooser).setFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
}

/** Nobody else's replay has to wait for one that a test has caused. */
async function expectFollowed(page: Page): Promise<void> {
  await expect(page.getByText("All stored events and alerts follow these settings.")).toBeVisible({
    timeout: 120_000,
  });
}

async function remove(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Remove ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByRole("button", { name: `Remove ${name}` })).toBeHidden();
}

test("accounts come by CSV, looked at line by line, and their names stand beside their numbers", async ({
  app,
}) => {
  const page = await app.signedIn("admin");
  const other = await app.signedIn("admin");
  const mark = newMark();
  const account = accountOf(mark);
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(pushRecords(mark, { recipientAccountId: account })));

  const csv = [
    "id;platform;name;owner;importance;own",
    `${account};aws;"Payments ${mark}";team-pay;critical;yes`,
    "1234;aws;broken;;;",
    `${account.slice(0, 11)}${(Number(account.slice(11)) + 1) % 10};aws;Partner;;;no`,
  ].join("\n");
  for (const each of [page, other]) {
    await each.goto(`${app.url}/settings/accounts/import`);
    await chooseFile(each, csv);
    await expect(each.getByText("Line 3, id: 1234 is there, expected was an AWS account")).toBeVisible();
    await expect(each.getByRole("button", { name: "Add 2 accounts" })).toBeVisible();
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add 2 accounts" }).click();
  await expect(page).toHaveURL(/\/settings\/accounts$/);
  await expect(page.getByRole("row", { name: new RegExp(`AWS ${account} Payments ${mark}`) })).toBeVisible();
  await other.getByRole("button", { name: "Add 2 accounts" }).click();
  await expect(other.getByText("Somebody else has changed this meanwhile.", { exact: false })).toBeVisible();
  await other.getByRole("button", { name: "Look again" }).click();
  await expect(other.getByRole("button", { name: "Nothing to save" })).toBeDisabled();
  await expectFollowed(page);
  await expectAccessible(page);
  const exported = await page.request.get(`${app.url}/api/organisation/accounts`);
  expect(await exported.text()).toContain(`aws,${account},Payments ${mark},team-pay,critical,yes\r\n`);

  const analyst = await app.signedIn("analyst");
  await analyst.goto(`${app.url}/alerts?q=${mark}`);
  const row = analyst.getByRole("row").filter({ has: analyst.getByRole("link", { name: /^ALR-\d+$/ }) });
  await expect(row.first()).toContainText(`Payments ${mark}`);
  await expect(row.first()).toContainText(account);
  await expectAccessible(analyst);
  await row
    .first()
    .getByRole("link", { name: /^ALR-\d+$/ })
    .click();
  await expect(analyst.getByText(`Payments ${mark}`).first()).toBeVisible();
  await analyst.goto(`${app.url}/events?account=${account}`);
  await expect(analyst.getByText(`Payments ${mark}`).first()).toBeVisible();
  await analyst.goto(`${app.url}/settings/accounts`);
  await expect(analyst.getByText(`Payments ${mark}`).first()).toBeVisible();
  await expect(analyst.getByRole("button", { name: /^(Add|Change|Remove)/ })).toHaveCount(0);

  await page.goto(`${app.url}/settings/accounts`);
  for (const id of csv.match(/\d{12}/g) ?? []) await remove(page, id);
  await expectFollowed(page);
  expect([...complaintsOf(page), ...complaintsOf(analyst)]).toEqual([]);
});

test("an admin is led through the first steps, by a form that says what it expects, and puts them away", async ({
  app,
}) => {
  const page = await app.newcomer("admin");
  const steps = page.getByRole("region", { name: "First steps" });
  await expectAccessible(page);
  await steps.getByRole("link", { name: "Name your networks" }).click();
  await page.getByRole("button", { name: "Add a network" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "Network" }).fill("192.0.2.300");
  await form.getByRole("textbox", { name: "Name" }).fill("office");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Expected: an address or a CIDR block such as 198.51.100.0/24.")).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("textbox", { name: "Network" }).fill("192.0.2.77/28");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("row", { name: /192\.0\.2\.64\/28 office/ })).toBeVisible();

  await page.goto(`${app.url}/settings/hours`);
  await page.getByLabel("Saturday").check();
  await page.getByRole("combobox", { name: "Time zone" }).fill("Mars/Olympus");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Give a time zone of IANA, such as Europe/Berlin.")).toBeVisible();
  await page.getByRole("combobox", { name: "Time zone" }).fill("Europe/Berlin");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("These hold:")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${app.url}/alerts`);
  await expect(steps.getByText("Say when people work (done)")).toBeVisible();
  await steps.getByRole("button", { name: "Put away" }).click();
  await expect(steps).toBeHidden();
  await page.goto(`${app.url}/settings`);
  await expect(steps.getByRole("button", { name: "Show on the alerts page" })).toBeVisible();
  const history = page.getByRole("region", { name: "Who changed it" });
  await expect(history.getByRole("listitem").first()).toContainText("added the working hours");
  await expectAccessible(page);

  await page.goto(`${app.url}/settings/hours`);
  await page.getByRole("button", { name: "Have no hours" }).click();
  await expect(page.getByText("Nobody has said when people work", { exact: false })).toBeVisible();
  await page.goto(`${app.url}/settings/networks`);
  await remove(page, "192.0.2.64/28");
  await expectFollowed(page);
  expect(complaintsOf(page)).toEqual([]);
});
