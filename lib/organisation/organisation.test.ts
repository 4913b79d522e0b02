import { expect, test } from "vitest";
import type { Platform } from "#lib/logs/normalize/event.ts";
import { type CloudAccount, Organisation, unknownOrganisation } from "./organisation.ts";

const account = (platform: Platform, id: string, more: Partial<CloudAccount> = {}): CloudAccount => ({
  platform,
  id,
  name: `name of ${id}`,
  owner: null,
  importance: "normal",
  isOwn: true,
  ...more,
});

const organisation = new Organisation(
  {
    networks: [
      { cidr: "198.51.100.0/25", name: "office" },
      { cidr: "2001:db8:7::/48", name: "office" },
    ],
    accounts: [
      account("aws", "111111111111", { importance: "high" }),
      account("aws", "222222222222", { isOwn: false }),
      account("aws", "o-a1b2c3d4e5"),
      account("azure", "8f1f7a3e-0000-4000-8000-00000000000a"),
      account("gcp", "prod-project"),
      account("gcp", "example.com"),
    ],
    applications: [{ platform: "azure", id: "app-1", name: "pipeline", owner: null }],
    images: [
      { pattern: "*/base/*", importance: "high", note: null },
      { pattern: "*.dkr.ecr.*/base/golden", importance: "critical", note: null },
    ],
    hours: { days: [1], opens: "08:00", closes: "18:00", zone: "UTC" },
  },
  7,
  ["203.0.113.7/32"],
);

test.for<[string, boolean]>([
  ["198.51.100.127", true],
  ["198.51.100.128", false],
  ["198.51.100.1:443", true],
  ["::ffff:198.51.100.1", true],
  ["2001:db8:7:1::9", true],
  ["2001:db8:8::9", false],
  ["203.0.113.7", true],
  ["203.0.113.8", false],
  ["AWS Internal", false],
  ["198.51.100", false],
])("own network: %s is %s", ([address, expected]) => {
  expect([organisation.isOwnNetwork(address), organisation.isOwnNetwork(address)]).toEqual([
    expected,
    expected,
  ]);
});

test.for<[Platform, string, boolean]>([
  ["aws", "111111111111", true],
  ["aws", "222222222222", false],
  ["aws", "333333333333", false],
  ["aws", "arn:aws:iam::111111111111:root", true],
  ["aws", "arn:aws:iam::222222222222:role/o-a1b2c3d4e5", false],
  ["aws", "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5", true],
  ["aws", "arn:aws:organizations::999999999999:ou/o-a1b2c3d4e5/ou-ab12-cd34", true],
  ["aws", "arn:aws:organizations::111111111111:organization/o-zzzzzzzzzz", false],
  ["azure", "8F1F7A3E-0000-4000-8000-00000000000A", true],
  ["azure", "111111111111", false],
  ["gcp", "serviceAccount:ci@prod-project.iam.gserviceaccount.com", true],
  ["gcp", "serviceAccount:ci@other-project.iam.gserviceaccount.com", false],
  ["gcp", "user:Ada@example.com", true],
  ["gcp", "user:ada@example.com.evil.test", false],
  ["gcp", "domain:EXAMPLE.com", true],
  ["gcp", "projectOwner:prod-project", true],
  ["gcp", "all", false],
])("own party of %s: %s is %s", ([platform, party, expected]) => {
  expect(organisation.isOwnParty(platform, party)).toBe(expected);
});

test("names and importance are those of the account and of the image", () => {
  expect(organisation.nameOf("aws", "222222222222")).toBe("name of 222222222222");
  expect(organisation.nameOf("gcp", "222222222222")).toBeNull();
  expect(organisation.nameOfId("prod-project")).toBe("name of prod-project");
  expect(organisation.nameOfId("333333333333")).toBeNull();
  expect(organisation.nameOfId("app-1")).toBe("pipeline");
  expect(organisation.nameOf("aws", null)).toBeNull();
  expect(organisation.applicationOf("azure", "APP-1")?.name).toBe("pipeline");
  const aws = { platform: "aws" as const, account: "222222222222" };
  expect(organisation.importanceOf({ ...aws, image: "registry.test/base/api" })).toBe("high");
  expect(organisation.importanceOf({ ...aws, image: "1.dkr.ecr.eu.test/base/golden" })).toBe("critical");
  expect(organisation.importanceOf({ ...aws, image: "1.dkr.ecr.eu.test/api" })).toBe("normal");
  expect(organisation.importanceOf({ ...aws, account: "111111111111", image: null })).toBe("high");
});

test("where nobody has said anything, nothing is own, important or after hours", () => {
  const unknown = unknownOrganisation(["10.0.0.0/8"]);
  expect(unknown.isOwnNetwork("10.1.2.3")).toBe(true);
  expect(unknown.isOwnParty("aws", "111111111111")).toBe(false);
  expect(unknown.isOffHours(new Date("2026-11-29T03:00:00Z"))).toBe(false);
  expect(organisation.isOffHours(new Date("2026-11-29T03:00:00Z"))).toBe(true);
});
