import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { complaintsOf, expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark } from "./records.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** What is logged of a repository in an account of its own. */
function logsOf(mark: string) {
  const account = accountOf(mark);
  const timeOf = (minutesAgo: number) => new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
  const request = { registryId: account, repositoryName: `prod/${mark}` };
  const call = (minutesAgo: number, eventName: string, overrides: JsonObject = {}): JsonObject =>
    cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName,
      eventTime: timeOf(minutesAgo),
      recipientAccountId: account,
      sourceIPAddress: "AWS Internal",
      userAgent: "AWS Internal",
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/ci-${mark}/run-1`,
        accountId: account,
        accessKeyId: `ASIA${mark.toUpperCase()}`,
      },
      requestParameters: request,
      ...overrides,
    });
  const put = (minutesAgo: number, imageDigest: string, overrides: JsonObject = {}) => {
    const imageManifest = JSON.stringify({ layers: [{ size: 150_000_000 }, { size: 62_000_000 }] });
    return call(minutesAgo, "PutImage", {
      requestParameters: { ...request, imageTag: "1.4", imageManifest },
      responseElements: { image: { ...request, imageId: { imageTag: "1.4", imageDigest } } },
      ...overrides,
    });
  };
  return {
    call,
    put,
    login: (minutesAgo: number, sourceIPAddress: string, userAgent = "docker/24.0.2") =>
      call(minutesAgo, "GetAuthorizationToken", { sourceIPAddress, userAgent, requestParameters: null }),
    release: () =>
      put(12 * DAY_MINUTES + 60, digest("a"), {
        sourceIPAddress: "198.51.100.24",
        userIdentity: {
          type: "AssumedRole",
          arn: `arn:aws:sts::${account}:assumed-role/release-${mark}/run-9`,
          accountId: account,
          accessKeyId: `ASIAR${mark.toUpperCase()}`,
        },
      }),
    bridge: (minutesAgo: number, imageDigest: string): JsonObject => ({
      id: mark,
      source: "aws.ecr",
      "detail-type": "ECR Image Action",
      account,
      region: "eu-west-1",
      time: timeOf(minutesAgo),
      detail: {
        "action-type": "PUSH",
        result: "SUCCESS",
        "repository-name": `prod/${mark}`,
        "image-digest": imageDigest,
        "image-tag": "1.4",
      },
    }),
    pull: (minutesAgo: number, recipientAccountId: string) =>
      call(minutesAgo, "BatchGetImage", {
        recipientAccountId,
        requestParameters: { ...request, imageIds: [{ imageTag: "1.4" }] },
      }),
  };
}

test("a push is one deed, whoever saw it: what it replaced, who stands behind it, and where the image went", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const logs = logsOf(mark);
  await upload(
    page,
    app.url,
    `${mark}.jsonl`,
    jsonLines([
      logs.release(),
      logs.login(45, "198.51.100.7"),
      logs.call(42, "DescribeRepositories"),
      logs.call(41, "InitiateLayerUpload"),
      logs.call(41, "CompleteLayerUpload"),
      logs.put(40, digest("b")),
      logs.bridge(40, digest("b")),
      logs.pull(10, "444455556666"),
    ]),
  );
  await page.goto(`${app.url}/alerts?q=${mark}`);
  const row = page.getByRole("row").filter({ hasText: `prod/${mark}` });
  await expect(row.getByText("inferred: ")).toBeAttached();
  await expect(row.getByText("198.51.100.7")).toBeVisible();
  const link = row.getByRole("link", { name: /^ALR-\d+$/ });
  await expect(link).toHaveAttribute("title", `role/ci-${mark} pushed prod/${mark}:1.4`);
  await link.click();

  const sentence = `role/ci-${mark} pushed prod/${mark}:1.4 (sha256:bbbbbbbbbbbb…, 2 layers, 212 MB) from 198.51.100.7 (inferred) in 3 operations, replacing the digest that role/release-${mark} had put there 12 days before.`;
  await expect(page.getByText(sentence)).toBeVisible();
  const detections = page.getByRole("region", { name: "Detections" });
  await expect(
    detections.getByText("One deed, seen by AWS CloudTrail and ECR by EventBridge."),
  ).toBeVisible();
  await expect(detections.getByText("inferred").first()).toBeVisible();
  await expect(
    page.getByRole("complementary", { name: "About this alert" }).getByText(/^Inferred from where/),
  ).toBeVisible();
  const uses = page.getByRole("region", { name: "Where the image went" });
  await expect(uses.getByText("Pulled once since.")).toBeVisible();
  await expect(uses.getByRole("row", { name: /444455556666/ })).toBeVisible();
  const around = page.getByRole("region", { name: "Around it" });
  await expect(around.getByRole("row", { name: /GetAuthorizationToken/ })).toBeVisible();
  await expectAccessible(page);

  await around
    .getByRole("row", { name: /DescribeRepositories/ })
    .getByRole("link")
    .first()
    .click();
  const event = page.getByRole("region", { name: "Event", exact: true });
  await expect(event.getByText("DescribeRepositories").first()).toBeVisible();
  expect(complaintsOf(page)).toEqual([]);
  await page.getByText(sentence).getByRole("link", { name: "digest" }).click();
  await expect(page).toHaveURL(/\/events\?event=/);
  await expect(page.getByText(`role/release-${mark} called PutImage`)).toBeVisible();
});

test("several clients that may stand behind a push are all named", async ({ app }) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  const logs = logsOf(mark);
  await upload(
    page,
    app.url,
    `${mark}.jsonl`,
    jsonLines([
      logs.login(90, "198.51.100.7"),
      logs.login(45, "203.0.113.66", "curl/8.5.0"),
      logs.put(40, digest("b")),
      logs.call(30, "DeleteRepository"),
      logs.put(20, digest("c"), { sourceIPAddress: "198.51.100.7" }),
    ]),
  );
  await page.goto(`${app.url}/events?operation=PutImage&q=${mark}`);
  await expect(page.getByText("2 clients").first()).toBeVisible();
  await page.goto(`${app.url}/alerts?q=${mark}`);
  await page
    .getByRole("link", { name: /^ALR-\d+$/ })
    .first()
    .click();

  const detections = page.getByRole("region", { name: "Detections" });
  await expect(detections.getByText(/pushed .* from one of 2 clients \(inferred\)\.$/)).toBeVisible();
  await expect(
    detections.getByText(/, replacing the digest that role\/ci-\w+ had put there 20 minutes before\.$/),
  ).toBeVisible();
  const about = page.getByRole("complementary", { name: "About this alert" });
  await expect(about.getByText(/^Ambiguous: 2 clients fetched tokens/)).toBeVisible();
  await expect(about.getByText("curl/8.5.0")).toBeVisible();
  await expectAccessible(page);
  await about
    .getByRole("link", { name: /^GetAuthorizationToken/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/events\?event=/);
  await expect(page.getByText("GetAuthorizationToken").first()).toBeVisible();

  await page.goBack();
  const toggle = detections.getByRole("button", { name: "1 detection" }).first();
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await toggle.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
  expect(complaintsOf(page)).toEqual([]);
});
