import { describe, expect, test } from "vitest";
import type { Condition, Field } from "./condition.ts";
import {
  defaultExpiry,
  type EntryContent,
  entryName,
  entrySchema,
  isNarrow,
  REASON_CLASS_NAMES,
  type ReasonClass,
} from "./entry.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const startsAt = new Date("2026-03-04T09:00:00Z");
const after = (ms: number) => new Date(startsAt.getTime() + ms);

const is = (field: Field, ...values: string[]): Condition => ({ field, op: "is", values, not: false });
const actor = is("actor", "111122223333/role/ci");
const image = is("image", "eu-west-1/ami-1");

const written = {
  title: "CI pushes",
  conditions: [actor, image],
  signals: [],
  ownerId: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  reasonClass: "ci-cd",
  reason: "The pipeline publishes builds.",
  ticket: "OPS-12",
  startsAt,
  expiresAt: after(DAY_MS),
};

describe("what a person writes of an entry is refused, with a sentence", () => {
  test.for<[name: string, change: Record<string, unknown>, sentence: string]>([
    ["no title", { title: " \n" }, "The title is missing."],
    ["a long title", { title: "a".repeat(201) }, "The title has more than 200 characters."],
    ["a NUL in the title", { title: "CI\0" }, "The title holds a character that cannot be stored."],
    ["no reason", { reason: "" }, "The reason is missing."],
    [
      "half a character in the reason",
      { reason: "\ud83d" },
      "The reason holds a character that cannot be stored.",
    ],
    ["a long reason", { reason: "a".repeat(4001) }, "The reason has more than 4000 characters."],
    ["a long ticket", { ticket: "a".repeat(501) }, "The ticket has more than 500 characters."],
    ["a NUL in the ticket", { ticket: "OPS\0" }, "The ticket holds a character that cannot be stored."],
    [
      "half a character in the ticket",
      { ticket: "\udc33" },
      "The ticket holds a character that cannot be stored.",
    ],
    ["an owner who is nobody", { ownerId: "dana" }, "Choose an owner."],
    ["a class of reason that is none", { reasonClass: "constructor" }, "Choose a class of reason."],
    ["a start that is a text", { startsAt: "2026-03-04" }, "The start is no time."],
    ["a start that is no time", { startsAt: new Date(Number.NaN) }, "The start is no time."],
    [
      "a start before there were clouds",
      { startsAt: new Date(Date.UTC(2000, 0, 1) - 1) },
      "The start lies before the year 2000, from when no log tells.",
    ],
    [
      "a start that no database can store",
      { startsAt: new Date(-8.64e15) },
      "The start lies before the year 2000, from when no log tells.",
    ],
    ["no expiry", { expiresAt: null }, "The expiry is no time."],
    ["an expiry before the start", { expiresAt: after(-1) }, "The entry ends before it starts."],
    ["an expiry at the start", { expiresAt: startsAt }, "The entry ends before it starts."],
    [
      "no conditions",
      { conditions: [] },
      "An entry without conditions would hide everything. Add what must hold.",
    ],
  ])("%s", ([, change, sentence]) => {
    const parsed = entrySchema.safeParse({ ...written, ...change });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([sentence]);
  });

  test.for<[name: string, change: Record<string, unknown>]>([
    ["an unknown signal", { signals: ["new-moon"] }],
    ["a state of its own", { state: "enforcing" }],
    ["a number of its own", { number: 1 }],
    ["no ticket field", { ticket: undefined }],
  ])("%s is no part of it", ([, change]) => {
    expect(entrySchema.safeParse({ ...written, ...change }).success).toBe(false);
  });
});

test.for<[name: string, change: Record<string, unknown>, kept: Partial<EntryContent>]>([
  ["white space around texts is cut", { title: " CI ", ticket: " OPS-1 " }, { title: "CI", ticket: "OPS-1" }],
  ["an empty ticket is none", { ticket: " " }, { ticket: null }],
  ["no ticket is none", { ticket: null }, { ticket: null }],
  [
    "signals are kept once, in the order in which they are offered",
    { signals: ["new-network", "shared-with-everyone", "new-network"] },
    { signals: ["shared-with-everyone", "new-network"] },
  ],
  ["a millisecond is a life", { expiresAt: after(1) }, { expiresAt: after(1) }],
  ["a title as long as it may be", { title: "a".repeat(200) }, { title: "a".repeat(200) }],
  ["a start as far back as logs go", { startsAt: new Date("2000-01-01T00:00:00Z") }, {}],
])("%s", ([, change, kept]) => {
  expect(entrySchema.parse({ ...written, ...change })).toMatchObject(kept);
});

const DAYS: Record<ReasonClass, number> = {
  "ci-cd": 90,
  "disaster-recovery": 30,
  "infrastructure-as-code": 90,
  "registry-mirroring": 90,
  forensic: 3,
  other: 30,
};

describe("an expiry that nobody chose", () => {
  test.for(REASON_CLASS_NAMES)("%s: so many days of 24 hours", (reasonClass) => {
    const expiry = defaultExpiry(reasonClass, startsAt);
    expect(expiry.getTime() - startsAt.getTime()).toBe(DAYS[reasonClass] * DAY_MS);
  });

  test.for([
    ["the clocks go forward", "2026-03-28T12:00:00+01:00", "2026-03-31T13:00:00+02:00"],
    ["the clocks go back", "2026-10-24T12:00:00+02:00", "2026-10-27T11:00:00+01:00"],
    ["a year ends", "2026-12-30T00:00:00Z", "2027-01-02T00:00:00Z"],
    ["a leap day comes", "2028-02-28T00:00:00Z", "2028-03-02T00:00:00Z"],
  ] as const)("three days of 24 hours when %s", ([, from, until]) => {
    expect(defaultExpiry("forensic", new Date(from))).toEqual(new Date(until));
  });
});

test.for<[name: string, change: Partial<EntryContent>, expected: boolean]>([
  ["one exact actor, one exact image, a day", {}, true],
  ["a millisecond more than a day", { expiresAt: after(DAY_MS + 1) }, false],
  ["a day that began long ago", { startsAt: after(-DAY_MS) }, false],
  [
    "a day over a change of clocks",
    { startsAt: new Date("2026-03-28T12:00:00+01:00"), expiresAt: new Date("2026-03-29T13:00:00+02:00") },
    true,
  ],
  ["something more that must hold", { conditions: [actor, image, is("operation", "PutImage", "x")] }, true],
  ["two actors", { conditions: [is("actor", "a", "b"), image] }, false],
  ["two images", { conditions: [actor, is("image", "a", "b")] }, false],
  ["a pattern of actors", { conditions: [{ ...actor, op: "glob" }, image] }, false],
  ["a pattern of images", { conditions: [actor, { ...image, op: "glob" }] }, false],
  ["not the actor", { conditions: [{ ...actor, not: true }, image] }, false],
  ["not the image", { conditions: [actor, { ...image, not: true }] }, false],
  ["no image", { conditions: [actor] }, false],
  ["no actor", { conditions: [image] }, false],
  ["an account for an actor", { conditions: [is("account", "111122223333"), image] }, false],
  ["a session for an actor", { conditions: [is("session", "build-42"), image] }, false],
  ["a tag for an image", { conditions: [actor, is("tag", "1.0")] }, false],
])("what is narrow: %s", ([, change, expected]) => {
  const content = { conditions: [actor, image], startsAt, expiresAt: after(DAY_MS), ...change };
  expect(isNarrow({ ...entrySchema.parse(written), ...content })).toBe(expected);
});

test("an entry is shown by its number", () => {
  expect(entryName(12)).toBe("ALW-12");
});
