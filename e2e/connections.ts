import { expect, type Page } from "@playwright/test";
import type { JsonObject } from "#lib/json.ts";
import type { App } from "./fixtures.ts";
import { STAND_IN_KEY } from "./sumo/keys.ts";
import type { LoadedMessage } from "./sumo/message.ts";

/** Where people would search: nothing is there, and only the link is looked at. */
export const SUMO_UI = "https://sumo.example";

/** The source category of a test's own messages. */
function categoryOf(mark: string): string {
  return `tests/${mark}`;
}

/** Records as Sumo holds them, received when they happened, or at another time. */
export function asMessages(
  mark: string,
  records: readonly JsonObject[],
  receiptTime?: number,
): LoadedMessage[] {
  return records.map((record) => {
    const messageTime = Date.parse(String(record.eventTime));
    return {
      raw: JSON.stringify(record),
      messageTime,
      receiptTime: receiptTime ?? messageTime,
      sourceCategory: categoryOf(mark),
    };
  });
}

/** Fills in the form of a new connection to the stand-in, on which its key is the right one. */
export async function fillConnection(page: Page, app: App, mark: string): Promise<void> {
  await page.goto(`${app.url}/sources/new`);
  await page.getByLabel("Name").fill(mark);
  await page.getByLabel("Deployment").selectOption({ label: "Another address" });
  await page.getByLabel("Address of the interface").fill(app.sumo.url);
  await page.getByLabel("Where people search").fill(SUMO_UI);
  await page.getByLabel("Access id").fill(STAND_IN_KEY.accessId);
  await page.getByRole("textbox", { name: "Access key" }).fill(STAND_IN_KEY.accessKey);
  await page.getByLabel("Source categories of AWS CloudTrail").fill(categoryOf(mark));
}

/** Makes a connection to the stand-in, on whose page one then is. */
export async function makeConnection(page: Page, app: App, mark: string): Promise<void> {
  await fillConnection(page, app, mark);
  await page.getByRole("button", { name: "Save and begin to pull" }).click();
  await expect(page.getByRole("heading", { level: 1, name: mark })).toBeVisible();
}

/** Takes a connection out of the way of other tests: pages about something else offer only those that are enabled. */
export async function disableConnection(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Nothing is pulled until somebody enables it.")).toBeVisible();
}
