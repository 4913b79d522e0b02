import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord, eventOf } from "./fixtures.ts";
import { normalize } from "./normalize.ts";
import { parseStruct } from "./struct-text.ts";

const request = { instanceId: "i-1", name: "web, nightly" };
const answer = { imageId: "ami-0a1" };
const ROLE = "arn:aws:iam::111122223333:role/automation/ci";
const SESSION = "arn:aws:sts::111122223333:assumed-role/ci/build-42";

const athena: JsonObject = {
  eventversion: "1.09",
  useridentity:
    `{type=AssumedRole, principalid=AROAEXAMPLEEXAMPLE001:build-42, arn=${SESSION}, accountid=111122223333, ` +
    `invokedby=null, accesskeyid=ASIAEXAMPLEEXAMPLE01, username=null, sessioncontext={attributes={mfaauthenticated=false, ` +
    `creationdate=2026-03-04T09:00:00Z}, sessionissuer={type=Role, principalid=AROAEXAMPLEEXAMPLE001, arn=${ROLE}, ` +
    `accountid=111122223333, username=ci}}}`,
  eventtime: "2026-03-04T09:12:33Z",
  eventsource: "ec2.amazonaws.com",
  eventname: "CreateImage",
  awsregion: "eu-west-1",
  sourceipaddress: "198.51.100.7",
  useragent: "aws-cli/2.17.32",
  errorcode: "",
  requestparameters: JSON.stringify(request),
  responseelements: JSON.stringify(answer),
  eventid: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  recipientaccountid: "111122223333",
};

const lake: JsonObject = {
  eventName: "CreateImage",
  eventSource: "ec2.amazonaws.com",
  eventTime: "2026-03-04 09:12:33.000",
  awsRegion: "eu-west-1",
  sourceIPAddress: "198.51.100.7",
  userAgent: "aws-cli/2.17.32",
  userIdentity: athena.useridentity ?? "",
  requestParameters: "{instanceId=i-1, name=web, nightly}",
  responseElements: '{imageId=ami-0a1, tags=[{"k":"a}, b=c"}]}',
  eventID: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  recipientAccountId: "111122223333",
};

const sentinel: JsonObject = {
  TenantId: "0a1b2c3d-0000-4000-8000-00000000000f",
  TimeGenerated: "3/4/2026, 9:12:33.000 AM",
  EventVersion: "1.09",
  EventSource: "ec2.amazonaws.com",
  EventName: "CreateImage",
  EventTypeName: "AwsApiCall",
  AwsEventId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  AWSRegion: "eu-west-1",
  SourceIpAddress: "198.51.100.7",
  UserAgent: "aws-cli/2.17.32",
  UserIdentityType: "AssumedRole",
  UserIdentityPrincipalid: "AROAEXAMPLEEXAMPLE001:build-42",
  UserIdentityArn: SESSION,
  UserIdentityAccountId: "111122223333",
  UserIdentityAccessKeyId: "ASIAEXAMPLEEXAMPLE01",
  SessionIssuerType: "Role",
  SessionIssuerArn: ROLE,
  SessionIssuerAccountId: "111122223333",
  SessionIssuerUserName: "ci",
  ErrorCode: "",
  RequestParameters: JSON.stringify(request),
  ResponseElements: JSON.stringify(answer),
  RecipientAccountId: "111122223333",
  Type: "AWSCloudTrail",
};

test.for<[name: string, row: JsonObject]>([
  ["Athena", athena],
  ["CloudTrail Lake", lake],
  ["Sentinel", sentinel],
  [
    "Sentinel as JSON",
    { ...sentinel, TimeGenerated: "2026-03-04T09:12:33Z", ErrorCode: null, RequestParameters: request },
  ],
])("a row of %s tells what the record of CloudTrail does", ([, row]) => {
  const record = cloudTrailRecord({
    eventName: "CreateImage",
    requestParameters: request,
    responseElements: answer,
  });
  const { id, ...event } = eventOf(record);
  const { id: rowId, ...told } = eventOf(row);
  expect(told).toEqual(event);
  expect(event).toMatchObject({
    outcome: "success",
    images: [{ name: "ami-0a1" }],
    details: { name: "web, nightly" },
  });
  expect(rowId).not.toBe(id);
});

describe("rows of which little is readable", () => {
  test("a refused call", () => {
    expect(eventOf({ ...athena, errorcode: "UnauthorizedOperation" })).toMatchObject({ outcome: "failure" });
  });

  test("what a workspace adds does not change the id", () => {
    expect(eventOf({ ...sentinel, TenantId: "other" }).id).toBe(eventOf(sentinel).id);
    expect(eventOf({ ...sentinel, AwsEventId: "other" }).id).not.toBe(eventOf(sentinel).id);
  });

  test("no time", () => {
    expect(normalize({ ...athena, eventtime: "" })).toMatchObject({
      ok: false,
      reason: { reason: "no-time" },
    });
  });

  test("a struct deeper than any", () => {
    const deep = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    expect(normalize({ ...athena, useridentity: deep })).toMatchObject({ reason: { reason: "too-deep" } });
    const braces = `{a=${'{a={"x",'.repeat(100_000)}`;
    expect(normalize({ ...athena, useridentity: braces })).toMatchObject({
      ok: true,
      value: { actor: null },
    });
  });
});

test.for([
  ["{}", {}],
  ["{a=1, b=null, c=}", { a: "1", b: null, c: null }],
  ["{a=x, y, b=z}", { a: "x, y", b: "z" }],
  ["[{a=1}, {a=2}]", [{ a: "1" }, { a: "2" }]],
  ['{a={"b":[1,"}"]}, c=d}', { a: { b: [1, "}"] }, c: "d" }],
  ["{a=1", { a: "1" }],
  ["{a=1}}", null],
  ["{__proto__=1}", JSON.parse('{"__proto__":"1"}')],
] as const)("the struct %s", ([text, value]) => {
  expect(parseStruct(text)).toEqual(value);
});
