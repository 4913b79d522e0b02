import { describe, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { emulate } from "#lib/emulation/scenario.ts";
import { SCENARIOS } from "#lib/emulation/scenarios.ts";
import { importFile } from "#lib/ingest/testing/deliver.ts";
import { ownStore } from "#lib/ingest/testing/own-store.ts";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import type { AlertRow } from "../alert.ts";
import { sourcesOf } from "../deed.ts";
import { storySentence } from "../sentence.ts";
import { listAlertClients } from "./alert-clients.ts";
import { type DeedPage, listDeeds } from "./alert-deeds.ts";
import { getAlert } from "./alert-list.ts";
import { getAlertStory } from "./alert-story.ts";
import { listAround } from "./around.ts";
import { listImageUses } from "./image-uses.ts";

const END = new Date("2026-03-04T12:00:00Z");
const ECR = "ecr.amazonaws.com";

ownStore();

async function arrive(records: readonly unknown[]): Promise<void> {
  await importFile(records.map((record) => JSON.stringify(record)).join("\n"), { takenAs: "live", now: END });
}

function scenario(name: string): unknown[] {
  const played = SCENARIOS.find((one) => one.name === name);
  if (!played) throw new Error(`There is no scenario ${name}.`);
  return emulate(played, { end: END, seed: 7 }).flatMap(({ records }) => records);
}

async function lastAlert(): Promise<AlertRow> {
  const found = await db().alert.findFirstOrThrow({ orderBy: [{ lastAt: "desc" }, { id: "desc" }] });
  const alert = await getAlert(found.number);
  if (!alert) throw new Error("An alert that is stored is not found.");
  return alert;
}

function sentences({ deeds }: DeedPage): string[] {
  return deeds.map(({ facts }) =>
    storySentence(facts)
      .map(({ text }) => text)
      .join(""),
  );
}

test("CCAT's chain is one deed, seen by CloudTrail and Docker, which names what it replaced and who stands behind it", async () => {
  await arrive(scenario("ccat-chain"));
  const alert = await lastAlert();
  const page = await listDeeds(alert);
  expect(sentences(page).map((text) => text.replace(/sha256:[0-9a-f]{12}/, "sha256:x"))).toEqual([
    "svc-legacy built, tagged and pushed prod/api:1.14.2 (sha256:x…, 2 layers, 8.4 MB) from 203.0.113.66 (inferred) in 7 operations, replacing the digest that role/release had put there 11 days before.",
  ]);
  const [deed] = page.deeds;
  expect(deed && sourcesOf(deed)).toEqual(["docker", "cloudtrail"]);
  expect(page).toMatchObject({ earlier: null, later: null });
});

test("the actor is told though the worst detection is of a source that names none", async () => {
  const at = (seconds: number) => new Date(END.getTime() - 600_000 + seconds * 1000).toISOString();
  const repository = { registryId: "111122223333", repositoryName: "prod/api" };
  await arrive([
    cloudTrailRecord({
      eventSource: ECR,
      eventName: "InitiateLayerUpload",
      eventTime: at(0),
      sourceIPAddress: "AWS Internal",
      requestParameters: repository,
      errorCode: "AccessDenied",
    }),
    {
      id: "1",
      source: "aws.ecr",
      "detail-type": "ECR Image Action",
      account: "111122223333",
      region: "eu-west-1",
      time: at(1),
      detail: {
        "action-type": "PUSH",
        result: "SUCCESS",
        "repository-name": "prod/api",
        "image-digest": "sha256:1",
        "image-tag": "1.4",
      },
    },
  ]);
  const alert = await lastAlert();
  const worst = await db().detection.findFirstOrThrow({ orderBy: { score: "desc" } });
  expect(worst).toMatchObject({ ruleId: "ecr-image-action", actorId: null });
  expect(alert.actor).not.toBeNull();
});

describe("the client behind pushes that ECR logs as its own", () => {
  const at = (minutes: number) => new Date(END.getTime() - minutes * 60_000).toISOString();
  const call = (minutes: number, eventName: string, overrides: JsonObject): JsonObject =>
    cloudTrailRecord({
      eventSource: ECR,
      eventName,
      eventTime: at(minutes),
      userAgent: "AWS Internal",
      sourceIPAddress: "AWS Internal",
      userIdentity: {
        type: "AssumedRole",
        arn: "arn:aws:sts::111122223333:assumed-role/ci/run",
        accountId: "111122223333",
        accessKeyId: "ASIA1",
      },
      ...overrides,
    });
  const push = (overrides: JsonObject = {}) =>
    call(10, "PutImage", {
      requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "1.4" },
      ...overrides,
    });
  const login = (
    minutes: number,
    sourceIPAddress: string,
    userAgent = "docker",
    overrides: JsonObject = {},
  ) =>
    call(minutes, "GetAuthorizationToken", {
      sourceIPAddress,
      userAgent,
      requestParameters: null,
      ...overrides,
    });
  const otherKey = {
    userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/eve", accessKeyId: "AKIA9" },
  };

  test.for<[name: string, logins: JsonObject[], push: JsonObject, behind: unknown]>([
    [
      "one",
      [login(60, "198.51.100.7"), login(30, "198.51.100.7")],
      push(),
      {
        kind: "inferred",
        client: { address: "198.51.100.7", userAgent: "docker", login: { occurredAt: new Date(at(30)) } },
      },
    ],
    [
      "two addresses",
      [login(60, "198.51.100.7"), login(30, "8.8.8.8")],
      push(),
      {
        kind: "ambiguous",
        isPart: false,
        clients: [{ address: "8.8.8.8", network: { key: "AS15169" } }, { address: "198.51.100.7" }],
      },
    ],
    [
      "two agents at one address",
      [login(60, "8.8.8.8"), login(30, "8.8.8.8", "curl")],
      push(),
      { kind: "ambiguous", clients: [{ userAgent: "curl" }, { userAgent: "docker" }] },
    ],
    ["a login that no longer lives", [login(10 + 12 * 60, "8.8.8.8")], push(), { kind: "unknown" }],
    ["a login that comes after", [login(5, "8.8.8.8")], push(), { kind: "unknown" }],
    [
      "a login that was refused",
      [login(30, "8.8.8.8", "docker", { errorCode: "AccessDenied" })],
      push(),
      { kind: "unknown" },
    ],
    ["a login with another key", [login(30, "8.8.8.8", "docker", otherKey)], push(), { kind: "unknown" }],
    ["a push that names its client", [login(30, "8.8.8.8")], push({ sourceIPAddress: "198.51.100.7" }), null],
  ])("%s", async ([, logins, pushed, behind]) => {
    await arrive([...logins, pushed]);
    const alert = await lastAlert();
    const { deeds } = await listDeeds(alert);
    expect(deeds).toHaveLength(1);
    const client = deeds[0]?.facts.client ?? null;
    if (behind === null) expect(client).toBeNull();
    else expect(client).toMatchObject(behind as object);
    // The list says the same.
    const clients = await listAlertClients([alert]);
    expect(clients.get(alert.id) ?? null).toEqual(client);
  });
});

test("where an image went is told of its own uses, and of no other tag's", async () => {
  const at = (minutes: number) => new Date(END.getTime() - minutes * 60_000).toISOString();
  const reference = { registryId: "111122223333", repositoryName: "prod/api" };
  const call = (minutes: number, eventName: string, overrides: JsonObject) =>
    cloudTrailRecord({ eventSource: ECR, eventName, eventTime: at(minutes), ...overrides });
  const pull = (minutes: number, imageTag: string) =>
    call(minutes, "BatchGetImage", {
      requestParameters: { ...reference, imageTag },
      recipientAccountId: "444455556666",
    });
  await arrive([
    pull(70, "1.4"),
    call(60, "PutImage", { requestParameters: { ...reference, imageTag: "1.4" } }),
    call(50, "DescribeImages", { requestParameters: { ...reference, imageTag: "1.4" } }),
    pull(40, "1.4"),
    pull(39, "1.5"),
    {
      Type: "container",
      Action: "start",
      Actor: { ID: "c", Attributes: { image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api:1.4" } },
      time: (END.getTime() - 30 * 60_000) / 1000,
    },
  ]);
  const alert = await lastAlert();
  const { imageIds } = await listDeeds(alert);
  const { tags } = await getAlertStory(alert.id);
  const found = await listImageUses({ alertId: alert.id, imageIds, from: alert.firstAt, tags, digests: [] });
  expect(found).toMatchObject({ counts: { started: 1, pulled: 1, copied: 0, shared: 0 }, until: null });
  expect(found.uses).toMatchObject([
    { kind: "pulled", account: "444455556666", tag: "1.4", event: { occurredAt: new Date(at(40)) } },
    { kind: "started", operation: "container start", account: null },
  ]);

  const around = await listAround(alert, [alert.actor?.id ?? ""], imageIds);
  expect(around).toMatchObject({ more: 0, isPart: false });
  expect(around.calls.map(({ part, operation, count }) => [part, operation, count])).toEqual([
    ["before", "BatchGetImage", 1],
    ["after", "DescribeImages", 1],
    ["after", "BatchGetImage", 2],
    ["after", "container start", 1],
  ]);
});

test("around an alert only its hour is looked at, and no detection of it is told again", async () => {
  await arrive(scenario("ccat-chain"));
  const alert = await lastAlert();
  const { actors } = await getAlertStory(alert.id);
  const around = await listAround(
    alert,
    actors.map(({ id }) => id),
    [],
  );
  expect(around.calls.map(({ part, operation }) => `${part} ${operation}`)).toEqual([
    "before DescribeRepositories",
    "before ListImages",
    "before GetAuthorizationToken",
    "before BatchGetImage",
    "before GetDownloadUrlForLayer",
    "meanwhile BatchCheckLayerAvailability",
    "meanwhile UploadLayerPart",
  ]);
});
