import { expect, test } from "vitest";
import { nameFamily } from "./name-family.ts";

test.for<[name: string, family: string | null]>([
  ["golden-2026-03-04", "golden"],
  ["golden", "golden"],
  ["Web-Base_v12", "web-base"],
  ["web base (3)", "web-base"],
  ["appliance-9f3a01", "appliance"],
  ["backup 20260304T0102", "backup"],
  ["ubuntu-jammy-22.04-amd64-server-20260301", "ubuntu-jammy-amd64-server"],
  ["node18-base", "node18-base"],
  ["façade-7", "façade"],
  ["facade", "facade"],
  ["2026-03-04", null],
  ["a-1", null],
  ["", null],
  ["constructor", "constructor"],
  ["x\u0000y-1", "x-y"],
])("%j is of the family %j", ([name, family]) => {
  expect(nameFamily(name)).toBe(family);
});
