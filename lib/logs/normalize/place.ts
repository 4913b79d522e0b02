import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import path from "node:path";
import { type CountryResponse, Reader } from "mmdb-lib";
import { z } from "zod";
import { parseAddress } from "./address.ts";
import { type Network, networkOf } from "./network.ts";

/** Where an address is said to be. Nothing is scored by it, and nobody is asked: the data lies beside the program. */
export type Place = {
  /** ISO 3166-1: `DE`. Null where the address is not given to anybody in a country. */
  country: string | null;
  /** Null where no organisation announces it. */
  network: Network | null;
};

const COUNTRIES = "@ip-location-db/geo-whois-asn-country-mmdb";
const NETWORKS = "@ip-location-db/asn";

const countrySchema = z.object({ country_code: z.string().regex(/^[A-Z]{2}$/) });

let countries: Reader<CountryResponse> | undefined;

/** Null where there is no readable address. The first call in a process reads the data. */
export function placeOf(sourceIp: string | null): Place | null {
  const address = sourceIp === null ? null : parseAddress(sourceIp);
  if (!address) return null;
  countries ??= new Reader<CountryResponse>(readFileSync(countriesFile()));
  const found = countrySchema.safeParse(countries.get(address.toString()));
  const network = networkOf(sourceIp);
  return {
    country: found.success ? found.data.country_code : null,
    network: network?.name == null ? null : network,
  };
}

/** The day of the older of the two sets of data: what has moved since is told wrong. */
export function placesAsOf(): Date {
  const days = [COUNTRIES, NETWORKS].map((name) => dayOf(packageOf(name)));
  return new Date(Math.min(...days));
}

function countriesFile(): string {
  return path.join(path.dirname(packageOf(COUNTRIES)), "geo-whois-asn-country.mmdb");
}

/** Not by `require.resolve`: where Next bundles this file it gives a module's number instead of a path. */
function packageOf(name: string): string {
  const found = findPackageJSON(name, import.meta.url);
  if (found === undefined) throw new Error(`The package ${name} is not installed`);
  return found;
}

/** Versions end in the time at which the data was made: `2.3.2026061719`. */
function dayOf(packageFile: string): number {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, "utf8")));
  const [, year, month, day] = /\.(\d{4})(\d{2})(\d{2})\d*$/.exec(version) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}
