import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import sparticuz from "@sparticuz/chromium";

const DEBIAN_CHROMIUM = "/usr/bin/chromium";

/** Playwright's own download may be out of reach: a browser that is installed serves, else the one that npm brings. */
async function findBrowser(): Promise<string> {
  return existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : await sparticuz.executablePath();
}

export default defineConfig({
  testDir: ".",
  testMatch: "*.e2e.ts",
  outputDir: "../test-results",
  // Each worker starts an application of its own. More than two wait for one another on a machine of two cores.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A browser on a busy machine has its own troubles. What passes only when it is tried again is named by `npm test`.
  retries: 1,
  // Bounds for what hangs, not for how quick a machine is: the longest test takes 45 s on two idle cores.
  timeout: 400_000,
  expect: { timeout: 45_000 },
  reporter: [["list"], ["json", { outputFile: "../test-results/browser.json" }]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Asia/Kolkata",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: await findBrowser(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
