import ipaddr from "ipaddr.js";
import { type Address, parseAddress } from "./address.ts";
import { AddressMemory } from "./address-memory.ts";
import { autonomousSystemOf } from "./asn-data.ts";

/** Where an address is at home: all addresses that one organisation announces are one network. */
export type Network = {
  /** `AS64500`, or the block of an address that nobody announces: `10.1.2.0/24`, `2001:db8:1::/48`. */
  key: string;
  /** The organisation's. */
  name: string | null;
};

/** An address is shorter, with port and zone. */
const LONGEST = 80;

const networks = new AddressMemory(findNetwork);

/**
 * The network of a source address. Null where there is no readable address, as in `AWS Internal`. The first call with an
 * address reads the network data, once per process.
 */
export function networkOf(sourceIp: string | null): Network | null {
  return sourceIp === null || sourceIp.length > LONGEST ? null : networks.of(sourceIp);
}

function findNetwork(sourceIp: string): Network | null {
  const address = parseAddress(sourceIp);
  if (!address) return null;
  const system = autonomousSystemOf(address);
  return system ? { key: `AS${system.number}`, name: system.name } : { key: blockOf(address), name: null };
}

function blockOf(address: Address): string {
  return address.kind() === "ipv4"
    ? `${ipaddr.IPv4.networkAddressFromCIDR(`${address.toString()}/24`).toString()}/24`
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/48`).toString()}/48`;
}
