import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { expect, expectAccessible, test, upload } from "./fixtures.ts";
import { accountOf, jsonLines, newMark } from "./records.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Three weeks of a pipeline; then somebody puts another image behind its tag, after they were refused, and it is pulled. */
function intrusion(mark: string): JsonObject[] {
  const account = accountOf(mark);
  const registry = { registryId: account, repositoryName: `prod/${mark}` };
  const call = (ago: number, by: object, eventName: string, overrides: object = {}) =>
    cloudTrailRecord({
      eventSource: "ecr.amazonaws.com",
      eventName,
      eventTime: new Date(Date.now() - ago).toISOString(),
      recipientAccountId: account,
      userIdentity: { accountId: account, ...by },
      requestParameters: registry,
      ...overrides,
    });
  const role = (name: string) => ({
    type: "AssumedRole",
    arn: `arn:aws:sts::${account}:assumed-role/${name}/run`,
  });
  const user = { type: "IAMUser", arn: `arn:aws:iam::${account}:user/legacy`, accessKeyId: "AKIALEGACY" };
  const push = (ago: number, by: object, imageDigest: string) =>
    call(ago, by, "PutImage", {
      requestParameters: { ...registry, imageTag: "1.4" },
      responseElements: { image: { imageId: { imageTag: "1.4", imageDigest } } },
    });
  return [
    call(21 * DAY, role("release"), "DescribeRepositories", { requestParameters: null }),
    push(10 * DAY, role("release"), "sha256:one"),
    call(20 * DAY, user, "ListImages"),
    call(3 * HOUR, user, "PutImage", {
      requestParameters: { ...registry, imageTag: "1.4" },
      errorCode: "ImageTagAlreadyExistsException",
    }),
    push(2 * HOUR, user, "sha256:two"),
    call(HOUR, role("node"), "BatchGetImage", {
      requestParameters: { ...registry, imageIds: [{ imageTag: "1.4" }] },
    }),
  ];
}

test("an alert's addends say why it scores as it does, from its event, the time before and its story", async ({
  app,
}) => {
  const page = await app.signedIn("analyst");
  const mark = newMark();
  await upload(page, app.url, `${mark}.jsonl`, jsonLines(intrusion(mark)));
  await page.goto(`${app.url}/alerts?queue=all&q=prod/${mark}&sort=-severity`);
  await page
    .getByRole("link", { name: /^ALR-\d+/ })
    .first()
    .click();
  const why = page.getByRole("region", { name: "Why this score" });
  await expect(why.getByRole("listitem").first()).toContainText("base of the rule");
  for (const sentence of [
    "+10 with a long-lived access key",
    "+25 stable tag “1.4” moved to another digest 9 days after another actor had put it there",
    "+15 refused 60 minutes before, and then successful",
    "first time that this actor works on this image, as others did before; more than 14 days of history",
    "+10 the image was started or pulled",
    "scores end at 100",
  ])
    await expect(why).toContainText(sentence);
  await expectAccessible(page);
});
