import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import path from "node:path";
import type { Address } from "./address.ts";
import { type AsnRanges, findAsn, readAsnRanges } from "./asn-ranges.ts";

export type AutonomousSystem = { number: number; name: string | null };

type AsnData = { ipv4: AsnRanges; ipv6: AsnRanges; names: ReadonlyMap<number, string> };

const DATA_PACKAGE = "@ip-location-db/asn";

let data: AsnData | undefined;

/**
 * The autonomous system that announces an address, by the offline data of `@ip-location-db/asn`; null where none is known.
 * The first call in a process reads the data, which takes half a second.
 */
export function autonomousSystemOf(address: Address): AutonomousSystem | null {
  data ??= readAsnData();
  const number = findAsn(data[address.kind()], wordsOf(address));
  return number === null ? null : { number, name: data.names.get(number) || null };
}

function readAsnData(): AsnData {
  const folder = dataFolder();
  const names = new Map<number, string>();
  const ipv4 = readAsnRanges(readFileSync(path.join(folder, "asn-ipv4-num.csv")), 1, names);
  const ipv6 = readAsnRanges(readFileSync(path.join(folder, "asn-ipv6-num.csv")), 4, names);
  return { ipv4, ipv6, names };
}

/** Not by `require.resolve`: where Next bundles this file it gives a module's number instead of a path. */
function dataFolder(): string {
  const found = findPackageJSON(DATA_PACKAGE, import.meta.url);
  if (found === undefined) throw new Error(`The package ${DATA_PACKAGE} is not installed`);
  return path.dirname(found);
}

/** The address in 32-bit words, the most significant first. */
function wordsOf(address: Address): Uint32Array {
  const bytes = address.toByteArray();
  const words = new Uint32Array(bytes.length / 4);
  bytes.forEach((byte, at) => {
    words[at >>> 2] = (words[at >>> 2] ?? 0) * 256 + byte;
  });
  return words;
}
