import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/logs/normalize/address.ts";
import {
  type Condition,
  compile,
  conditionsSchema,
  type Facts,
  type Field,
  foldCase,
  MAX_CONDITIONS,
  MAX_VALUES,
  matches,
  type Op,
  storedConditionsSchema,
} from "./condition.ts";

const CI = "111122223333/role/ci";

function condition(field: Field, op: Op, values: string[], not = false): Condition {
  return { field, op, values, not };
}

/** The values as they are kept, or the sentences that say why they are not. */
function read(given: unknown): string[] | string {
  const parsed = conditionsSchema.safeParse([given]);
  return parsed.success
    ? (parsed.data[0]?.values ?? [])
    : parsed.error.issues.map(({ message }) => message).join(" ");
}

describe("a network", () => {
  const none = (text: string) =>
    `“${text}” is no network. Write one as 198.51.100.0/24 or 2001:db8::/32, or a single address.`;

  test.for<[text: string, kept: string | null]>([
    ["10.0.0.0/8", "10.0.0.0/8"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["198.51.100.255/25", "198.51.100.128/25"],
    ["198.51.100.7", "198.51.100.7/32"],
    [" 198.51.100.7 ", "198.51.100.7/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["198.51.100.7/0", "0.0.0.0/0"],
    ["198.51.100.7/32", "198.51.100.7/32"],
    ["2001:DB8::1", "2001:db8::1/128"],
    ["2001:db8:0:0:1::/32", "2001:db8::/32"],
    ["2001:db8:ffff::/33", "2001:db8:8000::/33"],
    ["::/0", "::/0"],
    ["::ffff:198.51.100.7", "198.51.100.7/32"],
    ["::ffff:198.51.100.7/128", "198.51.100.7/32"],
    ["::ffff:10.1.2.3/104", "10.0.0.0/8"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
    ["::ffff:0:0/95", "::fffe:0:0/95"],
    ["10.0.0.0/33", null],
    ["2001:db8::/129", null],
    ["10.0.0.0/", null],
    ["10.0.0.0/-1", null],
    ["10.0.0.0/8.5", null],
    ["10.0.0.0/1e1", null],
    ["10.0.0.0/8/8", null],
    ["10.0.0.0 /8", null],
    ["10.0.0.0-10.0.0.9", null],
    ["10.0.0", null],
    ["010.0.0.1", null],
    ["0x0a.0.0.1", null],
    ["167772161", null],
    ["256.0.0.1", null],
    ["10.*", null],
    ["AWS Internal", null],
    ["ec2.amazonaws.com", null],
    ["/8", null],
    ["198.51.100.7:443", null],
  ])("%s: %s", ([text, kept]) => {
    expect(read(condition("address", "cidr", [text]))).toEqual(kept === null ? none(text) : [kept]);
  });

  test("two ways of writing one are one", () => {
    const values = ["10.1.0.0/8", "10.0.0.0/8", "::ffff:10.0.0.0/104"];
    expect(read(condition("address", "cidr", values))).toEqual(["10.0.0.0/8"]);
  });
});

describe("a condition is refused, with a sentence", () => {
  test.for<[name: string, given: unknown, sentence: string]>([
    [
      "an address compared with a text",
      condition("address", "is", ["198.51.100.7"]),
      "A source address is compared with networks.",
    ],
    [
      "an address compared with a pattern",
      condition("address", "glob", ["198.51.*"]),
      "A source address is compared with networks.",
    ],
    [
      "a text in a network",
      condition("actor", "cidr", ["10.0.0.0/8"]),
      "Only a source address can be in a network.",
    ],
    [
      "a platform that is none",
      condition("platform", "is", ["aws", "AWS"]),
      "“AWS” is none of aws, azure, gcp, container.",
    ],
    [
      "a platform that is none, even if it is not to be that",
      condition("platform", "is", ["mars"], true),
      "“mars” is none of aws, azure, gcp, container.",
    ],
    [
      "the name of something that every object has",
      condition("outcome", "is", ["constructor"]),
      "“constructor” is none of success, failure, unknown.",
    ],
    ["no value", condition("actor", "is", []), "A condition needs a value."],
    ["an empty value", condition("actor", "is", [""]), "A value is empty."],
    ["a value of white space", condition("actor", "is", [" \t\u00a0"]), "A value is empty."],
    ["a NUL", condition("actor", "is", [`${CI}\0`]), "A value holds a character that cannot be stored."],
    [
      "the first half of a pair of code units",
      condition("userAgent", "glob", ["*\ud83d*"]),
      "A value holds a character that cannot be stored.",
    ],
    [
      "the second half of one",
      condition("tag", "is", ["\udc33"]),
      "A value holds a character that cannot be stored.",
    ],
    [
      "a value that is too long",
      condition("userAgent", "is", ["a".repeat(501)]),
      "A value has more than 500 characters.",
    ],
    [
      "ten thousand stars",
      condition("image", "glob", ["*".repeat(10_000)]),
      "A value has more than 500 characters.",
    ],
    [
      "more than ten stars",
      condition("image", "glob", ["a*".repeat(11)]),
      `“${"a*".repeat(11)}” has more than 10 stars.`,
    ],
    [
      "as many stars as fit into a value",
      condition("image", "glob", ["a*".repeat(250)]),
      `“${"a*".repeat(30)}…” has more than 10 stars.`,
    ],
    [
      "a value that is cut for its sentence within a pair of code units",
      condition("address", "cidr", [`${"a".repeat(59)}🐳`]),
      `“${"a".repeat(59)}\ufffd…” is no network. Write one as 198.51.100.0/24 or 2001:db8::/32, or a single address.`,
    ],
    [
      "too many values",
      condition(
        "actor",
        "is",
        Array.from({ length: MAX_VALUES + 1 }, (_, at) => `${at}`),
      ),
      "A condition can list at most 100 values.",
    ],
  ])("%s", ([, given, sentence]) => {
    expect(read(given)).toBe(sentence);
  });

  test.for<[name: string, given: unknown]>([
    ["an unknown field", { field: "source", op: "is", values: ["x"], not: false }],
    ["an unknown comparison", { field: "actor", op: "regex", values: [".*"], not: false }],
    ["a value that is no text", { field: "actor", op: "is", values: [1], not: false }],
    ["one value instead of several", { field: "actor", op: "is", values: CI, not: false }],
    ["a not that is a text", { field: "actor", op: "is", values: [CI], not: "false" }],
    ["no not", { field: "actor", op: "is", values: [CI] }],
    ["something more", { field: "actor", op: "is", values: [CI], not: false, or: true }],
    ["null", null],
  ])("%s is no condition", ([, given]) => {
    expect(conditionsSchema.safeParse([given]).success).toBe(false);
  });

  test("the value that is wrong is named by its place", () => {
    const parsed = conditionsSchema.safeParse([
      condition("actor", "is", [CI]),
      condition("address", "cidr", ["10.0.0.0/8", "10.0.0.0/33"]),
    ]);
    expect(parsed.error?.issues.map(({ path }) => path)).toEqual([[1, "values", 1]]);
  });

  test("an entry needs a condition", () => {
    expect(conditionsSchema.safeParse([]).error?.issues[0]?.message).toBe(
      "An entry without conditions would hide everything. Add what must hold.",
    );
  });

  test.for([
    [MAX_CONDITIONS, undefined],
    [MAX_CONDITIONS + 1, "An entry can have at most 20 conditions."],
  ] as const)("%s conditions", ([count, sentence]) => {
    const given = Array.from({ length: count }, () => condition("actor", "is", [CI]));
    expect(conditionsSchema.safeParse(given).error?.issues[0]?.message).toBe(sentence);
  });
});

test.for<[name: string, given: Condition, kept: string[]]>([
  ["stars side by side are one", condition("image", "glob", ["**********"]), ["*"]],
  ["five hundred stars side by side are one", condition("image", "glob", ["*".repeat(500)]), ["*"]],
  ["runs of stars count as one each", condition("image", "glob", ["a**".repeat(10)]), ["a*".repeat(10)]],
  ["ten stars", condition("image", "glob", ["a*".repeat(10)]), ["a*".repeat(10)]],
  ["a star is a star where no pattern is meant", condition("tag", "is", ["a**"]), ["a**"]],
  ["white space around a value is none of it", condition("actor", "is", [` ${CI}\n`]), [CI]],
  ["a value that stands twice", condition("actor", "is", [CI, `${CI} `]), [CI]],
  ["patterns that become the same", condition("tag", "glob", ["v**", "v*"]), ["v*"]],
  [
    "values keep their case",
    condition("operation", "is", ["PutImage", "putimage"]),
    ["PutImage", "putimage"],
  ],
  ["as many characters as fit", condition("userAgent", "is", ["a".repeat(500)]), ["a".repeat(500)]],
  ["a pattern of outcomes", condition("outcome", "glob", ["un*"]), ["un*"]],
  ["a whole pair of code units", condition("tag", "is", ["🐳"]), ["🐳"]],
])("%s", ([, given, kept]) => {
  expect(read(given)).toEqual(kept);
});

const facts: Facts = {
  actor: CI,
  image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api",
  operation: "PutImage",
  rule: "ecr-push",
  platform: "aws",
  account: "111122223333",
  region: "eu-west-1",
  tag: "v1.0",
  session: "build-42",
  accessKey: "ASIAEXAMPLEEXAMPLE01",
  address: parseAddress("198.51.100.7"),
  userAgent: "docker/24.0",
  outcome: "success",
};

const SILENT = Object.fromEntries(Object.keys(facts).map((field) => [field, null])) as Facts;

describe("a condition holds", () => {
  test.for<[name: string, condition: Condition, expected: boolean]>([
    ["the same actor", condition("actor", "is", [CI]), true],
    ["one of several", condition("actor", "is", ["x", CI]), true],
    ["another actor", condition("actor", "is", [`${CI}2`]), false],
    ["a part of the actor", condition("actor", "is", ["role/ci"]), false],
    ["an actor in another case", condition("actor", "is", [CI.toUpperCase()]), false],
    ["a tag in another case", condition("tag", "is", ["V1.0"]), false],
    ["an agent in another case", condition("userAgent", "glob", ["Docker/*"]), false],
    ["a region in another case", condition("region", "is", ["EU-WEST-1"]), false],
    ["an operation in another case", condition("operation", "is", ["PUTIMAGE"]), true],
    ["a pattern of an operation in another case", condition("operation", "glob", ["*putIMAGE"]), true],
    ["a star is a star where no pattern is meant", condition("tag", "is", ["v1.*"]), false],
    ["a pattern", condition("tag", "glob", ["v1.*"]), true],
    ["a pattern is no regular expression", condition("tag", "glob", ["v1?0*"]), false],
    ["one of several patterns", condition("tag", "glob", ["x*", "*0"]), true],
    ["not the actor", condition("actor", "is", [CI], true), false],
    ["not another actor", condition("actor", "is", ["x"], true), true],
    ["not any of several", condition("actor", "is", ["x", CI], true), false],
    ["not fitting a pattern", condition("tag", "glob", ["v2.*"], true), true],
    ["in the network", condition("address", "cidr", ["198.51.100.0/24"]), true],
    ["in one of several networks", condition("address", "cidr", ["10.0.0.0/8", "198.51.100.7/32"]), true],
    ["in the next network", condition("address", "cidr", ["198.51.101.0/24"]), false],
    ["not in the network", condition("address", "cidr", ["198.51.100.0/24"], true), false],
    ["not in another network", condition("address", "cidr", ["10.0.0.0/8"], true), true],
    ["in the networks of the other kind", condition("address", "cidr", ["::/0"]), false],
    ["in all of its kind", condition("address", "cidr", ["0.0.0.0/0"]), true],
  ])("%s: %s", ([, given, expected]) => {
    expect(compile(given)(facts)).toBe(expected);
    expect(matches([given], facts)).toBe(expected);
  });

  test.for<[address: string, network: string, expected: boolean]>([
    ["198.51.100.0", "198.51.100.0/24", true],
    ["198.51.100.255", "198.51.100.0/24", true],
    ["198.51.99.255", "198.51.100.0/24", false],
    ["::ffff:198.51.100.7", "198.51.100.0/24", true],
    ["198.51.100.7", "::ffff:198.51.100.0/120", true],
    ["198.51.100.7:443", "198.51.100.7", true],
    ["2001:db8::1", "2001:db8::/32", true],
    ["2001:db9::1", "2001:db8::/32", false],
    ["2001:db8::1", "0.0.0.0/0", false],
  ])("an address such as %s in %s: %s", ([address, network, expected]) => {
    const [inside] = conditionsSchema.parse([condition("address", "cidr", [network])]);
    const [outside] = conditionsSchema.parse([condition("address", "cidr", [network], true)]);
    const given = { ...facts, address: parseAddress(address) };
    expect(inside && compile(inside)(given)).toBe(expected);
    expect(outside && compile(outside)(given)).toBe(!expected);
  });
});

describe("what a record does not say", () => {
  const conditions = Object.keys(facts).map((field) =>
    field === "address" ? condition(field, "cidr", ["0.0.0.0/0"]) : condition(field as Field, "glob", ["*"]),
  );

  test.for(conditions)("$field: satisfies neither a condition nor its opposite", (given) => {
    expect(compile(given)(facts)).toBe(true);
    expect(compile(given)(SILENT)).toBe(false);
    expect(compile({ ...given, not: true })(SILENT)).toBe(false);
    if (given.field !== "address") {
      expect(compile({ ...given, op: "is", values: ["x"], not: true })(SILENT)).toBe(false);
      expect(compile({ ...given, op: "is", values: ["null"] })(SILENT)).toBe(false);
    }
  });
});

test.for<[name: string, conditions: Condition[], expected: boolean]>([
  ["none", [], true],
  [
    "one that holds and one that does not",
    [condition("actor", "is", [CI]), condition("tag", "is", ["x"])],
    false,
  ],
  ["two that hold", [condition("actor", "is", [CI]), condition("tag", "is", ["x"], true)], true],
  [
    "two of the same field that exclude one another",
    [condition("actor", "is", [CI]), condition("actor", "is", ["x"])],
    false,
  ],
])("all must hold: %s", ([, conditions, expected]) => {
  expect(matches(conditions, facts)).toBe(expected);
});

test.for<[text: string, expected: string]>([
  ["Microsoft.Compute/Images/WRITE", "microsoft.compute/images/write"],
  ["ÄÖÜ", "ÄÖÜ"],
  ["İSTANBUL", "İstanbul"],
  ["\u212aELVIN", "\u212aelvin"],
  ["@[`{AZ", "@[`{az"],
])("only ASCII letters lose their case: %s", ([text, expected]) => {
  expect(foldCase(text)).toBe(expected);
});

test("a condition is written alike when it is given and when it is read back, so that nothing seems changed", () => {
  const given = { not: false, values: [CI], op: "is", field: "actor" };
  const written = JSON.stringify(conditionsSchema.parse([given]));
  expect(JSON.stringify(storedConditionsSchema.parse(JSON.parse(written)))).toBe(written);
});
