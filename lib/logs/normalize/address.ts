import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { AddressMemory } from "./address-memory.ts";
import type { AddressClass } from "./event.ts";

/**
 * What counts as inside, and nothing else: private, loopback, link-local, carrier-grade NAT and unique-local ranges.
 * ipaddr.js's own `range()` also calls documentation and reserved ranges special; here they are external.
 */
const INTERNAL = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "100.64.0.0/10",
  "::1/128",
  "fe80::/10",
  "fc00::/7",
].map((cidr) => ipaddr.parseCIDR(cidr));

/** How CloudTrail names a caller inside AWS where an address would stand. */
const AWS_SERVICE = /^(aws internal\b.*|[a-z0-9.-]+\.amazonaws\.com(\.cn)?|[a-z0-9.-]+\.aws\.internal)$/i;

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * The IP address in a source field: alone, as `ip:port`, `[ip]:port`, or with an IPv6 zone. An IPv4 address written as
 * IPv6 is IPv4. Null for anything else, a network among them.
 */
export function parseAddress(text: string): Address | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%[\w.-]+$/, "");
  return isIP(address) === 0 ? null : ipaddr.process(address);
}

function isInside(address: Address, networks: readonly (readonly [Address, number])[]): boolean {
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );
}

/** Whoever the organisation is. */
type Side = Exclude<AddressClass, "own_network">;

const sides = new AddressMemory<Side>((sourceIp) => {
  const address = parseAddress(sourceIp);
  if (address) return isInside(address, INTERNAL) ? "private" : "external";
  return AWS_SERVICE.test(sourceIp) ? "cloud_service" : "unknown";
});

/** False for internal addresses and for the clouds' own services, null where there is no readable address. */
export function isExternal(sourceIp: string | null): boolean | null {
  const side = sourceIp === null ? "unknown" : sides.of(sourceIp);
  return side === "unknown" ? null : side === "external";
}

/** Where a source is, seen from the organisation: `isOwnNetwork` says of an address whether that is of its networks. */
export function classifyAddress(
  sourceIp: string | null,
  isOwnNetwork: (address: string) => boolean,
): AddressClass {
  if (sourceIp === null) return "unknown";
  const side = sides.of(sourceIp);
  const isAddress = side === "private" || side === "external";
  return isAddress && isOwnNetwork(sourceIp) ? "own_network" : side;
}

/** A CIDR block, or a single address as a block of its own. */
export type AddressNetwork = { address: Address; bits: number; text: string };

/**
 * Null for what is neither. Bits beyond the prefix are cleared: `10.1.2.3/8` is `10.0.0.0/8`. As with addresses, IPv4
 * written as IPv6 is IPv4: `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
 */
export function parseNetwork(text: string): AddressNetwork | null {
  const [base = "", prefix, ...rest] = text.trim().split("/");
  if (rest.length > 0 || isIP(base) === 0) return null;
  const written = ipaddr.parse(base);
  const length = written.kind() === "ipv4" ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return null;
  const bits = prefix === undefined ? length : Number(prefix);
  if (bits > length) return null;
  const address = ipaddr.process(base);
  const isMapped = address.kind() !== written.kind() && bits >= MAPPED_BITS;
  return isMapped ? networkOf(address, bits - MAPPED_BITS) : networkOf(written, bits);
}

/** The length of `::ffff:0:0/96`, in which IPv4 is written as IPv6. */
const MAPPED_BITS = 96;

function networkOf(within: Address, bits: number): AddressNetwork {
  const bytes = within.toByteArray().map((byte, at) => {
    const kept = Math.max(0, Math.min(8, bits - 8 * at));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  const address = ipaddr.fromByteArray(bytes);
  return { address, bits, text: `${address.toString()}/${bits}` };
}

export function matchesNetwork(address: Address, network: AddressNetwork): boolean {
  return address.kind() === network.address.kind() && address.match(network.address, network.bits);
}
