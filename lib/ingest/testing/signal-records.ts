import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { scoreRecords } from "./score-records.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 4, 1);

/**
 * Three weeks of two pipelines on two repositories and one machine image, in which everything happens that a signal looks
 * at: clients that change, tokens fetched elsewhere, tags that move, guards that are lowered, images that are shared. And
 * what a score looks at besides.
 */
export function signalRecords(): JsonObject[] {
  return [...pushes(), ...logins(), ...guards(), ...shares(), ...scoreRecords()];
}

function day(days: number): string {
  return new Date(START + days * DAY_MS).toISOString();
}

function by(role: string, accessKeyId: string): JsonObject {
  return {
    type: "AssumedRole",
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/run`,
    accountId: "111122223333",
    accessKeyId,
  };
}

function ecr(days: number, eventName: string, overrides: JsonObject): JsonObject {
  return cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName,
    eventTime: day(days),
    sourceIPAddress: "AWS Internal",
    userAgent: "AWS Internal",
    ...overrides,
  });
}

function pushes(): JsonObject[] {
  return Array.from({ length: 24 }, (_, at) => {
    const repositoryName = at % 3 === 0 ? "prod/web" : "prod/api";
    const imageTag = at % 4 === 0 ? "latest" : "stable";
    const request = { registryId: "111122223333", repositoryName, imageTag };
    return ecr(at * 0.9, "PutImage", {
      userIdentity: by(
        at % 5 === 0 ? "release" : "ci",
        `ASIA${at % 5 === 0 ? "R" : "C"}${Math.floor(at / 8)}`,
      ),
      ...(at % 6 === 1 && { sourceIPAddress: `10.${Math.floor(at / 7)}.0.9` }),
      ...(at % 11 === 7 && { userAgent: "stratus-red-team_1" }),
      requestParameters: request,
      responseElements: {
        image: {
          registryId: "111122223333",
          repositoryName,
          imageId: { imageTag, imageDigest: `sha256:${Math.floor(at / 5)}` },
        },
      },
    });
  });
}

function logins(): JsonObject[] {
  return [0, 5, 10, 15.2, 17.9, 19.6].map((days, at) =>
    ecr(days, "GetAuthorizationToken", {
      userIdentity: by(
        at % 3 === 0 ? "release" : "ci",
        `ASIA${at % 3 === 0 ? "R" : "C"}${Math.min(2, Math.floor(days / 7.2))}`,
      ),
      sourceIPAddress: `10.${at}.1.1`,
      requestParameters: null,
    }),
  );
}

function guards(): JsonObject[] {
  const mutable = { registryId: "111122223333", repositoryName: "prod/api", imageTagMutability: "MUTABLE" };
  return [
    ecr(6.2, "PutImageTagMutability", { requestParameters: mutable, sourceIPAddress: "10.0.0.1" }),
    cloudTrailRecord({
      eventName: "DisableImageBlockPublicAccess",
      eventTime: day(12),
      requestParameters: {},
    }),
  ];
}

function shares(): JsonObject[] {
  return [11.5, 12.5, 18].map((days, at) =>
    cloudTrailRecord({
      eventName: "ModifyImageAttribute",
      eventTime: day(days),
      userIdentity: by("ci", "ASIAC1"),
      sourceIPAddress: `10.${at}.0.9`,
      requestParameters: {
        imageId: "ami-1",
        launchPermission: {
          add: {
            items: [at === 2 ? { group: "all" } : { userId: at === 1 ? "999999999999" : "111122223333" }],
          },
        },
      },
    }),
  );
}
