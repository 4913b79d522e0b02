import { newDataFolder, removeDataFolder, runBarnacle } from "#lib/start/testing/run-barnacle.ts";
import { complaintsOf, expect, expectAccessible, join, openPage, PASSWORD, test } from "./fixtures.ts";

test("a new installation leads from the console's link to the alerts of the samples", async ({ browser }) => {
  const folder = await newDataFolder();
  const barnacle = runBarnacle(folder, {}, ["--samples"]);
  const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
  try {
    const url = await barnacle.url();
    expect(barnacle.stdout().trim().split("\n")).toHaveLength(1);
    const link = /make the first admin at (\S+)/.exec(barnacle.stdout())?.[1] ?? "";

    const page = await openPage(browser, contexts);
    await page.goto(url);
    await expect(page.getByRole("heading", { name: "Sign in to Barnacle" })).toBeVisible();
    await expectAccessible(page);

    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Welcome: set up the first admin" })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("E-mail").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill("too short");
    await page.getByRole("button", { name: "Join and sign in" }).click();
    await expect(page.getByText("Use at least 12 characters.")).toBeVisible();
    await join(page, link, "ada");

    await expect(page.getByRole("link", { name: /^ALR-\d+$/ }).first()).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: /critical/ }).first()).toBeVisible();

    const other = await openPage(browser, contexts);
    await other.goto(link);
    await expect(other.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
    expect([...complaintsOf(page), ...complaintsOf(other)]).toEqual([]);
  } finally {
    for (const context of contexts) await context.close();
    barnacle.child.kill("SIGTERM");
    expect(await barnacle.exit).toEqual({ code: 0, signal: null });
    await removeDataFolder(folder);
  }
});

test("somebody signs out, mistypes, and signs in again where they were", async ({ app }) => {
  const page = await app.newcomer("analyst");
  await page.getByRole("button", { name: /settings and sign out/ }).click();
  const email = (await page.getByRole("menu").getByText("@example.com").textContent()) ?? "";
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);

  await page.goto(`${app.url}/imports`);
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fimports$/);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("wrong horse battery");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not match anybody" })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Imports" })).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
});
