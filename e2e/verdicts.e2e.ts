import type { Page } from "@playwright/test";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { jsonLines, newMark, pushRecords } from "./records.ts";

/** Brings an alert of the test's own and opens its page. Returns its address. */
async function bringAlert(page: Page, url: string, mark = newMark()): Promise<string> {
  await upload(page, url, `${mark}.jsonl`, jsonLines(pushRecords(mark)));
  await page.goto(`${url}/alerts?q=${mark}`);
  await page.getByRole("link", { name: /^ALR-\d+$/ }).click();
  await expect(page).toHaveURL(/\/alerts\/\d+$/);
  return page.url();
}

/** Presses Tab until what is looked for has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByRole("button", { name, exact: true });
  for (let at = 0; at < 60; at++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key does not lead to ${name}.`);
}

test("a whole verdict by keyboard alone, from new to closed and back", async ({ app }) => {
  test.slow();
  const page = await app.signedIn("analyst");
  await bringAlert(page, app.url);
  const history = page.getByRole("region", { name: "History" });
  const toolbar = page.getByRole("toolbar");
  await expect(history.getByText("Nobody has acted on this alert yet.")).toBeVisible();

  await tabTo(page, "Take");
  await page.keyboard.press("Enter");
  await expect(page.getByText("in progress").first()).toBeVisible();
  await expect(history.getByRole("listitem")).toHaveCount(1);
  await expect(history.getByText("new → in progress")).toBeVisible();

  await tabTo(page, "Wait…");
  await page.keyboard.press("Enter");
  const waiting = page.getByRole("dialog", { name: /^Wait with ALR-\d+$/ });
  await expect(waiting.getByLabel("What it is waiting for")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(waiting.getByText("Say what it is waiting for.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(waiting).toBeHidden();
  await expect(toolbar.getByRole("button", { name: "Wait…" })).toBeFocused();

  await tabTo(page, "Close…");
  await page.keyboard.press("Enter");
  const closing = page.getByRole("dialog", { name: /^Close ALR-\d+$/ });
  await expect(closing.getByLabel("True positive", { exact: true })).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(closing.getByText("Choose a verdict.")).toBeVisible();
  await expect(closing.getByText("Say in a sentence why.")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(closing.getByLabel("Benign true positive")).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(closing.getByLabel("Authorised test")).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.type("The yearly test.\n  <b>As announced.</b>");
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expect(closing).toBeHidden();
  await expect(page.getByText(/^Closed .* as benign true positive, authorised test/)).toBeVisible();
  await expect(toolbar.getByRole("button", { name: "Close…" })).toBeFocused();
  await expect(history.getByText("The yearly test.\n  <b>As announced.</b>")).toBeVisible();
  await expect(history.getByText("in progress → closed")).toBeVisible();

  await tabTo(page, "Reopen…");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Why it is opened again")).toBeFocused();
  await page.keyboard.type("It was not the test.");
  await page.keyboard.press("Control+Enter");
  await expect(history.getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText(/^Closed .* as benign/)).toBeHidden();
  await expect(toolbar).toBeFocused();

  await tabTo(page, "Comment");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("Asked the team.");
  await page.keyboard.press("Control+Enter");
  await expect(history.getByRole("listitem")).toHaveCount(4);
  await expect(history.getByLabel("Comment")).toHaveValue("");
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("of two people at the same alert one wins, and the other is told and loses no word", async ({ app }) => {
  test.slow();
  const dana = await app.signedIn("analyst");
  const eve = await app.newcomer("admin");
  const address = await bringAlert(dana, app.url);
  await eve.goto(address);
  const name = (await eve.getByRole("heading", { level: 1 }).textContent()) ?? "";

  await eve.getByRole("button", { name: "Escalate…" }).click();
  const escalating = eve.getByRole("dialog", { name: `Escalate ${name}` });
  await escalating.getByLabel("Link to the case").fill("javascript:alert(1)");
  await escalating.getByRole("button", { name: "Escalate" }).click();
  await expect(escalating.getByText(/^Enter the address of the case/)).toBeVisible();
  await escalating.getByLabel("Link to the case").fill("https://tickets.example.com/IR-12");
  await escalating.getByLabel("Note (optional)").fill("This one is real.");

  await dana.getByRole("button", { name: "Close…" }).click();
  const closing = dana.getByRole("dialog");
  await closing.getByLabel("Undetermined").check();
  await expect(closing.getByLabel("Not enough evidence")).toBeChecked();
  await closing.getByLabel("Why").fill("The log ends here.");
  await closing.getByRole("button", { name: "Close", exact: true }).click();
  await expect(dana.getByText(/^Closed .* as undetermined, not enough evidence/)).toBeVisible();

  await escalating.getByRole("button", { name: "Escalate" }).click();
  await expect(escalating.getByRole("alert")).toContainText(/closed it as undetermined .* ago\./);
  await expect(escalating.getByRole("alert")).toContainText("Now: closed as undetermined");
  await expect(escalating.getByLabel("Note (optional)")).toHaveValue("This one is real.");
  await expectAccessible(eve);
  await eve.keyboard.press("Escape");
  await expect(eve.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(1);
  await expect(eve.getByRole("button", { name: "Escalate…" })).toBeHidden();
  await expect(eve.getByRole("button", { name: "Reopen…" })).toBeVisible();

  const manager = await app.signedIn("manager");
  await manager.goto(address);
  await expect(manager.getByText(/^Closed .* as undetermined/)).toBeVisible();
  await expect(manager.getByRole("toolbar")).toBeHidden();
  await expect(manager.getByLabel("Comment")).toBeHidden();
  expect([...complaintsOf(dana), ...complaintsOf(eve), ...complaintsOf(manager)]).toEqual([]);
});

test("what came since somebody looked is not closed unseen", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const other = await app.signedIn("analyst");
  const mark = newMark();
  const address = await bringAlert(page, app.url, mark);
  await upload(
    other,
    app.url,
    `${mark}-more.jsonl`,
    jsonLines(pushRecords(mark, { sourceIPAddress: "198.51.100.8" })),
  );

  await page.getByRole("button", { name: "Close…" }).click();
  const closing = page.getByRole("dialog");
  await closing.getByLabel("Benign true positive").check();
  await closing.getByLabel("Expected automation").check();
  await closing.getByLabel("Why").fill("The nightly build.");
  await page.keyboard.press("Control+Enter");
  await expect(closing.getByRole("alert")).toContainText("3 more detections arrived since you looked.");
  await page.keyboard.press("Control+Enter");
  await expect(closing).toBeHidden();
  await expect(page.getByText(/^Closed .* expected automation/)).toBeVisible();

  await upload(
    other,
    app.url,
    `${mark}-again.jsonl`,
    jsonLines(pushRecords(mark, { sourceIPAddress: "198.51.100.9" })),
  );
  await page.goto(address);
  await expect(page.getByText("3 more since closed")).toBeVisible();
});

test("several at once: those that somebody else took meanwhile are skipped, and it says so", async ({
  app,
}) => {
  test.slow();
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const marks = [1, 2, 3].map((at) => `${mark}-${at}`);
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(marks.flatMap((one) => pushRecords(one))));
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await expect(page.getByText("3 alerts match")).toBeVisible();
  const links = page.getByRole("link", { name: /^ALR-\d+$/ });
  const taken = (await links.nth(1).textContent()) ?? "";

  const eve = await app.newcomer("admin");
  await eve.goto(`${app.url}/alerts/${taken.replace("ALR-", "")}`);
  await eve.getByRole("button", { name: "Take" }).click();
  await expect(eve.getByText("in progress").first()).toBeVisible();

  const bar = page.getByRole("region", { name: "Selected alerts" });
  await links.first().focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(bar.getByText("2 selected")).toBeVisible();
  await page.getByLabel("Select all alerts of this page").check();
  await expect(bar.getByText("3 selected")).toBeVisible();
  await expectAccessible(page);

  await links.first().focus();
  await page.keyboard.press("a");
  await expect(bar.getByRole("button", { name: "Take" })).toBeFocused();
  await bar.getByRole("button", { name: "Close…" }).click();
  const closing = page.getByRole("dialog", { name: "Close 3 alerts" });
  await closing.getByLabel("False positive: logic").check();
  await closing.getByLabel("Why").fill("The rule does not know this registry.");
  await page.keyboard.press("Control+Enter");
  await expect(closing).toBeHidden();
  await expect(bar.getByRole("status")).toHaveText(
    new RegExp(`^2 closed; 1 skipped: ${taken} \\(admin-\\d+ took it .* ago\\)$`),
  );
  await expect(links).toHaveCount(1);
  await expect(links).toHaveText(taken);
  await page
    .getByRole("navigation", { name: "Lists" })
    .getByRole("link", { name: /^Closed/ })
    .click();
  await expect(page).toHaveURL(/queue=closed/);
  await expect(links).toHaveCount(2);
  await expect(page.getByRole("button", { name: "false positive: logic" })).toHaveCount(2);
  await expectAccessible(page);
  expect([...complaintsOf(page), ...complaintsOf(eve)]).toEqual([]);
});

test("whose an alert is, and where to find one's own", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await bringAlert(page, app.url, mark);
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  await page.getByRole("button", { name: "Take" }).click();
  await expect(page.getByRole("button", { name: /^Assignee: analyst-/ })).toBeVisible();
  await page.goto(`${app.url}/alerts?queue=mine&q=${mark}`);
  await expect(page.getByRole("link", { name })).toBeVisible();

  const eve = await app.newcomer("admin");
  await eve.goto(`${app.url}/alerts?queue=mine&q=${mark}`);
  await expect(eve.getByText("No alert matches these filters")).toBeVisible();
  await eve.getByRole("link", { name: "1 in Open" }).click();
  await eve.getByRole("link", { name }).click();
  await eve.getByRole("button", { name: /^Assignee: analyst-/ }).focus();
  await eve.keyboard.press("Enter");
  await expect(eve.getByRole("menuitemradio", { name: /^analyst-/, checked: true })).toBeFocused();
  await expectAccessible(eve);
  await eve.keyboard.press("Home");
  await expect(eve.getByRole("menuitemradio", { name: "Nobody" })).toBeFocused();
  await eve.keyboard.press("Enter");
  await expect(eve.getByText("assigned it to nobody")).toBeVisible();
  const assignee = eve.getByRole("button", { name: "Assignee: Nobody" });
  await expect(assignee).toBeVisible();
  await expect(assignee).toBeFocused();
  expect([...complaintsOf(page), ...complaintsOf(eve)]).toEqual([]);
});
