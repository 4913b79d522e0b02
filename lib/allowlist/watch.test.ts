import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/logs/normalize/address.ts";
import type { Facts } from "./condition.ts";
import { type WatchField, watcher, watchItemSchema } from "./watch.ts";

const NO_NETWORK = "This is no network. Write one as 198.51.100.0/24 or 2001:db8::/32, or a single address.";

describe("what is to be watched for is refused, with a sentence", () => {
  test.for<[name: string, change: Record<string, unknown>, sentence: string]>([
    ["nothing", { value: "  " }, "Enter what to watch for."],
    ["too much", { value: "a".repeat(501) }, "Use at most 500 characters."],
    ["a NUL", { value: "role/ci\0" }, "This holds a character that cannot be stored."],
    ["half a character", { value: "\ud83d" }, "This holds a character that cannot be stored."],
    ["no reason", { reason: "\n" }, "Say why."],
    ["a long reason", { reason: "a".repeat(1001) }, "Use at most 1,000 characters."],
    ["a NUL in the reason", { reason: "why\0" }, "This holds a character that cannot be stored."],
    ["a network that is too narrow", { field: "address", value: "10.0.0.0/33" }, NO_NETWORK],
    ["a pattern of addresses", { field: "address", value: "10.*" }, NO_NETWORK],
    ["a name for an address", { field: "address", value: "AWS Internal" }, NO_NETWORK],
  ])("%s", ([, change, sentence]) => {
    const parsed = watchItemSchema.safeParse({
      field: "actor",
      value: "role/ci",
      reason: "A leak",
      ...change,
    });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([sentence]);
  });

  test.for(["userAgent", "operation", "session", "constructor"])("%s cannot be watched", (field) => {
    expect(watchItemSchema.safeParse({ field, value: "x", reason: "y" }).success).toBe(false);
  });
});

test.for<[field: WatchField, value: string, kept: string]>([
  ["address", "10.1.2.3/8", "10.0.0.0/8"],
  ["address", "198.51.100.7", "198.51.100.7/32"],
  ["address", "::ffff:198.51.100.7", "198.51.100.7/32"],
  ["address", "2001:DB8::/32", "2001:db8::/32"],
  ["account", "10.1.2.3/8", "10.1.2.3/8"],
  ["actor", " 111122223333/role/CI ", "111122223333/role/CI"],
])("an %s such as %s is kept as %s", ([field, value, kept]) => {
  expect(watchItemSchema.parse({ field, value, reason: "A leak" }).value).toBe(kept);
});

const facts: Facts = {
  actor: "111122223333/role/ci",
  image: "eu-west-1/ami-1",
  operation: "CopyImage",
  rule: "aws-machine-image",
  platform: "aws",
  account: "111122223333",
  region: "eu-west-1",
  tag: null,
  session: "build-42",
  accessKey: "ASIAEXAMPLEEXAMPLE01",
  address: parseAddress("198.51.100.7"),
  userAgent: "docker/24.0",
  outcome: "success",
};
const SILENT = Object.fromEntries(Object.keys(facts).map((field) => [field, null])) as Facts;

type Items = [field: WatchField, value: string][];

test.for<[name: string, items: Items, expected: boolean]>([
  ["nothing is watched", [], false],
  ["the actor", [["actor", "111122223333/role/ci"]], true],
  ["an actor of a similar name", [["actor", "111122223333/role/ci2"]], false],
  ["a part of the actor", [["actor", "role/ci"]], false],
  ["a pattern is no pattern here", [["actor", "111122223333/*"]], false],
  ["the image", [["image", "eu-west-1/ami-1"]], true],
  ["the account", [["account", "111122223333"]], true],
  ["an account by the value of an actor", [["account", "111122223333/role/ci"]], false],
  ["the access key", [["accessKey", "ASIAEXAMPLEEXAMPLE01"]], true],
  ["the access key in another case", [["accessKey", "asiaexampleexample01"]], false],
  ["the address", [["address", "198.51.100.7/32"]], true],
  ["the address's network", [["address", "198.51.100.0/24"]], true],
  ["the next network", [["address", "198.51.101.0/24"]], false],
  ["all addresses of the other kind", [["address", "::/0"]], false],
  [
    "the second of several of a kind",
    [
      ["address", "10.0.0.0/8"],
      ["address", "198.51.100.0/24"],
    ],
    true,
  ],
  [
    "one of several kinds",
    [
      ["actor", "nobody"],
      ["account", "444455556666"],
      ["image", "eu-west-1/ami-1"],
    ],
    true,
  ],
])("watched for: %s", ([, items, expected]) => {
  const isWatched = watcher(items.map(([field, value]) => ({ field, value })));
  expect(isWatched(facts)).toBe(expected);
  expect(isWatched(SILENT)).toBe(false);
});
