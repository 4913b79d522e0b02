import { describe, expect, test } from "vitest";
import { cloudTrailRecord, eventOf } from "./fixtures.ts";

const REPOSITORY = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api";

function ecrCall(eventName: string, request: Record<string, unknown>, rest: Record<string, unknown> = {}) {
  const requestParameters = { registryId: "111122223333", repositoryName: "prod/api", ...request };
  return eventOf(
    cloudTrailRecord({ eventSource: "ecr.amazonaws.com", eventName, requestParameters, ...rest }),
  );
}

function mutability(imageTagMutability: unknown, rest: Record<string, unknown> = {}) {
  return ecrCall("PutImageTagMutability", { imageTagMutability }, rest);
}

function scanning(imageScanningConfiguration: unknown, rest: Record<string, unknown> = {}) {
  return ecrCall("PutImageScanningConfiguration", { imageScanningConfiguration }, rest);
}

function machineImageCall(eventName: string, rest: Record<string, unknown> = {}) {
  return eventOf(
    cloudTrailRecord({ eventName, requestParameters: { [`${eventName}Request`]: {} }, ...rest }),
  );
}

const refused = {
  errorCode: "AccessDeniedException",
  errorMessage: "not authorised",
  responseElements: null,
};

/** `tried: …` stands for a guard that somebody was refused to lower. */
function guardsIn(guard: string | null): object | null {
  if (guard === null) return null;
  return guard.startsWith("tried: ") ? { guardRefused: guard.slice(7) } : { guardLowered: guard };
}

describe("a repository's guard", () => {
  test.for<[name: string, event: ReturnType<typeof eventOf>, guard: string | null]>([
    ["tags made mutable", mutability("MUTABLE"), "tag immutability"],
    ["tags made mutable but for some", mutability("MUTABLE_WITH_EXCLUSION"), "tag immutability"],
    ["tags made immutable", mutability("IMMUTABLE"), null],
    ["tags made immutable but for some", mutability("IMMUTABLE_WITH_EXCLUSION"), null],
    ["mutability of a value that is not known", mutability("constructor"), null],
    ["mutability of another type", mutability(true), null],
    ["mutability that is missing", mutability(undefined), null],
    ["tags made mutable, and refused", mutability("MUTABLE", refused), "tried: tag immutability"],
    [
      "tags made mutable, and failed with a message alone",
      mutability("MUTABLE", { errorMessage: "no" }),
      "tried: tag immutability",
    ],
    ["scan on push switched off", scanning({ scanOnPush: false }), "scan on push"],
    ["scan on push switched off, as text", scanning({ scanOnPush: "false" }), "scan on push"],
    ["scan on push switched off, as text in capitals", scanning({ scanOnPush: "False" }), "scan on push"],
    ["scan on push switched on", scanning({ scanOnPush: true }), null],
    ["scan on push switched on, as text", scanning({ scanOnPush: "true" }), null],
    ["scan on push that is null", scanning({ scanOnPush: null }), null],
    ["scan on push that is missing", scanning({}), null],
    ["a configuration of another type", scanning("false"), null],
    [
      "scan on push switched off, and refused",
      scanning({ scanOnPush: false }, refused),
      "tried: scan on push",
    ],
    ["a repository policy", ecrCall("SetRepositoryPolicy", { imageTagMutability: "MUTABLE" }), null],
  ])("%s", ([, event, guard]) => {
    expect(event.details).toEqual(guardsIn(guard));
    expect(event.images).toMatchObject([{ key: REPOSITORY, role: "changed" }]);
  });

  test("a push says nothing of one", () => {
    const event = ecrCall("PutImage", { imageTagMutability: "MUTABLE", imageManifestMediaType: "m" });
    expect(event.details).toEqual({ mediaType: "m" });
  });

  test("without a repository there is none", () => {
    expect(mutability("MUTABLE", { requestParameters: { imageTagMutability: "MUTABLE" } })).toMatchObject({
      images: [],
      details: null,
    });
  });
});

describe("an account's guard", () => {
  test.for<[name: string, event: ReturnType<typeof eventOf>, guard: string | null]>([
    [
      "images may be made public",
      machineImageCall("DisableImageBlockPublicAccess", {
        responseElements: {
          DisableImageBlockPublicAccessResponse: { imageBlockPublicAccessState: "unblocked" },
        },
      }),
      "block on public images",
    ],
    ["images of any owner may be used", machineImageCall("DisableAllowedImagesSettings"), "allowed images"],
    [
      "no parameters",
      machineImageCall("DisableAllowedImagesSettings", { requestParameters: null }),
      "allowed images",
    ],
    ["images may not be made public", machineImageCall("EnableImageBlockPublicAccess"), null],
    ["only some images may be used", machineImageCall("EnableAllowedImagesSettings"), null],
    ...["AllowedImagesSettingsState", "allowedImagesSettingsState"].flatMap(
      (name): [string, ReturnType<typeof eventOf>, string | null][] => [
        [
          `images of others are only reported, as ${name}`,
          machineImageCall("EnableAllowedImagesSettings", { requestParameters: { [name]: "audit-mode" } }),
          "allowed images",
        ],
        [
          `images of others are held back, as ${name}`,
          machineImageCall("EnableAllowedImagesSettings", {
            requestParameters: { EnableAllowedImagesSettingsRequest: { [name]: "enabled" } },
          }),
          null,
        ],
      ],
    ),
    ["refused", machineImageCall("DisableImageBlockPublicAccess", refused), "tried: block on public images"],
    [
      "a dry run",
      machineImageCall("DisableAllowedImagesSettings", { errorCode: "Client.DryRunOperation" }),
      "tried: allowed images",
    ],
    [
      "the same name at another service",
      machineImageCall("DisableImageBlockPublicAccess", { eventSource: "example.amazonaws.com" }),
      null,
    ],
  ])("%s", ([, event, guard]) => {
    expect(event.details).toEqual(guardsIn(guard));
    expect(event.images).toEqual([]);
  });
});
