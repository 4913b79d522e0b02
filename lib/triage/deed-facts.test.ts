import { describe, expect, test } from "vitest";
import type { ClientBehind } from "#lib/events/client.ts";
import type { AlertRow } from "./alert.ts";
import type { Deed } from "./deed.ts";
import { alertFacts, deedFacts, leadingDeed } from "./deed-facts.ts";
import type { DetectionRow } from "./detection.ts";
import type { StoryFacts } from "./sentence.ts";
import { CI, EVE, detectionRow as row } from "./testing/detection-row.ts";

const IMAGE = { id: "i", name: "prod/api" };

const deedOf = (...rows: Partial<DetectionRow>[]) => ({ rows: rows.map(row) }) as unknown as Deed;
const behind: ClientBehind = { kind: "unknown" };
const factsOf = (...rows: Partial<DetectionRow>[]) =>
  deedFacts(deedOf(...rows), { alert: { image: IMAGE, subject: "s" }, client: behind, replaced: null });

test.for<[name: string, rows: Partial<DetectionRow>[], facts: Partial<StoryFacts>]>([
  [
    "a push says what it pushes",
    [{ tag: "1.4", digest: "d", facts: { layers: 8, bytes: 9 } }],
    { tags: ["1.4"], digests: ["d"], layers: 8, bytes: 9 },
  ],
  [
    "without a manifest the layers that came are counted, each once",
    [
      { operation: "CompleteLayerUpload", facts: { layer: "l1" } },
      { operation: "CompleteLayerUpload", facts: { layer: "l1" } },
      { operation: "CompleteLayerUpload", facts: { layer: "l2" } },
      {},
    ],
    { layers: 2, bytes: null },
  ],
  [
    "two manifests that differ agree on nothing",
    [{ facts: { layers: 8 } }, { facts: { layers: 9 } }],
    { layers: null },
  ],
  [
    "of a push for several architectures the list has the digest, and no layers",
    [
      { digest: "a", facts: { layers: 8, bytes: 9 } },
      { digest: "list", tag: "1.4", facts: { architectures: ["linux/amd64", "linux/arm64"] } },
    ],
    { digests: ["list"], layers: null, bytes: null, architectures: ["linux/amd64", "linux/arm64"] },
  ],
  [
    "what was refused is no fact of what went through",
    [
      { tag: "stable", digest: "x", actor: EVE, outcome: "failure" },
      { tag: "1.4", digest: "d" },
    ],
    { outcome: "success", tags: ["1.4"], digests: ["d"], actors: [CI] },
  ],
  [
    "of what was refused whole it is",
    [{ tag: "stable", outcome: "failure" }],
    { outcome: "failure", tags: ["stable"] },
  ],
  [
    "an instance",
    [{ operation: "CreateImage", facts: { instance: "i-1", name: "golden" } }],
    { origin: { words: "instance i-1" }, name: "golden" },
  ],
  [
    "a snapshot",
    [{ operation: "RegisterImage", facts: { snapshot: "snap-1" } }],
    { origin: { words: "snapshot snap-1" } },
  ],
  [
    "another registry's image",
    [{ operation: "x/importImage/action", facts: { sourceImage: "nginx:1", sourceRegistry: "docker.io" } }],
    { origin: { words: "image docker.io/nginx:1" } },
  ],
  [
    "another image, which can be followed",
    [{ operation: "CopyImage", source: { id: "o", name: "ami-0b" }, facts: { name: "copy" } }],
    { origin: { words: "ami-0b", image: { id: "o", name: "ami-0b" } } },
  ],
  [
    "a bucket that it is put into is no origin",
    [{ operation: "CreateStoreImageTask", facts: { bucket: "b" } }],
    { origin: null },
  ],
  [
    "an engine's name is its reference over again",
    [{ logSource: "docker", operation: "image push", facts: { name: "prod/api:1.4" } }],
    { name: null },
  ],
  ["in the console", [{ facts: { inConsole: "yes" } }], { inConsole: true }],
  ["a client that is named needs none to be inferred", [{}], { client: null }],
  ["a client that is hidden", [{ sourceIp: "AWS Internal" }], { client: behind }],
  [
    "what another service calls so has no tokens",
    [{ sourceIp: "AWS Internal", service: "ec2.amazonaws.com" }],
    { client: null },
  ],
])("%s", ([, rows, facts]) => {
  expect(factsOf(...rows)).toMatchObject(facts);
});

describe("the deed that an alert is told by", () => {
  const deeds = [
    deedOf({ eventId: "1" }),
    deedOf({ eventId: "2" }),
    deedOf({ eventId: "3", outcome: "failure" }),
  ];
  test.for<[worst: string | null, at: number]>([
    ["1", 0],
    ["3", 2],
    [null, 1],
    ["gone", 1],
  ])("with %s as its worst event", ([worst, at]) => {
    expect(leadingDeed(deeds, worst)).toBe(deeds[at]);
  });

  test("without any there is none, and the sentence has what the alert keeps", () => {
    expect(leadingDeed([], "1")).toBeUndefined();
    const alert = {
      image: IMAGE,
      subject: "s",
      operations: ["PutImage"],
      outcome: "success",
      sourceIps: ["AWS Internal"],
      operationCount: 4,
    } as unknown as AlertRow;
    const whole = { alert, actors: [EVE], tags: ["1.4"], sharedWith: [], operationCount: null, lead: null };
    expect(alertFacts(whole)).toMatchObject({
      operations: ["PutImage"],
      operationCount: 4,
      tags: ["1.4"],
      client: null,
      actors: [{ name: "eve" }],
    });
  });
});

test("the sentence on top has the leading actor and tag first, and what the rest of the alert adds", () => {
  const alert = {
    image: IMAGE,
    subject: "s",
    operations: ["CreateImage", "PutImage"],
    outcome: "success",
    sourceIps: ["10.0.0.1", "198.51.100.7"],
  } as unknown as AlertRow;
  const lead = factsOf({ tag: "1.4" });
  expect(
    alertFacts({
      alert,
      actors: [EVE, CI],
      tags: ["1.2", "1.4"],
      sharedWith: ["all"],
      operationCount: 7,
      lead,
    }),
  ).toMatchObject({
    actors: [{ name: "role/ci", kind: "workload" }, { name: "eve" }],
    tags: ["1.4", "1.2"],
    operations: ["PutImage", "CreateImage"],
    sharedWith: ["all"],
    sourceIps: ["198.51.100.7", "10.0.0.1"],
    operationCount: 7,
  });
});
