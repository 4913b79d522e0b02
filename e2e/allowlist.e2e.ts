import type { Page } from "@playwright/test";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark, pushRecords } from "./records.ts";

const PUSHES = 20;
const DETECTIONS = PUSHES * 3;

/**
 * Many pushes by one role to one repository, so that it is among the noise, logged in an account without a history, in which
 * no network is new; and one push by somebody else, so that an entry for them does not match everything.
 */
async function bringNoise(page: Page, url: string): Promise<string> {
  const mark = newMark();
  const records = Array.from({ length: PUSHES }, (_, index) =>
    pushRecords(mark, {
      eventTime: new Date(Date.now() - 600_000 - index * 1000).toISOString(),
      recipientAccountId: accountOf(mark),
    }),
  );
  await upload(page, url, `${mark}.jsonl`, jsonLines([...records.flat(), ...pushRecords(newMark())]));
  return mark;
}

/** Opens the draft that the suggestions make of a role's work, and waits for its preview. */
async function openDraft(page: Page, url: string, mark: string): Promise<void> {
  await page.goto(`${url}/allowlist`);
  await page.getByRole("link", { name: `Draft an entry for role/${mark}` }).click();
  await expect(page.getByText(`Covers ${DETECTIONS} detections in`)).toBeVisible();
  await expect(preview(page).getByText(`Matches ${DETECTIONS} detections`)).toBeVisible();
  await page.getByRole("textbox", { name: "Reason" }).fill("The pipeline pushes here on every merge.");
}

function preview(page: Page) {
  return page.getByRole("region", { name: "Preview" });
}

/** An empty draft in which one can type: the page answers. */
async function openEmpty(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/allowlist/new`);
  await expect(async () => {
    await page.getByRole("button", { name: "Add a condition" }).click();
    await expect(page.getByLabel("Condition 3: field")).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** Leaves nothing of a draft but its actor. */
async function keepOnlyActor(page: Page): Promise<void> {
  for (const field of ["Image", "Operation", "Account"]) {
    const row = page.getByRole("group", { name: new RegExp(`: ${field}$`) });
    for (const choice of await row.getByRole("checkbox").all()) await choice.uncheck();
  }
  await expect(page.getByText(/^Too broad: Only one thing must hold/)).toBeVisible();
}

async function saveDraft(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^ALW-\d+$/ })).toBeVisible();
  return page.url();
}

test("a suggestion becomes a draft whose values are taken in and out, with its preview", async ({ app }) => {
  test.slow();
  const page = await app.signedIn("analyst");
  const mark = await bringNoise(page, app.url);
  await page.getByRole("link", { name: `${mark}.jsonl`, exact: true }).click();
  await page.getByRole("link", { name: "Quieten them" }).click();
  await expect(page.getByRole("region", { name: "Suggestions" })).toBeVisible();
  await expectAccessible(page);

  await openDraft(page, app.url, mark);
  await expect(preview(page).getByText(`${DETECTIONS} would have been suppressed`)).toBeVisible();
  await expect(preview(page).getByRole("region", { name: "Newest matches" }).getByRole("row")).toHaveCount(
    11,
  );
  await expectAccessible(page);

  await page.getByRole("checkbox", { name: /PutImage, 20 detections$/ }).uncheck();
  await expect(page.getByText("Covers 40 detections in")).toBeVisible();
  await expect(preview(page).getByText("Matches 40 detections")).toBeVisible();
  await page.getByRole("checkbox", { name: /PutImage, 20 detections$/ }).check();
  await expect(page.getByText(`Covers ${DETECTIONS} detections in`)).toBeVisible();

  await saveDraft(page);
  await expect(page.getByText(`Would hide pushes by role/${mark} to prod/${mark}`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Change" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Change ALW-\d+$/ })).toBeVisible();
  await expect(page.getByText(`Covers ${DETECTIONS} detections in`)).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${app.url}/allowlist`);
  await expect(page.getByRole("row").filter({ hasText: `role/${mark} works on` })).toBeVisible();
  await expectAccessible(page);
  expect(complaintsOf(page)).toEqual([]);
});

test("an analyst is refused what is broad, and an admin confirms it with a reason that is kept", async ({
  app,
}) => {
  test.slow();
  const analyst = await app.signedIn("analyst");
  const mark = await bringNoise(analyst, app.url);
  await openDraft(analyst, app.url, mark);
  await keepOnlyActor(analyst);
  await expect(analyst.getByRole("button", { name: "Enforce" })).toBeDisabled();
  await expect(analyst.getByText(/^An analyst can enforce only an entry for one exact actor/)).toBeVisible();
  await analyst.getByRole("button", { name: "Observe" }).click();
  await expect(analyst.getByRole("alert").getByText(/Only an admin can confirm this\.$/)).toBeVisible();
  await expectAccessible(analyst);
  const address = await saveDraft(analyst);

  const admin = await app.signedIn("admin");
  await admin.goto(`${address}/change`);
  await admin.getByLabel("Why it is changed").fill("Agreed with the team that builds.");
  await admin.getByRole("button", { name: "Enforce" }).click();
  const why = admin.getByLabel("Why it is right all the same");
  await why.fill("too short");
  await admin.getByRole("button", { name: "Enforce all the same" }).click();
  await expect(admin.getByText(/^Write at least 10 characters/)).toBeVisible();
  await expectAccessible(admin);
  await why.fill("This role does nothing but push images.");
  await admin.getByRole("button", { name: "Enforce all the same" }).click();
  await expect(admin.getByText(/^Hides detections by/)).toBeVisible();
  const history = admin.getByRole("region", { name: "History" });
  await expect(history.getByText("This role does nothing but push images.")).toBeVisible();
  await expect(history.getByText("Agreed with the team that builds.")).toBeVisible();
  await expect(admin.getByText(/^The last change is applied/)).toBeVisible();

  await admin.getByRole("button", { name: "Revoke" }).click();
  await expect(admin.getByRole("dialog").getByLabel("Why")).toBeFocused();
  await expectAccessible(admin);
  await admin.keyboard.press("Escape");
  await expect(admin.getByRole("dialog")).toBeHidden();
  expect([...complaintsOf(analyst), ...complaintsOf(admin)]).toEqual([]);
});

test("of two admins who change one entry the second is told, and loses nothing", async ({ app }) => {
  test.slow();
  const first = await app.signedIn("admin");
  const mark = await bringNoise(first, app.url);
  await openDraft(first, app.url, mark);
  const address = await saveDraft(first);
  const second = await app.newcomer("admin");
  await second.goto(`${address}/change`);
  await expect(preview(second).getByText(`Matches ${DETECTIONS} detections`)).toBeVisible();
  await second.getByLabel("Title").fill(`second ${mark}`);

  await first.goto(`${address}/change`);
  await first.getByLabel("Title").fill(`first ${mark}`);
  await first.getByRole("button", { name: "Observe" }).click();
  await expect(first.getByText(`first ${mark}`).first()).toBeVisible();

  await second.getByRole("button", { name: "Enforce" }).click();
  await expect(
    second.getByRole("alert").getByText(/in the meantime .*Nothing of yours was saved\.$/),
  ).toBeVisible();
  await expect(second.getByLabel("Title")).toHaveValue(`second ${mark}`);
  await expectAccessible(second);
  await second.getByRole("button", { name: "Save mine over it" }).click();
  await expect(second.getByText(/^Hides pushes by/)).toBeVisible();
  const history = second.getByRole("region", { name: "History" });
  await expect(history.getByText(`first ${mark}`).first()).toBeVisible();
  await expect(history.getByText(`second ${mark}`)).toBeVisible();
  expect([...complaintsOf(first), ...complaintsOf(second)]).toEqual([]);
});

test("what cannot be read is said where it stands, and nothing is saved", async ({ app }) => {
  const page = await app.signedIn("admin");
  await openEmpty(page, app.url);
  const values = page.getByRole("textbox", { name: "Condition 1: values" });
  await page.getByLabel("Condition 1: field").selectOption("address");
  await values.fill("10.0.0.0/33");
  await values.press("Enter");
  await expect(page.getByText(/^“10\.0\.0\.0\/33” is no network\./)).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Condition 1: field").selectOption("tag");
  await page.getByLabel("Condition 1: comparison").selectOption("glob");
  await values.fill("*".repeat(10_000));
  await values.press("Enter");
  await expect(page.getByText("A value has more than 500 characters.").first()).toBeVisible();
  await values.press("Backspace");
  await values.fill("a*".repeat(11));
  await values.press("Enter");
  await expect(page.getByText(/has more than 10 stars\.$/).first()).toBeVisible();
  await values.press("Backspace");
  await values.fill("v1.*");
  await values.press("Enter");
  await page.getByRole("button", { name: "Remove condition 3" }).click();
  await page.getByRole("button", { name: "Remove condition 2" }).click();

  await page.getByLabel("Title").fill("Releases");
  await page.getByRole("textbox", { name: "Reason" }).fill("Tags of releases are pushed by hand.");
  await page.getByLabel("Expires").fill("2020-01-01T00:00");
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText(/^The expiry lies in the past/).first()).toBeVisible();
  await expectAccessible(page);
  await expect(page).toHaveURL(/\/allowlist\/new$/);
  expect(complaintsOf(page)).toEqual([]);
});

test("an admin has something watched for, and no longer", async ({ app }) => {
  const page = await app.signedIn("admin");
  const mark = newMark();
  await page.goto(`${app.url}/allowlist`);
  await page.getByRole("button", { name: "Watch for something" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What").selectOption("network");
  await dialog.getByLabel("Value").fill("10.0.0.0/33");
  await dialog.getByLabel("Why").fill(mark);
  await dialog.getByRole("button", { name: "Watch for it" }).click();
  await expect(dialog.getByText(/^This is no network\./)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Value").fill("192.0.2.7");
  await dialog.getByRole("button", { name: "Watch for it" }).click();
  const row = page.getByRole("row").filter({ hasText: mark });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: /^Watch no longer for/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(row).toBeHidden();
  expect(complaintsOf(page)).toEqual([]);
});
