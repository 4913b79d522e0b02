import type { JsonObject, JsonValue } from "#lib/json.ts";
import type { Caller } from "./callers.ts";
import type { Random } from "./random.ts";

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const REGION = "eu-west-1";

type Call = { eventSource: string; eventName: string } & Record<string, JsonValue>;

/** Gathers calls and writes them down as CloudTrail does. What lies after the end has not happened yet. */
export class CloudTrailLog {
  readonly random: Random;
  readonly end: number;
  readonly #records: JsonObject[] = [];

  constructor(random: Random, end: Date) {
    this.random = random;
    this.end = end.getTime();
  }

  /** In the order in which CloudTrail would deliver them: roughly by time. */
  records(): JsonObject[] {
    return this.#records.sort((a, b) => String(a.eventTime).localeCompare(String(b.eventTime)));
  }

  add(time: number, caller: Caller, call: Call): void {
    if (time > this.end) return;
    this.#records.push({
      eventVersion: "1.09",
      userIdentity: caller.userIdentity,
      eventTime: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
      awsRegion: REGION,
      sourceIPAddress: caller.sourceIPAddress,
      userAgent: caller.userAgent,
      requestParameters: null,
      responseElements: null,
      requestID: this.random.uuid(),
      eventID: this.random.uuid(),
      readOnly: /^(Describe|Get|List|Batch(Get|Check))/.test(call.eventName),
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: caller.recipientAccountId,
      eventCategory: "Management",
      ...call,
    });
  }

  /** All the calls of one `docker push`. */
  push(time: number, caller: Caller, repositoryName: string, imageTag: string, layers: number): void {
    const registryId = caller.recipientAccountId;
    const request = { registryId, repositoryName };
    const at = (step: number) => time + step * 2000;
    const digests = Array.from({ length: layers }, () => `sha256:${this.random.hex(64)}`);
    digests.forEach((digest, layer) => {
      const uploadId = this.random.uuid();
      const call = { eventSource: "ecr.amazonaws.com" } as const;
      this.add(at(layer), caller, {
        ...call,
        eventName: "InitiateLayerUpload",
        requestParameters: request,
        responseElements: { uploadId, partSize: 20_971_520 },
      });
      this.add(at(layer + 0.5), caller, {
        ...call,
        eventName: "UploadLayerPart",
        requestParameters: { ...request, uploadId, partFirstByte: 0, partLastByte: 4_194_303 },
        responseElements: { ...request, uploadId, lastByteReceived: 4_194_303 },
      });
      this.add(at(layer + 0.9), caller, {
        ...call,
        eventName: "CompleteLayerUpload",
        requestParameters: { ...request, uploadId, layerDigests: [digest] },
        responseElements: { ...request, uploadId, layerDigest: digest },
      });
    });
    const imageDigest = `sha256:${this.random.hex(64)}`;
    const imageManifestMediaType = "application/vnd.oci.image.manifest.v1+json";
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: imageManifestMediaType,
      layers: digests.map((digest) => ({
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
        size: 4_194_304,
        digest,
      })),
    });
    this.add(at(layers + 1), caller, {
      eventSource: "ecr.amazonaws.com",
      eventName: "PutImage",
      requestParameters: { ...request, imageTag, imageManifest, imageManifestMediaType },
      responseElements: { image: { ...request, imageId: { imageDigest, imageTag }, imageManifestMediaType } },
    });
  }
}
