import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "#lib/logs/normalize/fixtures.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { detect } from "./detect.ts";
import type { Rule } from "./rule.ts";
import { sieveOf } from "./sieve.ts";

/** For the tests of rules: whether a rule fires on what a record tells. Throws when `scan` would not have looked at it. */
export function fires(rule: Rule, record: JsonObject): boolean {
  const isFired =
    detect(eventOf(record), { rules: [rule], organisation: unknownOrganisation() }).length === 1;
  if (isFired && !sieveOf([rule]).isWanted(Buffer.from(JSON.stringify(record)))) {
    throw new Error(`${rule.id} fires on a record without any operation that it names.`);
  }
  return isFired;
}
