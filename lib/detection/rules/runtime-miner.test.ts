import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { falcoRecord, sysdigRecord } from "#lib/logs/normalize/fixtures.ts";
import { fires } from "../fires.ts";
import { runtimeMiner } from "./runtime-miner.ts";

/** What a line of Falco's says, which does not name the rule. */
const line = (sentence: string) => ({ ...falcoRecord(""), output: `${sentence} (user.name=root)` });

test.for<[name: string, record: JsonObject, expected: boolean]>([
  ["run", falcoRecord("Known Cryptominer Process Executed"), true],
  ["speaks with a pool", falcoRecord("Detect outbound connections to common miner pool ports"), true],
  ["by its protocol", falcoRecord("Detect crypto miners using the Stratum protocol"), true],
  ["by Sysdig", sysdigRecord("Known Cryptominer Process Executed"), true],
  ["another connection", falcoRecord("Unexpected outbound connection destination"), false],
  ["a line", line("Possible miner running"), true],
  ["a line of another", line("A shell was spawned in a container"), false],
])("%s", ([, record, expected]) => {
  expect(fires(runtimeMiner, record)).toBe(expected);
});
