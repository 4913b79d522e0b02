import { randomBytes } from "node:crypto";
import type { JsonObject } from "#lib/json.ts";
import { azureRecord, cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";

/** A word that no other test uses: each journey brings its own alerts and finds them by it. */
export function newMark(): string {
  return `m${randomBytes(5).toString("hex")}`;
}

/** An account that no other test uses. */
export function accountOf(mark: string): string {
  return String(Number.parseInt(mark.slice(1, 9), 16) + 100_000_000_000).slice(0, 12);
}

/** A push of three calls by a role to a repository, both named after the mark, in the last hour. */
export function pushRecords(mark: string, overrides: Record<string, unknown> = {}): JsonObject[] {
  const eventTime = new Date(Date.now() - 600_000).toISOString();
  const request = { registryId: "111122223333", repositoryName: `prod/${mark}` };
  const call = {
    eventSource: "ecr.amazonaws.com",
    eventTime,
    sourceIPAddress: "198.51.100.7",
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::111122223333:assumed-role/${mark}/run-1`,
      accountId: "111122223333",
    },
    ...overrides,
  };
  return [
    cloudTrailRecord({ ...call, eventName: "InitiateLayerUpload", requestParameters: request }),
    cloudTrailRecord({ ...call, eventName: "CompleteLayerUpload", requestParameters: request }),
    cloudTrailRecord({ ...call, eventName: "PutImage", requestParameters: { ...request, imageTag: "1.4" } }),
  ];
}

/** An Azure image that was written, its resource named after the mark. */
export function imageRecords(mark: string): JsonObject[] {
  const resourceId = `/SUBSCRIPTIONS/0A1B/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.COMPUTE/IMAGES/${mark.toUpperCase()}`;
  const time = new Date(Date.now() - 1_200_000).toISOString();
  return ["Start", "Success"].map((resultType) =>
    azureRecord({ time, resourceId, resultType, correlationId: mark }),
  );
}

export function jsonLines(records: readonly JsonObject[]): string {
  return records.map((record) => JSON.stringify(record)).join("\n");
}
