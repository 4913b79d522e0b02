import fc from "fast-check";
import { expect, test } from "vitest";
import { likePattern, matchesGlob } from "./glob.ts";

const long = "a".repeat(100_000);

test.for<[name: string, pattern: string, text: string, expected: boolean]>([
  ["no star, the same", "prod/api", "prod/api", true],
  ["no star, a longer text", "prod/api", "prod/api2", false],
  ["no star, another case", "prod/api", "Prod/api", false],
  ["no star and nothing", "", "", true],
  ["no star against nothing", "a", "", false],
  ["a star alone", "*", "prod/api", true],
  ["a star alone against nothing", "*", "", true],
  ["many stars against nothing", "***", "", true],
  ["a star at the start", "*/api", "prod/api", true],
  ["a star at the start that stands for nothing", "*/api", "/api", true],
  ["a star at the start, another end", "*/api", "prod/api-2", false],
  ["a star at the end", "prod/*", "prod/api", true],
  ["a star at the end that stands for nothing", "prod/*", "prod/", true],
  ["a star at the end, another start", "prod/*", "nonprod/api", false],
  ["a star in the middle", "prod/*:1.0", "prod/api:1.0", true],
  ["a star in the middle that stands for nothing", "ab*ba", "abba", true],
  ["pieces that would have to overlap", "ab*ba", "aba", false],
  ["pieces in the middle that would have to overlap with the end", "*aba*ab", "xabab", false],
  ["pieces in the middle that would have to overlap with the start", "ab*ba*c", "abac", false],
  ["pieces in the middle that would have to overlap with one another", "*aba*aba*", "ababa", false],
  ["the same pieces side by side", "*aba*aba*", "abaaba", true],
  ["several stars", "*-ci-*-eu", "team-ci-42-eu", true],
  ["several stars, pieces in another order", "*b*a*", "ab", false],
  ["a first place that is too early and a later one that fits", "a*b*c", "abxbc", true],
  ["two stars side by side", "prod/**", "prod/api", true],
  ["a star that stands for a star", "a*c", "a*c", true],
  ["a star that stands for a new line", "a*c", "a\nc", true],
  ["a dot is a dot", "1.0", "1x0", false],
  ["a dot before a star is a dot", "v.*", "vx", false],
  ["a bracket is a bracket", "[ab]*", "a", false],
  ["a question mark is a question mark", "a?*", "ab", false],
  ["a plus, a caret, a dollar and a bar are themselves", "^(a|b)+$*", "^(a|b)+$", true],
  ["a per cent sign is itself", "100%", "100 of them", false],
  ["an underscore is itself", "a_c*", "abc", false],
  ["a backslash is itself", "a\\*", "a\\b", true],
  ["a backslash takes no star away", "a\\*", "a*", false],
  ["a half of a pair of code units", "*\ud83d", "\ud83d", true],
  ["a hundred thousand characters", "*a", long, true],
  ["a hundred thousand characters that nearly fit", "*a*a*a*a*a*a*a*a*a*b*", long, false],
  [
    "a hundred thousand characters with the last one missing",
    `${long}*${long}`,
    `${long}${long.slice(1)}`,
    false,
  ],
  ["a hundred thousand stars", "*".repeat(100_000), "prod/api", true],
])("%s: %s", ([, pattern, text, expected]) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test("any pattern says the same as the regular expression of its pieces", () => {
  const from = (characters: string[], maxLength: number) =>
    fc.array(fc.constantFrom(...characters), { maxLength }).map((some) => some.join(""));
  fc.assert(
    fc.property(from(["a", "b", ".", "*", "*"], 8), from(["a", "b", ".", "*"], 10), (pattern, text) => {
      const expression = pattern.replaceAll(".", "\\.").replaceAll("*", ".*");
      expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text));
    }),
    { numRuns: 2000 },
  );
});

test.for<[pattern: string, expected: string]>([
  ["prod/*", "prod/%"],
  ["*", "%"],
  ["100%", "100\\%"],
  ["a_c", "a\\_c"],
  ["a\\*", "a\\\\%"],
  ["\\%_*", "\\\\\\%\\_%"],
  ["[a-z]?", "[a-z]?"],
  ["", ""],
])("for SQL, %s is %s", ([pattern, expected]) => {
  expect(likePattern(pattern)).toBe(expected);
});
