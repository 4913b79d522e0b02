import { describe, expect, test } from "vitest";
import { cloudTrailRecord, eventOf } from "#lib/logs/normalize/fixtures.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import {
  contextSignals,
  foreignParties,
  guardScope,
  isAttackTool,
  loweredGuard,
  ownSignals,
  type Signal,
  type SignalContext,
  sharedWith,
} from "./signal.ts";

const event = eventOf(cloudTrailRecord({ eventName: "ModifyImageAttribute" }));
const OWN = "111122223333";
const FOREIGN = "444455556666";
const ORGANISATION = "arn:aws:organizations::111122223333:organization/o-exampleorgid";

type Change = Partial<typeof event>;

describe("what an event carries by itself", () => {
  const shared = (...parties: (string | number | null)[]): Change => ({ details: { sharedWith: parties } });

  test.for<[name: string, change: Change, expected: Signal[]]>([
    ["shared with nobody", { details: null }, []],
    ["an empty list", shared(), []],
    ["something else in its place", { details: { sharedWith: "all" } }, []],
    ["shared with everyone", shared("all"), ["shared-with-everyone"]],
    ["shared with a foreign account", shared(FOREIGN), ["shared-with-foreign-account"]],
    ["shared with an organisation", shared(ORGANISATION), ["shared-with-foreign-account"]],
    ["shared with its own account", shared(OWN), []],
    ["its own account and a foreign one", shared(OWN, FOREIGN), ["shared-with-foreign-account"]],
    ["everyone and its own account", shared("all", OWN), ["shared-with-everyone"]],
    [
      "everyone and a foreign account",
      shared(FOREIGN, "all"),
      ["shared-with-everyone", "shared-with-foreign-account"],
    ],
    ["several foreign accounts", shared(FOREIGN, "777788889999"), ["shared-with-foreign-account"]],
    ["an account that is none", shared(null, 444455556666), []],
    [
      "an account, where its own is not known",
      { ...shared(OWN), account: null },
      ["shared-with-foreign-account"],
    ],
    ["sharing taken away", { details: { unsharedFrom: ["all", FOREIGN] } }, []],
    ["an attack tool", { userAgent: "stratus-red-team_e0b3" }, ["attack-tool"]],
    [
      "an attack tool that shares with everyone",
      { ...shared("all"), userAgent: "Pacu/1.0" },
      ["shared-with-everyone", "attack-tool"],
    ],
  ])("%s", ([, change, expected]) => {
    expect(ownSignals({ ...event, ...change }, unknownOrganisation())).toEqual(expected);
  });

  test("accounts and everyone, as they stand there", () => {
    expect(sharedWith({ ...event, ...shared("all", null, FOREIGN) })).toEqual(["all", FOREIGN]);
  });
});

test.for<[member: string, isForeign: boolean]>([
  ["user:lee@example.com", false],
  ["group:ops@example.com", false],
  ["domain:example.com", false],
  ["serviceAccount:ci@shop-prod.iam.gserviceaccount.com", false],
  ["projectEditor:shop-prod", false],
  ["user:eve@example.org", true],
  ["user:eve@notexample.com", true],
  ["domain:example.org", true],
  ["serviceAccount:ci@other.iam.gserviceaccount.com", true],
  ["projectEditor:other", true],
  ["principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*", true],
  ["all", false],
])("shared by dana@example.com in shop-prod with %s: foreign %s", ([member, isForeign]) => {
  const actor = { kind: "person", key: "user/dana@example.com", name: "dana", account: null } as const;
  const shared: Change = { platform: "gcp", account: "shop-prod", actor, details: { sharedWith: [member] } };
  expect(foreignParties({ ...event, ...shared }, unknownOrganisation())).toEqual(isForeign ? [member] : []);
});

test.for<[agent: string | null, expected: boolean]>([
  ["stratus-red-team_7b0e", true],
  ["STRATUS-RED-TEAM", true],
  ["grimoire_0a1b", true],
  ["aws-cli/2.17 Pacu", true],
  ["ccat", true],
  ["grimoire", false],
  ["alpaculous/1.0", false],
  ["pacuda/1.0", false],
  ["concatenate", false],
  ["docker/24.0", false],
  ["", false],
  [null, false],
])("the agent of an attack tool: %s: %s", ([agent, expected]) => {
  expect(isAttackTool(agent)).toBe(expected);
});

const DAY_MS = 86_400_000;
const occurredAt = new Date("2026-03-30T12:00:00Z");
const ago = (ms: number) => new Date(occurredAt.getTime() - ms);

/** An event about which nothing in the store is remarkable. */
const quiet: SignalContext = {
  occurredAt,
  firstSeen: [],
  historyFrom: ago(400 * DAY_MS),
  tag: "1.0",
  digest: null,
  digestBefore: null,
  guardLoweredAt: null,
  isWatched: false,
};

const moved = { digest: "sha256:b", digestBefore: "sha256:a" };

describe("what the time before tells of an event", () => {
  test.for<[name: string, change: Partial<SignalContext>, expected: Signal[]]>([
    ["nothing", {}, []],

    ["a guard lowered at the same moment", { guardLoweredAt: occurredAt }, ["guard-lowered"]],
    ["a guard lowered a day before", { guardLoweredAt: ago(DAY_MS) }, ["guard-lowered"]],
    ["a guard lowered a day and a millisecond before", { guardLoweredAt: ago(DAY_MS + 1) }, []],
    ["a guard lowered a millisecond after", { guardLoweredAt: ago(-1) }, []],
    ["a guard lowered long after", { guardLoweredAt: ago(-9 * DAY_MS) }, []],

    ["a tag that moved", moved, ["stable-tag-moved"]],
    ["a tag that moved onto what it named", { ...moved, digest: "sha256:a" }, []],
    ["a tag that is new", { ...moved, digestBefore: null }, []],
    ["a push without a digest", { ...moved, digest: null }, []],
    ["neither before nor now a digest", { digest: null, digestBefore: null }, []],
    ["a push without a tag", { ...moved, tag: null }, []],
    ["latest, which is meant to move", { ...moved, tag: "latest" }, []],
    ["latest in another case is another tag", { ...moved, tag: "Latest" }, ["stable-tag-moved"]],
    ["a tag that only ends so", { ...moved, tag: "1.0-latest" }, ["stable-tag-moved"]],

    ["a network seen for the first time", { firstSeen: [occurredAt] }, ["new-network"]],
    ["a network first seen 7 days before", { firstSeen: [ago(7 * DAY_MS)] }, ["new-network"]],
    ["a network first seen 7 days and a millisecond before", { firstSeen: [ago(7 * DAY_MS + 1)] }, []],
    [
      "a client that may have two networks, both known",
      { firstSeen: [ago(60 * DAY_MS), ago(9 * DAY_MS)] },
      [],
    ],
    [
      "a client that may have two networks, one of them new",
      { firstSeen: [ago(60 * DAY_MS), ago(DAY_MS)] },
      ["new-network"],
    ],
    [
      "a first time after 14 days of history",
      { firstSeen: [occurredAt], historyFrom: ago(14 * DAY_MS) },
      ["new-network"],
    ],
    [
      "a first time after 14 days of history but for a millisecond",
      { firstSeen: [occurredAt], historyFrom: ago(14 * DAY_MS - 1) },
      [],
    ],
    [
      "a first time with too little history, though there is enough now",
      { firstSeen: [ago(5 * DAY_MS)], historyFrom: ago(18 * DAY_MS) },
      [],
    ],
    [
      "a first time with just enough history",
      { firstSeen: [ago(5 * DAY_MS)], historyFrom: ago(19 * DAY_MS) },
      ["new-network"],
    ],
    ["a first time without any history", { firstSeen: [occurredAt], historyFrom: null }, []],

    ["something that is watched", { isWatched: true }, ["watch-list"]],
    [
      "all of it",
      { ...moved, guardLoweredAt: ago(1), firstSeen: [occurredAt], isWatched: true },
      ["guard-lowered", "stable-tag-moved", "new-network", "watch-list"],
    ],
  ])("%s", ([, change, expected]) => {
    expect(contextSignals({ ...quiet, ...change })).toEqual(expected);
  });

  test("7 days are as long when the clocks go forward between", () => {
    const summer = new Date("2026-04-02T12:00:00+02:00");
    const winter = new Date("2026-03-26T11:00:00+01:00");
    const at = (firstSeen: Date) => contextSignals({ ...quiet, occurredAt: summer, firstSeen: [firstSeen] });
    expect(at(winter)).toEqual(["new-network"]);
    expect(at(new Date(winter.getTime() - 1))).toEqual([]);
  });
});

const image = {
  kind: "machine-image",
  key: "eu-west-1/ami-1",
  name: "ami-1",
  role: "changed",
  account: OWN,
  region: "eu-west-1",
  tag: null,
  digest: null,
} as const;

test.for<[name: string, change: Change, expected: "image" | "region" | null]>([
  ["a guard of an image", { images: [image] }, "image"],
  ["a guard of a region", { images: [] }, "region"],
  ["a call that failed", { images: [image], outcome: "failure" }, null],
  ["a call that nobody knows the end of", { images: [image], outcome: "unknown" }, "image"],
  ["no guard", { images: [image], details: {} }, null],
  ["no details", { images: [image], details: null }, null],
  ["a guard without a name", { images: [image], details: { guardLowered: " " } }, null],
  ["a guard that is no text", { images: [image], details: { guardLowered: true } }, null],
])("what an event lowers: %s", ([, change, expected]) => {
  const lowering = { ...event, outcome: "success" as const, details: { guardLowered: "tag immutability" } };
  expect(loweredGuard({ ...lowering, ...change })).toBe(expected);
});

test("each guard has a scope of its own", () => {
  const scopes = [
    guardScope({ imageId: "a" }),
    guardScope({ imageId: "b" }),
    guardScope({ account: OWN, region: "eu-west-1" }),
    guardScope({ account: OWN, region: "us-east-1" }),
    guardScope({ account: OWN, region: null }),
    guardScope({ account: null, region: "eu-west-1" }),
    guardScope({ account: null, region: null }),
    guardScope({ account: FOREIGN, region: "eu-west-1" }),
  ];
  expect(new Set(scopes).size).toBe(scopes.length);
});
