import { describe, expect, test } from "vitest";
import { detect } from "#lib/detection/detect.ts";
import { RULES } from "#lib/detection/rules.ts";
import type { JsonObject } from "#lib/json.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { azureRecord, cloudTrailRecord, eventOf } from "./fixtures.ts";
import type { MappedField } from "./mapped-field.ts";
import { normalize } from "./normalize.ts";
import {
  type FieldSource,
  indexMappings,
  mappingOfColumns,
  mappingSchema,
  tableFingerprint,
} from "./table-mapping.ts";

type Fields = Partial<Record<MappedField, FieldSource>>;

const AWS: Fields = {
  time: { column: "When" },
  operation: { column: "Action" },
  platform: { value: "aws" },
};

/** A mapping for the columns that the fields name, and for those of the row. */
function mapped(row: JsonObject, fields: Fields, over: { zone?: string; dayFirst?: boolean } = {}) {
  const mapping = mappingSchema.parse({ name: "Vendor", fields, zone: "UTC", dayFirst: false, ...over });
  const mappings = indexMappings([
    { id: "00000000-0000-4000-8000-000000000001", version: 3, columns: Object.keys(row), mapping },
  ]);
  const event = normalize(row, mappings);
  if (!event.ok) throw new Error(`${event.reason.reason}: ${event.reason.detail}`);
  return event.value;
}

const ROW = { When: "2026-03-04T09:12:33Z", Action: "CreateImage" };

test("a row is an event that names its mapping", () => {
  const row = { ...ROW, Who: "arn:aws:sts::111122223333:assumed-role/ci/build-42", From: "198.51.100.7" };
  const event = mapped(row, { ...AWS, principal: { column: "Who" }, sourceIp: { column: "From" } });
  expect(event).toMatchObject({
    occurredAt: new Date("2026-03-04T09:12:33Z"),
    platform: "aws",
    logSource: "mapped-table",
    service: "ec2.amazonaws.com",
    operation: "CreateImage",
    outcome: "unknown",
    actor: eventOf(cloudTrailRecord()).actor,
    session: "build-42",
    sourceIp: "198.51.100.7",
    isExternal: true,
    details: { mapping: { id: "00000000-0000-4000-8000-000000000001", version: 3, name: "Vendor" } },
  });
});

test("the id is the row's, whatever the order of its columns and the version of the mapping", () => {
  const turned = Object.fromEntries(Object.entries(ROW).reverse());
  expect(mapped(turned, AWS).id).toBe(mapped(ROW, AWS).id);
  expect(mapped({ ...ROW, Action: "CopyImage" }, AWS).id).not.toBe(mapped(ROW, AWS).id);
});

describe("what the rules of AWS ask for", () => {
  test.for<[name: string, action: string, service: FieldSource | undefined, rules: string[]]>([
    ["the operation alone", "CreateImage", undefined, ["aws-machine-image"]],
    ["the operation as policies write it", "ec2:CreateImage", undefined, ["aws-machine-image"]],
    ["the service beside it", "CreateImage", { value: "EC2" }, ["aws-machine-image"]],
    ["a push", "PutImage", undefined, ["ecr-push"]],
    ["another service's operation of the same name", "CreateImage", { value: "appstream" }, []],
    ["the same before the operation", "appstream:CreateImage", undefined, []],
    ["what only reads", "DescribeImages", undefined, []],
  ])("%s", ([, Action, service, rules]) => {
    const event = mapped({ ...ROW, Action }, { ...AWS, ...(service && { service }) });
    expect(
      detect(event, { rules: RULES, organisation: unknownOrganisation() }).map(({ rule }) => rule.id),
    ).toEqual(rules);
  });
});

describe("an image has the key that its platform's own log gives it", () => {
  const region: FieldSource = { value: "eu-west-1" };
  const account: FieldSource = { value: "111122223333" };
  const keysOf = (Action: string, Image: string, fields: Fields) =>
    mapped({ ...ROW, Action, Image }, { ...AWS, image: { column: "Image" }, ...fields }).images.map(
      ({ key, role, tag }) => [key, role, ...(tag ? [tag] : [])].join(" "),
    );

  test("a machine image", () => {
    const call = {
      eventName: "CreateImage",
      responseElements: { imageId: "ami-0a1b" },
      requestParameters: {},
    };
    const [image] = eventOf(cloudTrailRecord(call)).images;
    expect(keysOf("CreateImage", "ami-0A1B", { region })).toEqual([`${image?.key} made`]);
    expect(keysOf("DeregisterImage", "arn:aws:ec2:eu-west-1::image/ami-0a1b", {})).toEqual([
      `${image?.key} changed`,
    ]);
  });

  test("a repository of ECR", () => {
    const key = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api";
    expect(keysOf("PutImage", "prod/api:1.4", { region, account })).toEqual([`${key} made 1.4`]);
    expect(keysOf("PutImage", `${key}:1.4`, {})).toEqual([`${key} made 1.4`]);
  });

  test("a managed image of Azure, with its account", () => {
    const resource = azureRecord().resourceId as string;
    const row = { ...ROW, Action: "Microsoft.Compute/images/write", Image: resource };
    const event = mapped(row, { ...AWS, platform: { value: "azure" }, image: { column: "Image" } });
    const { service, account, images } = eventOf(azureRecord());
    expect(event).toMatchObject({ service, account, images });
  });

  test("a reference, and what is none", () => {
    const platform: FieldSource = { value: "container" };
    expect(keysOf("push", "registry.example/team/app:2", { platform })).toEqual([
      "registry.example/team/app made 2",
    ]);
    expect(mapped({ ...ROW, Image: "no such!" }, { ...AWS, image: { column: "Image" } }).subject).toBe(
      "name:no such!",
    );
  });
});

test("names and cells are whatever the table says, and nothing more", () => {
  const row = JSON.parse(
    `{"__proto__":"2026-03-04T09:12:33Z","constructor":"CreateImage","":"nul \\u0000 and half \\ud83d"}`,
  ) as JsonObject;
  const event = mapped(row, {
    time: { column: "__proto__" },
    operation: { column: "constructor" },
    platform: { value: "aws" },
    userAgent: { column: "" },
  });
  expect(event).toMatchObject({ operation: "CreateImage", userAgent: "nul \ufffd and half \ufffd" });
  expect(() => mapped({ a: "x" }, { ...AWS, time: { column: "toString" } })).toThrow("holds nothing");
});

test.for<[outcome: string, error: string, expected: string, fields: MappedField[]]>([
  ["Success", "", "success", ["outcome"]],
  ["201", "", "success", ["outcome"]],
  ["DENIED", "", "failure", ["outcome"]],
  ["403", "", "failure", ["outcome"]],
  ["Started", "", "unknown", ["outcome"]],
  ["", "AccessDenied", "failure", ["errorCode"]],
  ["", "-", "success", ["errorCode"]],
  ["perhaps", "AccessDenied", "failure", ["outcome", "errorCode"]],
])("outcome %j with error %j is %s", ([outcome, errorCode, expected, fields]) => {
  const columns = Object.fromEntries(fields.map((name) => [name, { column: name }]));
  expect(mapped({ ...ROW, outcome, errorCode }, { ...AWS, ...columns }).outcome).toBe(expected);
});

describe("a row that is no event says which column holds what", () => {
  test.for<[name: string, row: JsonObject, expected: string]>([
    ["time", { When: "soon", Action: "x" }, 'no-time: "soon" in the column "When" is no time'],
    ["no time", { When: " ", Action: "x" }, 'no-time: the column "When" holds nothing'],
    ["operation", { ...ROW, Action: "null" }, 'no-operation: the column "Action" holds nothing'],
  ])("%s", ([, row, expected]) => {
    expect(() => mapped(row, AWS)).toThrow(expected);
  });

  test("platform", () => {
    const fields: Fields = { ...AWS, platform: { column: "Cloud" } };
    expect(mapped({ ...ROW, Cloud: "Amazon Web Services" }, fields).platform).toBe("aws");
    expect(() => mapped({ ...ROW, Cloud: "Hetzner" }, fields)).toThrow(
      'unknown-log: "Hetzner" in the column "Cloud" names no platform',
    );
  });
});

describe("a mapping is found by the names of the columns", () => {
  const mapping = mappingSchema.parse({ name: "Vendor", fields: AWS, zone: "UTC", dayFirst: false });
  const mappings = indexMappings([{ id: "1", version: 1, columns: ["When", "Action", "action"], mapping }]);

  test.for<[name: string, columns: string[], found: boolean]>([
    ["in another order", ["action", "When", "Action"], true],
    ["in another case", ["ACTION", "WHEN", "action"], true],
    ["not when one is missing", ["When", "Action"], false],
    ["not when one is another", ["When", "Action", "what"], false],
    ["not when another stands twice", ["When", "when", "Action"], false],
  ])("%s", ([, columns, found]) => {
    expect(mappingOfColumns(columns, mappings) !== undefined).toBe(found);
    expect(tableFingerprint(columns) === tableFingerprint(["When", "Action", "action"])).toBe(found);
  });

  test("and read from those names in another case", () => {
    const row = { WHEN: "2026-03-04T09:12:33Z", action: "nothing", ACTION: "CreateImage" };
    expect(normalize(row, mappings)).toMatchObject({ ok: true, value: { operation: "nothing" } });
  });

  test("before any log that the row looks like", () => {
    const row = { eventName: "CreateImage", awsRegion: "eu-west-1", At: "2026-03-04T09:12:33Z" };
    const event = mapped(row, { ...AWS, time: { column: "At" }, operation: { column: "eventName" } });
    expect(event.logSource).toBe("mapped-table");
  });
});

test("what is wrong with a mapping is said beside its field", () => {
  const { error } = mappingSchema.safeParse({
    name: " ",
    fields: { time: { value: "now" }, platform: { value: "vms" } },
    zone: "Mars/Olympus",
    dayFirst: false,
  });
  const paths = error?.issues.map(({ path }) => path.join("."));
  expect(paths).toEqual(expect.arrayContaining(["name", "zone"]));
  const fields = mappingSchema.safeParse({
    name: "x",
    fields: { time: { value: "now" }, platform: { value: "vms" } },
    zone: "UTC",
    dayFirst: false,
  });
  expect(fields.error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "fields.operation: Say which column holds the operation.",
    "fields.time: This has to be a column.",
    "fields.platform: There is no such platform.",
  ]);
});
