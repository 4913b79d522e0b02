import type { JsonObject } from "#lib/json.ts";
import { eventOf } from "#lib/logs/normalize/fixtures.ts";
import { detect } from "./detect.ts";
import type { Rule } from "./rule.ts";

/** For the tests of rules: whether a rule fires on what a record tells. */
export function fires(rule: Rule, record: JsonObject): boolean {
  return detect(eventOf(record), [rule]).length === 1;
}
