import { expect, test } from "vitest";
import type { Client } from "#lib/events/client.ts";
import { type Replaced, type StoryFacts, shortSentence, storySentence } from "./sentence.ts";
import { tellingFirst } from "./verbs.ts";

const ROLE = { id: "a", name: "role/ci", kind: "workload" };
const NOBODY = "Somebody whom the log does not name";
const DIGEST = `sha256:ab12${"0".repeat(60)}`;
const EVENT = { occurredAt: new Date(0), id: "e" };
const DAY_MS = 86_400_000;

const push: StoryFacts = {
  operations: ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage"],
  outcome: "success",
  operationCount: 3,
  actors: [ROLE],
  inConsole: false,
  image: { id: "i", name: "prod/api" },
  subject: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api",
  name: null,
  tags: ["1.4"],
  digests: [],
  layers: null,
  bytes: null,
  architectures: [],
  origin: null,
  sharedWith: [],
  unsharedFrom: [],
  sourceIps: ["198.51.100.7"],
  client: null,
  replaced: null,
};
const ami: StoryFacts = {
  ...push,
  operations: ["CreateImage"],
  operationCount: 1,
  image: { id: "i", name: "ami-0a" },
  tags: [],
};
const replaced: Replaced = {
  tag: "1.4",
  digest: `sha256:cd${"0".repeat(62)}`,
  by: { id: "b", name: "role/release" },
  ms: 12.5 * DAY_MS,
  event: EVENT,
};
const client = (address: string): Client => ({ address, network: null, userAgent: null, login: EVENT });

function textOf(facts: StoryFacts): string {
  return storySentence(facts)
    .map(({ text }) => text)
    .join("");
}

test.for<[facts: StoryFacts, sentence: string]>([
  [push, "role/ci pushed prod/api:1.4 from 198.51.100.7 in 3 operations."],
  [{ ...push, tags: [], operationCount: 1 }, "role/ci pushed prod/api from 198.51.100.7."],
  [
    { ...push, digests: [DIGEST], layers: 8, bytes: 212_400_000, operationCount: 1, replaced },
    "role/ci pushed prod/api:1.4 (sha256:ab1200000000…, 8 layers, 212 MB) from 198.51.100.7, replacing the digest that role/release had put there 12 days before.",
  ],
  [
    { ...push, layers: 1, bytes: 999, operationCount: 1, replaced: { ...replaced, by: null, ms: 3_600_000 } },
    "role/ci pushed prod/api:1.4 (1 layer, 999 bytes) from 198.51.100.7, replacing the digest put there 60 minutes before.",
  ],
  [
    { ...push, tags: ["1.4", "latest"], digests: [DIGEST, "sha256:ef"], operationCount: 2, replaced },
    "role/ci pushed prod/api:1.4 and 1 more tag (sha256:ab1200000000… and 1 more digest) from 198.51.100.7 in 2 operations, replacing the digest of 1.4 that role/release had put there 12 days before.",
  ],
  [
    { ...push, digests: [DIGEST], architectures: ["linux/amd64", "linux/arm64"], operationCount: 1 },
    "role/ci pushed prod/api:1.4 (sha256:ab1200000000…, for linux/amd64 and linux/arm64) from 198.51.100.7.",
  ],
  [
    { ...push, architectures: ["a", "b", "c", "d", "e"].map((one) => `linux/${one}`), operationCount: 1 },
    "role/ci pushed prod/api:1.4 (for linux/a, linux/b, linux/c and linux/d and others) from 198.51.100.7.",
  ],
  [
    { ...push, operations: ["InitiateLayerUpload"], tags: [], sourceIps: [] },
    "role/ci uploaded layers to prod/api in 3 operations.",
  ],
  [
    { ...push, outcome: "failure", operationCount: 1 },
    "role/ci tried to push prod/api:1.4 from 198.51.100.7; it was refused or failed.",
  ],
  [
    {
      ...push,
      actors: [ROLE, { ...ROLE, id: "d" }, { ...ROLE, id: "e" }],
      tags: ["1", "2", "3"],
      sourceIps: ["AWS Internal", "10.0.0.1"],
    },
    "role/ci and 2 other actors pushed prod/api:1 and 2 more tags from AWS Internal and 1 more address in 3 operations.",
  ],
  [
    {
      ...push,
      operations: ["container commit", "image tag", "image push", "PutImage"],
      actors: [],
      sourceIps: [],
    },
    `${NOBODY} committed, tagged and pushed prod/api:1.4 in 3 operations.`,
  ],
  [
    {
      ...push,
      operationCount: 1,
      sourceIps: ["AWS Internal"],
      client: { kind: "inferred", client: client("198.51.100.9") },
    },
    "role/ci pushed prod/api:1.4 from 198.51.100.9 (inferred).",
  ],
  [
    {
      ...push,
      operationCount: 1,
      sourceIps: ["AWS Internal"],
      client: { kind: "ambiguous", clients: [client("1"), client("2")], isPart: false },
    },
    "role/ci pushed prod/api:1.4 from one of 2 clients (inferred).",
  ],
  [
    {
      ...push,
      operationCount: 1,
      sourceIps: ["AWS Internal"],
      client: { kind: "ambiguous", clients: [client("198.51.100.9")], isPart: true },
    },
    "role/ci pushed prod/api:1.4 from 198.51.100.9 or another client (inferred).",
  ],
  [
    { ...push, operationCount: 1, sourceIps: ["AWS Internal"], client: { kind: "unknown" } },
    "role/ci pushed prod/api:1.4 from AWS Internal.",
  ],
  [
    { ...ami, origin: { words: "instance i-0b" }, name: "golden-2026", inConsole: true },
    "role/ci made ami-0a “golden-2026” out of instance i-0b from 198.51.100.7 in the console.",
  ],
  [
    { ...ami, actors: [{ ...ROLE, name: "autoscaling.amazonaws.com", kind: "service" }], sourceIps: [] },
    "The service autoscaling.amazonaws.com made ami-0a.",
  ],
  [
    {
      ...ami,
      operations: ["CopyImage"],
      origin: { words: "ami-0b", image: { id: "o", name: "ami-0b" } },
      sourceIps: [],
    },
    "role/ci copied ami-0a out of ami-0b.",
  ],
  [
    {
      ...ami,
      operations: ["CreateImage", "ModifyImageAttribute"],
      operationCount: 2,
      sharedWith: ["444455556666", "all"],
    },
    "role/ci made and shared ami-0a with everyone from 198.51.100.7 in 2 operations.",
  ],
  [
    { ...ami, sharedWith: ["444455556666", "o-1"], operations: ["ModifyImageAttribute"] },
    "role/ci shared ami-0a with 444455556666 and 1 more from 198.51.100.7.",
  ],
  [
    { ...ami, unsharedFrom: ["444455556666"], operations: ["ModifyImageAttribute"] },
    "role/ci stopped sharing ami-0a with 444455556666 from 198.51.100.7.",
  ],
  [
    { ...ami, operations: ["CreateImage", "ModifyImageAttribute"], operationCount: 2 },
    "role/ci made and changed ami-0a from 198.51.100.7 in 2 operations.",
  ],
  [
    { ...ami, operations: ["RegisterImage", "DeregisterImage"], origin: { words: "snapshot snap-1" } },
    "role/ci registered and deregistered ami-0a out of snapshot snap-1 from 198.51.100.7.",
  ],
  [
    { ...ami, outcome: "failure", image: null, subject: "instance:i-1", operationCount: 4 },
    "role/ci tried to make an image (instance i-1) from 198.51.100.7 in 4 operations; all were refused or failed.",
  ],
  [
    { ...ami, image: null, subject: "actor:arn:aws:iam::1:user/eve" },
    "role/ci made an image that the log does not name from 198.51.100.7.",
  ],
  [
    { ...ami, operations: ["PutRegistryPolicy"], image: null, subject: "registry:1.dkr.ecr.x.amazonaws.com" },
    "role/ci called PutRegistryPolicy on the registry 1.dkr.ecr.x.amazonaws.com from 198.51.100.7.",
  ],
  [
    {
      ...ami,
      operations: ["MICROSOFT.COMPUTE/IMAGES/WRITE"],
      outcome: "unknown",
      actors: [],
      image: { id: "i", name: "web" },
      sourceIps: [],
    },
    `${NOBODY} wrote web; how it ended is not in the log.`,
  ],
  [
    { ...ami, operations: ["microsoft.compute/galleries/images/versions/write"] },
    "role/ci wrote ami-0a from 198.51.100.7.",
  ],
  [{ ...ami, operations: ["v1.compute.images.insert"] }, "role/ci made ami-0a from 198.51.100.7."],
  [
    { ...ami, operations: ["A", "B", "C", "D"] },
    "role/ci called A, B and 2 more on ami-0a from 198.51.100.7.",
  ],
  [
    { ...ami, operations: ["SomethingNew"], outcome: "failure" },
    "role/ci tried to call SomethingNew on ami-0a from 198.51.100.7; it was refused or failed.",
  ],
])("%#: %s", ([facts, sentence]) => {
  expect(textOf(facts)).toBe(sentence);
});

test("what machines named stands in pieces of its own, however hostile, and leads somewhere", () => {
  const hostile = "<b>\u202e, pushed by root from 10.0.0.1.";
  const segments = storySentence({
    ...push,
    actors: [{ ...ROLE, name: hostile }],
    image: { id: "i", name: hostile },
    name: `${hostile}${hostile}`,
    tags: [hostile],
    digests: [hostile],
    sharedWith: [hostile],
    sourceIps: [hostile],
    replaced: { ...replaced, by: { id: "b", name: hostile } },
  });
  const own = segments.filter(({ text }) => text.includes("\u202e"));
  expect(own.map(({ text }) => text.replaceAll(hostile, "X"))).toEqual([
    "X",
    "X:X",
    "XX",
    "X",
    "X",
    "X",
    "X",
  ]);
  expect(segments.flatMap(({ link }) => link ?? [])).toEqual([
    { to: "actor", id: "a" },
    { to: "image", id: "i" },
    { to: "address", value: hostile },
    { to: "event", key: EVENT },
    { to: "actor", id: "b" },
  ]);
});

test("a digest that is no digest is not cut, and a long one keeps its whole", () => {
  const told = (digest: string) =>
    storySentence({ ...push, digests: [digest] }).find(({ what }) => what === "digest");
  expect(told("latest")).toMatchObject({ text: "latest", whole: "latest" });
  expect(told(DIGEST)).toMatchObject({ text: "sha256:ab1200000000…", whole: DIGEST });
});

test.for<[facts: Partial<StoryFacts>, sentence: string]>([
  [{}, "role/ci pushed prod/api:1.4"],
  [{ outcome: "failure", tags: [] }, "role/ci tried to push prod/api"],
  [{ actors: [], operations: ["X"] }, `${NOBODY} called X on prod/api:1.4`],
])("in short, %#: %s", ([facts, sentence]) => {
  expect(shortSentence({ ...push, ...facts })).toBe(sentence);
});

test("of a push's operations the push is the most telling", () => {
  const operations = ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "Unheard"];
  expect(tellingFirst(operations)[0]).toBe("PutImage");
  expect(tellingFirst(operations).at(-1)).toBe("Unheard");
});
