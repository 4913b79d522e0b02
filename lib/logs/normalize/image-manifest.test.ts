import { expect, test } from "vitest";
import type { JsonValue } from "#lib/json.ts";
import { cloudTrailRecord } from "./fixtures.ts";
import { manifestFacts } from "./image-manifest.ts";
import { normalize } from "./normalize.ts";

const layer = (size: JsonValue) => ({ digest: "sha256:1", size });
const nothing = { layers: null, bytes: null, architectures: [] };
const platform = (os: string, architecture: string, variant?: string) => ({
  platform: { os, architecture, ...(variant && { variant }) },
});

test.for<[name: string, manifest: JsonValue | undefined, facts: ReturnType<typeof manifestFacts>]>([
  ["layers", { layers: [layer(5), layer(7)] }, { layers: "2", bytes: "12", architectures: [] }],
  ["one without its size", { layers: [layer(5), {}] }, { layers: "2", bytes: null, architectures: [] }],
  ["sizes that are none", { layers: [layer(-1)] }, { layers: "1", bytes: null, architectures: [] }],
  ["sizes as text", { layers: [layer("5")] }, { layers: "1", bytes: null, architectures: [] }],
  [
    "sizes beyond what a number holds",
    { layers: [layer(2 ** 53 - 1), layer(9)] },
    { layers: "2", bytes: null, architectures: [] },
  ],
  ["Docker's first form", { fsLayers: [{}, {}] }, { layers: "2", bytes: null, architectures: [] }],
  [
    "several architectures, and an attestation",
    {
      manifests: [
        platform("linux", "amd64"),
        platform("linux", "arm64", "v8"),
        platform("unknown", "unknown"),
        null,
      ],
    },
    { layers: null, bytes: null, architectures: ["linux/amd64", "linux/arm64/v8"] },
  ],
  [
    "no end of architectures",
    { manifests: Array.from({ length: 99 }, (_, at) => platform("linux", `a${at}`)) },
    { layers: null, bytes: null, architectures: Array.from({ length: 20 }, (_, at) => `linux/a${at}`) },
  ],
  ["no manifest", undefined, nothing],
  ["a text that is none", "{layers", nothing],
  ["one that is too long", `{"layers":[{"size":1}], "pad":"${"x".repeat(4 * 1024 * 1024)}"}`, nothing],
])("%s", ([, manifest, facts]) => {
  expect(manifestFacts(typeof manifest === "object" ? JSON.stringify(manifest) : manifest)).toEqual(facts);
});

test.for([true, "true"])(
  "a push says what it pushes, and a call in the console that it is one (%j)",
  (isConsole) => {
    const imageManifest = JSON.stringify({ layers: [layer(5), layer(7)] });
    const push = normalize(
      cloudTrailRecord({
        eventSource: "ecr.amazonaws.com",
        eventName: "PutImage",
        sessionCredentialFromConsole: isConsole,
        requestParameters: { repositoryName: "prod/api", imageTag: "1.4", imageManifest },
        responseElements: null,
      }),
    );
    expect(push.ok && push.value.details).toEqual({ layers: "2", bytes: "12", inConsole: "yes" });
  },
);
