import { describe, expect, test } from "vitest";
import { classifyAddress, isExternal } from "./address.ts";

describe("external", () => {
  test.for<[address: string | null, external: boolean | null]>([
    ["198.51.100.7", true],
    ["203.0.113.10", true],
    ["240.0.0.1", true],
    ["253.19.58.252", true],
    ["8.8.8.8:443", true],
    ["2a02:1234::1", true],
    ["2001:db8::1", true],
    ["[2a02:1234::1]:443", true],
    ["::ffff:8.8.8.8", true],
    ["172.15.255.255", true],
    ["172.32.0.0", true],
    ["100.128.0.0", true],
    ["10.0.0.1", false],
    ["172.16.0.1", false],
    ["172.31.255.255", false],
    ["192.168.1.1", false],
    ["127.0.0.1", false],
    ["169.254.169.254", false],
    ["100.64.0.1", false],
    ["100.127.255.255", false],
    ["::1", false],
    ["fe80::1", false],
    ["fe80::1%eth0", false],
    ["fd00::1", false],
    ["::ffff:10.0.0.1", false],
    ["10.1.2.3:51234", false],
    ["AWS Internal", false],
    ["AWS Internal/#", false],
    ["ec2.amazonaws.com", false],
    ["cloudformation.amazonaws.com", false],
    ["prod.frontend.ecr.aws.internal", false],
    ["amazonaws.com.evil.example", null],
    ["redacted", null],
    ["<Attacker source IP>", null],
    ["1.2.3", null],
    ["0x7f.1", null],
    ["127.0.0.0/8", null],
    ["999.1.1.1", null],
    ["", null],
    [null, null],
  ])("%s: %s", ([address, external]) => {
    expect(isExternal(address)).toBe(external);
  });
});

test.for<[address: string | null, expected: string]>([
  ["203.0.113.10", "own_network"],
  ["10.20.0.1", "own_network"],
  ["10.0.0.1", "private"],
  ["198.51.100.7", "external"],
  ["2001:db8::7", "own_network"],
  ["AWS Internal", "cloud_service"],
  ["redacted", "unknown"],
  [null, "unknown"],
])("of the class: %s is %s", ([address, expected]) => {
  const isOwnNetwork = (source: string) => ["203.0.113.10", "10.20.0.1", "2001:db8::7"].includes(source);
  expect(classifyAddress(address, isOwnNetwork)).toBe(expected);
});
