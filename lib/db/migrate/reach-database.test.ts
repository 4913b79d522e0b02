import { expect, test } from "vitest";
import { isRecentEnough } from "./reach-database.ts";

test.for([
  ["13.4", false],
  ["14.18 (Ubuntu 14.18-0ubuntu0.22.04.1)", false],
  ["9.6.24", false],
  ["15.18 (Debian 15.18-0+deb12u1)", true],
  ["18.4", true],
  ["19beta1", true],
] as const)("PostgreSQL %s is recent enough: %s", ([version, expected]) => {
  expect(isRecentEnough(version)).toBe(expected);
});
