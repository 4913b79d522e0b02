import { expect, test } from "vitest";
import type { RowDraft, RowList } from "./columns.ts";
import { draftOf, parseRow, rowKey } from "./rows.ts";

const GUID = "8F1F7A3E-0000-4000-8000-00000000000A";
const account = { platform: "aws", id: "111111111111", name: "payments" };

test.for<[name: string, list: RowList, draft: RowDraft, key: string]>([
  [
    "a network with bits behind its prefix",
    "networks",
    { network: " 198.51.100.7/24", name: "office" },
    "198.51.100.0/24",
  ],
  ["an address", "networks", { network: "2001:db8::1", name: "vpn" }, "2001:db8::1/128"],
  ["an account with its name alone", "accounts", account, "aws 111111111111"],
  ["an organisation of AWS", "accounts", { ...account, id: "o-a1b2c3d4e5" }, "aws o-a1b2c3d4e5"],
  [
    "a subscription in capitals",
    "accounts",
    { platform: "Azure", id: GUID, name: "x" },
    `azure ${GUID.toLowerCase()}`,
  ],
  ["a project", "accounts", { platform: "gcp", id: "Shop-Prod", name: "x", own: "no" }, "gcp shop-prod"],
  [
    "an application",
    "applications",
    { platform: "azure", id: GUID, name: "ci" },
    `azure ${GUID.toLowerCase()}`,
  ],
  [
    "a service account",
    "applications",
    { platform: "gcp", id: "ci@p.iam.gserviceaccount.com", name: "ci" },
    "gcp ci@p.iam.gserviceaccount.com",
  ],
  ["an image", "images", { pattern: "*/base/*", importance: "Critical" }, "*/base/*"],
])("%s is a row, and comes out as it was written", ([, list, draft, key]) => {
  const parsed = parseRow(list, draft);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.reason));
  expect(rowKey(parsed.value)).toBe(key);
  expect(parseRow(list, draftOf(list, parsed.value))).toEqual(parsed);
});

test.for<[name: string, list: RowList, draft: RowDraft, column: string, expected: RegExp]>([
  ["no network", "networks", { network: "198.51.100.0/33", name: "x" }, "network", /CIDR block/],
  ["all of the internet", "networks", { network: "0.0.0.0/0", name: "x" }, "network", /no wider than \/8/],
  ["a network without a name", "networks", { network: "10.0.0.0/8", name: " " }, "name", /empty/],
  ["an account of eleven digits", "accounts", { ...account, id: "11111111111" }, "id", /12 digits/],
  ["a platform that is none", "accounts", { ...account, platform: "ibm" }, "platform", /one of aws, azure/],
  [
    "an importance that is none",
    "accounts",
    { ...account, importance: "urgent" },
    "importance",
    /normal, high, critical/,
  ],
  ["neither own nor not", "accounts", { ...account, own: "maybe" }, "own", /yes, or no/],
  ["a name over several lines", "accounts", { ...account, name: "a\nb" }, "name", /one line/],
  ["a name too long", "accounts", { ...account, name: "x".repeat(121) }, "name", /120 characters/],
  [
    "an application of AWS",
    "applications",
    { platform: "aws", id: "x", name: "x" },
    "platform",
    /azure, gcp/,
  ],
  ["a pattern of everything", "images", { pattern: "**", importance: "high" }, "pattern", /not \* alone/],
])("%s is refused with what was expected", ([, list, draft, column, expected]) => {
  const parsed = parseRow(list, draft);
  expect(parsed.ok ? [] : parsed.reason).toEqual([
    { column, value: draft[column], expected: expect.stringMatching(expected) },
  ]);
});
