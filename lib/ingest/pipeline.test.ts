import { expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { NO_MAPPINGS } from "#lib/logs/normalize/table-mapping.ts";
import { Organisation, unknownOrganisation } from "#lib/organisation/organisation.ts";
import { processRecords, reassess } from "./pipeline.ts";

const PARTNER = "222222222222";
const own = new Organisation(
  {
    networks: [{ cidr: "198.51.100.0/24", name: "office" }],
    accounts: [
      { platform: "aws", id: PARTNER, name: "images", owner: null, importance: "high", isOwn: true },
    ],
    applications: [],
    images: [],
    hours: null,
  },
  1,
  [],
);
const settings = { rules: RULES, organisation: own, mappings: NO_MAPPINGS };

test("events that are assessed by other settings come out as if they had been found by these", () => {
  const record = cloudTrailRecord({
    eventName: "ModifyImageAttribute",
    sourceIPAddress: "198.51.100.7",
    requestParameters: {
      imageId: "ami-0123456789abcdef0",
      launchPermission: { add: { items: [{ userId: PARTNER }] } },
    },
  });
  const bytes = Buffer.from(JSON.stringify(record));
  const items = [{ ok: true as const, value: record, bytes, index: 1, line: 1, byteOffset: 0 }];
  const before = processRecords(items, { ...settings, organisation: unknownOrganisation() });
  const after = processRecords(items, settings);
  expect(before.events[0]).toMatchObject({ addressClass: "external" });
  expect(before.events[0]?.detections.map(({ rule }) => rule.id)).toContain("aws-image-shared-with-account");
  expect(after.events[0]).toMatchObject({ addressClass: "own_network" });
  expect(after.events[0]?.detections.map(({ rule }) => rule.id)).not.toContain(
    "aws-image-shared-with-account",
  );
  expect(reassess(before.events, settings)).toEqual(after.events);
});
