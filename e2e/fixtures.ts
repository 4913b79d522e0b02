import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import type { Role } from "#lib/access/person.ts";
import { newDataFolder, readLog, removeDataFolder, runBarnacle } from "#lib/start/testing/run-barnacle.ts";
import { type Sumo, startSumo } from "./sumo/server.ts";

export type App = {
  url: string;
  /** The one place besides Sumo's own at which its connections may ask. */
  sumo: Sumo;
  /** What a part of the application has written to its log. */
  log(part: "web" | "worker"): Promise<string>;
  /** A page of the person who has the role in all tests, signed in, in a browser of its own. */
  signedIn(role: Role): Promise<Page>;
  /** The same of somebody who has just joined. */
  newcomer(role: Role): Promise<Page>;
};

export const PASSWORD = "correct horse battery";

/** Of more messages a search is cut short: so few make a gap. */
const SUMO_RULES = { pollsUntilDone: 1, maxMessages: 40 };

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;
type WorkerFixtures = { app: App };

/** The real application, started once for all tests of a worker, with its own database and an empty store. */
export const test = base.extend<{ page: Page }, WorkerFixtures>({
  app: [
    async ({ browser }, use) => {
      const folder = await newDataFolder();
      const sumo = await startSumo(SUMO_RULES);
      const barnacle = runBarnacle(folder, { BARNACLE_SUMO_URLS: new URL(sumo.url).origin });
      const contexts: BrowserContext[] = [];
      try {
        const url = await barnacle.url();
        const link = /make the first admin at (\S+)/.exec(barnacle.stdout())?.[1] ?? "";
        const admin = await openPage(browser, contexts);
        await join(admin, link, "first-admin");
        const newcomer = async (role: Role) => {
          const page = await openPage(browser, contexts);
          await join(page, await invite(admin, url, role), `${role}-${contexts.length}`);
          return page;
        };
        const sessions = new Map<Role, StorageState>();
        const signedIn = async (role: Role) => {
          const session = sessions.get(role);
          const page = session ? await openPage(browser, contexts, session) : await newcomer(role);
          if (!session) sessions.set(role, await page.context().storageState());
          await page.goto(`${url}/alerts`);
          return page;
        };
        await use({ url, sumo, log: (part) => readLog(folder, `${part}.log`), signedIn, newcomer });
      } finally {
        for (const context of contexts) await context.close();
        barnacle.child.kill("SIGTERM");
        await barnacle.exit;
        await sumo.stop();
        await removeDataFolder(folder);
      }
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

/** A browser of its own, in which whatever the console complains about fails the test. */
export async function openPage(
  browser: Browser,
  contexts: BrowserContext[],
  storageState?: StorageState,
): Promise<Page> {
  const context = await browser.newContext(storageState && { storageState });
  contexts.push(context);
  const page = await context.newPage();
  failOnComplaints(page);
  return page;
}

/** Next fetches styles ahead of a page that may not be opened; Chromium remarks on it. */
const UNUSED_PRELOAD = /was preloaded using link preload but not used/;

const complaints = new WeakMap<Page, string[]>();

function failOnComplaints(page: Page): void {
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    const isComplaint = message.type() === "error" || message.type() === "warning";
    if (isComplaint && !UNUSED_PRELOAD.test(message.text())) heard.push(message.text());
  });
}

/** What the browser complained about so far: script errors, a broken content security policy, failed requests. */
export function complaintsOf(page: Page): string[] {
  return complaints.get(page) ?? [];
}

/** Joins by a one-time link and arrives at the queue. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(`${name}@example.com`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Join and sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
}

/** The address of an invitation, made by an admin on the People page. */
export async function invite(admin: Page, url: string, role: Role): Promise<string> {
  await admin.goto(`${url}/people`);
  await admin.getByRole("button", { name: "Invite a colleague" }).click();
  await admin.getByRole("menuitem", { name: new RegExp(`^${role}`) }).click();
  const field = admin.getByRole("dialog").getByLabel("Link");
  await expect(field).toHaveValue(/\/welcome\//);
  const link = await field.inputValue();
  await admin.keyboard.press("Escape");
  await expect(admin.getByRole("dialog")).toBeHidden();
  return link;
}

/** Nothing that WCAG 2.2 AA forbids, as far as a program can tell, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
    await page.evaluate(settle);
    const { violations, passes } = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    expect(passes.length).toBeGreaterThan(5);
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
    );
    expect(found, `${page.url()} in ${scheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** Colours of a scheme that has just been changed are there with the next frame, or when their transition has ended. */
async function settle(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Uploads a file on the Imports page and waits until it is read. */
export async function upload(page: Page, url: string, name: string, content: string | Buffer): Promise<void> {
  await page.goto(`${url}/imports`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose files" }).click();
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("link", { name, exact: true }) })
    .first();
  await expect(row.getByText(/^(done|failed|needs mapping)$/)).toBeVisible({ timeout: 200_000 });
}

export { expect };
