import {
  complaintsOf,
  expect,
  expectAccessible,
  invite,
  join,
  openPage,
  PASSWORD,
  test,
} from "./fixtures.ts";
import { newMark } from "./records.ts";

test("an admin lets a colleague in, changes their role, shuts them out and lets them in again", async ({
  app,
  browser,
}) => {
  const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
  const admin = await app.signedIn("admin");
  const name = newMark();
  const colleague = await openPage(browser, contexts);
  await join(colleague, await invite(admin, app.url, "manager"), name);

  await admin.goto(`${app.url}/people`);
  const row = admin.getByRole("row").filter({ hasText: name });
  await expectAccessible(admin);
  await row.getByLabel(`Role of ${name}`).click();
  await admin.getByRole("option", { name: "analyst" }).click();
  await colleague.goto(`${app.url}/imports`);
  await expect(colleague.getByRole("button", { name: "Choose files" })).toBeVisible();

  await row.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Shut out" }).click();
  await expect(row.getByText("shut out")).toBeVisible();
  await colleague.goto(`${app.url}/alerts`);
  await expect(colleague).toHaveURL(/\/sign-in/);

  await row.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Let in again" }).click();
  await expect(row.getByText("shut out")).toBeHidden();
  await colleague.getByLabel("E-mail").fill(`${name}@example.com`);
  await colleague.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await colleague.getByRole("button", { name: "Sign in" }).click();
  await expect(colleague.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();

  expect([...complaintsOf(admin), ...complaintsOf(colleague)]).toEqual([]);
  for (const context of contexts) await context.close();
});

test("a link for a new password replaces the old one", async ({ app, browser }) => {
  const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
  const admin = await app.signedIn("admin");
  const name = newMark();
  const colleague = await openPage(browser, contexts);
  await join(colleague, await invite(admin, app.url, "analyst"), name);
  await admin.goto(`${app.url}/people`);
  await admin.getByRole("button", { name: `Actions for ${name}` }).click();
  await admin.getByRole("menuitem", { name: "Make a link for a new password" }).click();
  const link = await admin.getByRole("dialog").getByLabel("Link").inputValue();

  const fresh = await openPage(browser, contexts);
  await fresh.goto(link);
  await expect(fresh.getByRole("heading", { name: `A new password for ${name}` })).toBeVisible();
  await expectAccessible(fresh);
  await fresh.getByLabel("New password").fill("another horse battery");
  await fresh.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(fresh.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
  await colleague.goto(`${app.url}/alerts`);
  await expect(colleague).toHaveURL(/\/sign-in/);
  for (const context of contexts) await context.close();
});

test("an invitation that was revoked lets nobody in", async ({ app, browser }) => {
  const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
  const admin = await app.signedIn("admin");
  const link = await invite(admin, app.url, "admin");
  const open = admin.getByRole("region", { name: "Open invitations" });
  const before = await open.getByRole("button", { name: "Revoke" }).count();
  await open.getByRole("button", { name: "Revoke" }).first().click();
  await expect(open.getByRole("button", { name: "Revoke" })).toHaveCount(before - 1);
  const stranger = await openPage(browser, contexts);
  await stranger.goto(link);
  await expect(stranger.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
  for (const context of contexts) await context.close();
});

test("a colour scheme is chosen and kept", async ({ app }) => {
  const page = await app.signedIn("manager");
  await page.getByRole("button", { name: /settings and sign out/ }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
});
