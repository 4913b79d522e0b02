import type { Page } from "@playwright/test";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { complaintsOf, expect, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark, pushRecords } from "./records.ts";

const HOUR_MS = 3_600_000;
const OFFICE = "198.51.100.7";
const ELSEWHERE = "8.8.8.8";

/** Of a pipeline's role in an account of its own: a token fetched by its client, and a push that AWS logs as its own. */
function pipeline(mark: string) {
  const account = accountOf(mark);
  const call = (hoursAgo: number, eventName: string, overrides: JsonObject): JsonObject =>
    cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName,
      eventTime: new Date(Date.now() - hoursAgo * HOUR_MS).toISOString(),
      recipientAccountId: account,
      userAgent: "AWS Internal",
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${mark}/build-${Math.round(hoursAgo)}`,
        accountId: account,
        accessKeyId: `ASIA${mark.toUpperCase()}${Math.round(hoursAgo)}`,
      },
      ...overrides,
    });
  return (hoursAgo: number, repository: string, from = OFFICE): JsonObject[] => [
    call(hoursAgo + 0.02, "GetAuthorizationToken", { sourceIPAddress: from, requestParameters: null }),
    call(hoursAgo, "PutImage", {
      sourceIPAddress: "AWS Internal",
      requestParameters: {
        registryId: account,
        repositoryName: `${repository}/${mark}`,
        imageTag: `1.${Math.round(hoursAgo * 100)}`,
      },
    }),
  ];
}

async function countOf(page: Page, url: string, mark: string, queue: string): Promise<number> {
  await page.goto(`${url}/alerts?q=${mark}&queue=${queue}`);
  const told = await page.getByText(/^[\d,]+ alerts? match(es)?$/).textContent();
  return Number(told?.split(" ")[0]?.replaceAll(",", ""));
}

test("noise is quietened, and what a taken-over pipeline would show still breaks through", async ({
  app,
}) => {
  const mark = newMark();
  const push = pipeline(mark);
  const analyst = await app.signedIn("analyst");
  const colleague = await app.newcomer("analyst");
  const admin = await app.newcomer("admin");

  await test.step("an analyst imports three weeks of a pipeline's pushes", async () => {
    const nights = Array.from({ length: 40 }, (_, night) => push(13 * night + 2, "prod")).flat();
    await upload(analyst, app.url, `${mark}.jsonl`, jsonLines([...nights, ...pushRecords(newMark())]));
    expect(await countOf(analyst, app.url, mark, "open")).toBeGreaterThan(10);
  });

  await test.step("an admin drafts an entry from the suggestion, looks at its preview and enforces it", async () => {
    await admin.goto(`${app.url}/allowlist`);
    const row = admin.getByRole("row").filter({ hasText: `role/${mark}` });
    await row.getByRole("link", { name: /^Draft an entry/ }).click();
    await expect(admin.getByText(/covers 40 detections/i)).toBeVisible();
    const preview = admin.getByRole("region", { name: "Preview" });
    await expect(preview.getByText("40").first()).toBeVisible();
    await admin
      .getByRole("textbox", { name: "Reason", exact: true })
      .fill("The nightly build of the product.");
    await admin.getByRole("radio", { name: "At another time" }).check();
    const start = new Date(Date.now() - 60 * 24 * HOUR_MS).toISOString().slice(0, 16);
    await admin.getByLabel("Start", { exact: true }).fill(start);
    await admin.getByRole("button", { name: "Enforce" }).click();
    await expect(admin).toHaveURL(/\/allowlist\/\d+$/);
    await expect(admin.getByText(/enforcing/i).first()).toBeVisible();
  });
  const entryUrl = admin.url();
  const entry = `ALW-${entryUrl.split("/").at(-1)}`;

  await test.step("the queue is quiet, and what is hidden is one click away and says by what", async () => {
    await expect.poll(() => countOf(analyst, app.url, mark, "open"), { timeout: 120_000 }).toBe(0);
    expect(await countOf(analyst, app.url, mark, "suppressed")).toBeGreaterThan(10);
    await analyst
      .getByRole("link", { name: /^ALR-\d+$/ })
      .first()
      .click();
    await expect(analyst.getByText(new RegExp(`suppressed by ${entry}`)).first()).toBeVisible();
  });

  await test.step("the same role on another repository alerts", async () => {
    await upload(analyst, app.url, `${mark}-2.jsonl`, jsonLines(push(0.9, "other")));
    expect(await countOf(analyst, app.url, mark, "open")).toBe(1);
    await expect(analyst.getByRole("table").getByText(`other/${mark}`)).toBeVisible();
  });

  await test.step("on the same repository from its own network it stays quiet, from a new one it breaks through", async () => {
    await upload(analyst, app.url, `${mark}-3.jsonl`, jsonLines(push(0.5, "prod")));
    expect(await countOf(analyst, app.url, mark, "open")).toBe(1);
    await upload(analyst, app.url, `${mark}-4.jsonl`, jsonLines(push(0.2, "prod", ELSEWHERE)));
    expect(await countOf(analyst, app.url, mark, "open")).toBe(2);
    await expect(analyst.getByRole("table").getByText(/broke through: new network/)).toBeVisible();
  });

  await test.step("of two analysts at it one decides, and the other hears of it", async () => {
    const row = analyst.getByRole("row").filter({ hasText: "broke through" });
    await row.getByRole("link", { name: /^ALR-\d+$/ }).click();
    await expect(analyst).toHaveURL(/\/alerts\/\d+$/);
    await colleague.goto(analyst.url());
    await analyst.getByRole("button", { name: "Close…" }).click();
    const closing = analyst.getByRole("dialog");
    await closing.getByLabel("True positive", { exact: true }).check();
    await closing.getByLabel("Confirmed attack").check();
    await closing.getByLabel("Why").fill("Nobody of ours pushes from there.");
    await closing.getByRole("button", { name: "Close", exact: true }).click();
    await expect(analyst.getByText(/^Closed .* as true positive/)).toBeVisible();
    await colleague.getByRole("button", { name: "Take" }).click();
    await expect(colleague.getByText(/closed it as true positive/).first()).toBeVisible();
  });

  await test.step("the entry is revoked, and what it hid is back", async () => {
    await admin.goto(entryUrl);
    await admin.getByRole("button", { name: /^Revoke/ }).click();
    const dialog = admin.getByRole("dialog");
    await dialog.getByLabel("Why").fill("The pipeline was taken over.");
    await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(admin.getByText(/revoked/i).first()).toBeVisible();
    await expect.poll(() => countOf(analyst, app.url, mark, "suppressed"), { timeout: 120_000 }).toBe(0);
    expect(await countOf(analyst, app.url, mark, "open")).toBeGreaterThan(5);
    await analyst
      .getByRole("link", { name: /^ALR-\d+$/ })
      .last()
      .click();
    await expect(
      analyst.getByText(new RegExp(`was hidden by ${entry} until it was revoked`)).first(),
    ).toBeVisible();
  });
  expect([...complaintsOf(analyst), ...complaintsOf(colleague), ...complaintsOf(admin)]).toEqual([]);
});
