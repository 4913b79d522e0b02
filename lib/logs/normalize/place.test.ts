import { expect, test } from "vitest";
import { placeOf, placesAsOf } from "./place.ts";

test.for<[address: string | null, country: string | null | undefined, hasNetwork: boolean]>([
  ["8.8.8.8", "US", true],
  ["8.8.8.8:443", "US", true],
  ["::ffff:8.8.8.8", "US", true],
  ["2001:4860:4860::8888", "US", true],
  ["193.0.6.139", "NL", true],
  ["10.1.2.3", null, false],
  ["192.0.2.7", null, false],
  ["AWS Internal", undefined, false],
  [null, undefined, false],
])("%s is in %s", ([address, country, hasNetwork]) => {
  const place = placeOf(address);
  expect(place?.country).toBe(country);
  expect(place?.network?.key.startsWith("AS") ?? false).toBe(hasNetwork);
});

test("the data says of which day it is", () => {
  const day = placesAsOf();
  expect(day.getTime()).toBeGreaterThan(Date.UTC(2026, 0, 1));
  expect(day.toISOString()).toMatch(/T00:00:00\.000Z$/);
});
