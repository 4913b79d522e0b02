import { expect, test } from "vitest";
import { networkOf } from "./network.ts";

const GOOGLE = { key: "AS15169", name: expect.stringMatching(/google/i) };
const CLOUDFLARE = { key: "AS13335", name: expect.stringMatching(/cloudflare/i) };
const block = (key: string) => ({ key, name: null });

test.for<[name: string, sourceIp: string | null, network: unknown]>([
  ["an address that is announced", "8.8.8.8", GOOGLE],
  ["the first address of a range", "8.8.8.0", GOOGLE],
  ["the last address of a range", "8.8.8.255", GOOGLE],
  ["another organisation", "1.1.1.1", CLOUDFLARE],
  ["IPv6", "2001:4860:4860::8888", GOOGLE],
  ["IPv6 of another organisation", "2606:4700:4700::1111", CLOUDFLARE],
  ["IPv6 written out", "2001:4860:4860:0:0:0:0:8888", GOOGLE],
  ["with a port", "8.8.8.8:443", GOOGLE],
  ["IPv6 with a port", "[2001:4860:4860::8888]:443", GOOGLE],
  ["IPv4 written as IPv6", "::ffff:8.8.8.8", GOOGLE],
  ["a private address", "10.1.2.3", block("10.1.2.0/24")],
  ["a private address with a port", "192.168.7.9:51234", block("192.168.7.0/24")],
  ["a private address written as IPv6", "::ffff:10.1.2.3", block("10.1.2.0/24")],
  ["carrier-grade NAT", "100.64.9.1", block("100.64.9.0/24")],
  ["an address for documentation", "203.0.113.10", block("203.0.113.0/24")],
  ["a reserved address", "253.19.58.252", block("253.19.58.0/24")],
  ["the first address of all", "0.0.0.0", block("0.0.0.0/24")],
  ["the last address of all", "255.255.255.255", block("255.255.255.0/24")],
  ["an IPv6 for documentation, in capitals", "2001:DB8:1:2:3::4", block("2001:db8:1::/48")],
  ["a unique local IPv6", "fd00:0:0:1::5", block("fd00::/48")],
  ["a link-local IPv6 with its zone", "fe80::1%eth0", block("fe80::/48")],
  ["the loopback of IPv6", "::1", block("::/48")],
  ["the last IPv6", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", block("ffff:ffff:ffff::/48")],
  ["a caller inside AWS", "AWS Internal", null],
  ["a service's name", "ec2.amazonaws.com", null],
  ["a block", "8.8.8.0/24", null],
  ["rubbish", "8.8.8", null],
  ["rubbish of great length", "8".repeat(4096), null],
  ["a property's name", "constructor", null],
  ["nothing", "", null],
  ["no address", null, null],
])("%s", ([, sourceIp, network]) => {
  expect(networkOf(sourceIp)).toEqual(network);
  expect(networkOf(sourceIp)).toEqual(network);
});

test("an answer is the same after many others were asked for", () => {
  const first = networkOf("8.8.8.8");
  for (let at = 0; at < 25_000; at++) networkOf(`10.${at >> 8}.${at & 255}.1`);
  expect(networkOf("8.8.8.8")).toEqual(first);
  expect(networkOf("10.3.7.1")).toEqual(block("10.3.7.0/24"));
});
