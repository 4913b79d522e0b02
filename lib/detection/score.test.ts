import { describe, expect, test } from "vitest";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import { cloudTrailRecord, eventOf } from "#lib/logs/normalize/fixtures.ts";
import { Organisation, unknownOrganisation } from "#lib/organisation/organisation.ts";
import { ecrPush } from "./rules/ecr-push.ts";
import { scoreOf } from "./score.ts";

const event = eventOf(
  cloudTrailRecord({
    eventSource: "ecr.amazonaws.com",
    eventName: "PutImage",
    eventTime: "2026-03-04T22:00:00Z",
    sourceIPAddress: "10.0.0.1",
    requestParameters: { registryId: "111122223333", repositoryName: "prod/api", imageTag: "1" },
  }),
);
const person: LogEvent["actor"] = { kind: "person", key: "k", name: "n", account: null };
const service: LogEvent["actor"] = { ...person, kind: "service" };

const known = new Organisation(
  {
    networks: [],
    accounts: [
      { platform: "aws", id: "111122223333", name: "payments", owner: null, importance: "high", isOwn: true },
    ],
    applications: [],
    images: [{ pattern: "*/prod/*", importance: "critical", note: null }],
    hours: { days: [1, 2, 3, 4, 5], opens: "08:00", closes: "18:00", zone: "Europe/Berlin" },
  },
  1,
  [],
);

function scored(change: Partial<LogEvent>, organisation = unknownOrganisation()) {
  return scoreOf({ ...event, ...change }, ecrPush, organisation);
}

describe("what the single event adds to the base of its rule", () => {
  test.for<[name: string, change: Partial<LogEvent>, expected: string[]]>([
    ["nothing", {}, []],
    ["a long-lived key of a person", { actor: person, accessKey: "AKIA1" }, ["long-lived-key"]],
    ["a session's key", { actor: person, accessKey: "ASIA1" }, []],
    ["a long-lived key of a workload", { accessKey: "AKIA1" }, []],
    ["root", { actor: { ...person, kind: "root" } }, ["root"]],
    ["no second factor, where the log knows", { details: { mfa: "false" } }, ["no-mfa"]],
    ["a second factor", { details: { mfa: "true" } }, []],
    ["a service", { actor: service, userAgent: "anything" }, ["service"]],
    ["what only calls itself a service", { userAgent: "backup.amazonaws.com" }, []],
    ["an address outside", { isExternal: true }, ["external"]],
    ["a failure", { outcome: "failure", errorCode: "Throttling" }, ["failed"]],
    [
      "an overwriting that is refused: no harmless failure",
      { outcome: "failure", errorCode: "ImageTagAlreadyExistsException" },
      ["overwrite-refused"],
    ],
    ["a pipeline's dry run", { outcome: "failure", errorCode: "Client.DryRunOperation" }, ["dry-run"]],
    [
      "a person's dry run",
      { actor: person, outcome: "failure", errorCode: "Client.DryRunOperation" },
      ["failed"],
    ],
    ["sharing taken away", { details: { unsharedFrom: ["all"] } }, ["unshared"]],
    ["an attack tool, whoever has it", { userAgent: "stratus-red-team_1" }, ["attack-tool"]],
  ])("%s", ([, change, expected]) => {
    expect(
      scored(change)
        .addends.slice(1)
        .map(({ id }) => id),
    ).toEqual(expected);
  });

  test("what the organisation says: hours for people alone, and the greater importance", () => {
    const ids = (change: Partial<LogEvent>) => scored(change, known).addends.map(({ id }) => id);
    expect(ids({})).toEqual(["base", "critical"]);
    expect(ids({ actor: person })).toEqual(["base", "off-hours", "critical"]);
    expect(ids({ actor: person, occurredAt: new Date("2026-03-04T10:00:00Z") })).toEqual([
      "base",
      "critical",
    ]);
    expect(ids({ images: [] })).toEqual(["base", "important"]);
  });

  test("stays between 0 and 100", () => {
    const most = {
      details: { sharedWith: ["all", "999999999999"], mfa: "false" },
      userAgent: "pacu",
      actor: { ...person, kind: "root" } as const,
      isExternal: true,
    };
    expect(scored(most).score).toBe(100);
    const { score } = scoreOf(
      { ...event, actor: service, outcome: "failure", errorCode: "x" },
      { ...ecrPush, base: 5 },
      unknownOrganisation(),
    );
    expect(score).toBe(0);
  });
});
