import { placeOf, placesAsOf } from "#lib/logs/normalize/place.ts";

const COUNTRY_NAMES = new Intl.DisplayNames("en-GB", { type: "region" });
const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

type AddressPlaceProps = {
  address: string | null;
  /** Where the network stands beside it already. */
  isCountryOnly?: boolean;
};

/** The country and the network of an address, where the data has any. */
export function AddressPlace({ address, isCountryOnly = false }: AddressPlaceProps) {
  const words = isCountryOnly ? countryWords(address) : placeWords(address);
  return words === null ? null : (
    <span className="secondary" title={asOfWords()}>
      <bdi>{words}</bdi>
    </span>
  );
}

/** `Germany · AS64500 Example`. */
export function placeWords(address: string | null): string | null {
  const place = placeOf(address);
  const network = place?.network;
  const parts = [countryWords(address), network && `${network.key} ${network.name}`].filter(Boolean);
  return parts.length === 0 ? null : parts.join(" · ");
}

function countryWords(address: string | null): string | null {
  const country = placeOf(address)?.country ?? null;
  return country === null ? null : (COUNTRY_NAMES.of(country) ?? country);
}

/** What is told of places is as old as its data. */
export function asOfWords(): string {
  return `Countries and networks as of ${DAY.format(placesAsOf())}`;
}
