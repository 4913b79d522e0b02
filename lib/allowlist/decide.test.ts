import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Signal } from "#lib/detection/signal.ts";
import { parseAddress } from "#lib/logs/normalize/address.ts";
import type { Condition, Facts, Field } from "./condition.ts";
import { type Decision, decider, HIT_KINDS, type HitKind, type Interval, type Judged } from "./decide.ts";

const start = Date.UTC(2026, 2, 29);
const at = (ms: number) => new Date(start + ms);

const is = (field: Field, ...values: string[]): Condition => ({ field, op: "is", values, not: false });
const not = (condition: Condition): Condition => ({ ...condition, not: true });
const ci = is("actor", "role/ci");
const api = is("image", "prod/api");

const facts: Facts = {
  actor: "role/ci",
  image: "prod/api",
  operation: "PutImage",
  rule: "ecr-push",
  platform: "aws",
  account: "111122223333",
  region: "eu-west-1",
  tag: "1.0",
  session: "build-42",
  accessKey: "ASIAEXAMPLEEXAMPLE01",
  address: parseAddress("198.51.100.7"),
  userAgent: "docker/24.0",
  outcome: "success",
};

/** Enforces from 0 and before 100 for role/ci, unless said otherwise. */
function interval(entryId: string, change: Partial<Interval> = {}): Interval {
  return {
    entryId,
    createdAt: at(0),
    mode: "enforcing",
    startsAt: at(0),
    endsAt: at(100),
    conditions: [ci],
    signals: [],
    void: false,
    ...change,
  };
}

function decided(
  intervals: readonly Interval[],
  {
    time = 50,
    signals = [],
    change = {},
  }: { time?: number; signals?: Signal[]; change?: Partial<Facts> } = {},
) {
  const decision = decider(intervals)({ occurredAt: at(time), facts: { ...facts, ...change }, signals });
  return {
    by: decision.entryId,
    broke: decision.brokeThrough,
    hits: decision.hits.map(({ entryId, kind }) => `${entryId} ${kind}`),
  };
}

const open = { by: null, broke: [], hits: [] };

describe("an entry, by itself", () => {
  test.for<[name: string, change: Partial<Interval>, time: number, hit: HitKind | null]>([
    ["a millisecond before it starts", {}, -1, null],
    ["when it starts", {}, 0, "suppressed"],
    ["in its last millisecond", {}, 99, "suppressed"],
    ["when it ends", {}, 100, null],
    ["an interval without a length", { endsAt: at(0) }, 0, null],
    ["an interval that ends before it starts", { startsAt: at(60), endsAt: at(40) }, 50, null],
    ["observing", { mode: "observing" }, 50, "observed"],
    ["observing, before it starts", { mode: "observing" }, -1, null],
    ["revoked", { void: true }, 50, "revoked"],
    ["revoked, before it started", { void: true }, -1, null],
    ["observing, and revoked since", { mode: "observing", void: true }, 50, null],
    ["conditions of which one does not hold", { conditions: [ci, is("tag", "2.0")] }, 50, null],
    ["conditions that all hold", { conditions: [ci, api, is("tag", "1.0")] }, 50, "suppressed"],
  ])("%s", ([, change, time, hit]) => {
    expect(decided([interval("a", change)], { time })).toEqual({
      by: hit === "suppressed" ? "a" : null,
      broke: [],
      hits: hit ? [`a ${hit}`] : [],
    });
  });

  test("of an empty allowlist there is nothing", () => {
    expect(decided([])).toEqual(open);
  });

  test.for<[name: string, time: number, expected: string[]]>([
    ["while it was observing", 49, ["a observed"]],
    ["from the moment on at which it enforced", 50, ["a suppressed"]],
    ["until it was paused", 79, ["a suppressed"]],
    ["while it was paused", 80, []],
    ["resumed, but the new version says something else", 95, []],
  ])("that did several things: %s", ([, time, expected]) => {
    const versions = [
      interval("a", { mode: "observing", endsAt: at(50) }),
      interval("a", { startsAt: at(50), endsAt: at(80) }),
      interval("a", { startsAt: at(90), conditions: [is("actor", "role/cd")] }),
    ];
    expect(decided(versions, { time }).hits).toEqual(expected);
    expect(decided(versions.toReversed(), { time }).hits).toEqual(expected);
  });

  test.for<[name: string, first: Partial<Interval>, second: Partial<Interval>, hit: HitKind]>([
    ["suppresses by either", {}, { conditions: [ci, api] }, "suppressed"],
    ["suppresses rather than breaks through", {}, { signals: ["new-network"] }, "suppressed"],
    ["suppresses rather than observes", { signals: ["new-network"] }, { mode: "observing" }, "suppressed"],
    ["breaks through rather than observes", {}, { mode: "observing" }, "broke-through"],
  ])("of which two versions cover one time %s", ([, first, second, hit]) => {
    const pair = [interval("a", first), interval("a", second)];
    const signals: Signal[] =
      hit === "broke-through" || first.signals || second.signals ? ["new-network"] : [];
    for (const versions of [pair, pair.toReversed()])
      expect(decided(versions, { signals }).hits).toEqual([`a ${hit}`]);
  });

  test("is told once, however many of its values and versions hold", () => {
    const twice = is("operation", "PutImage", "putimage", "PUTIMAGE");
    const versions = [interval("a", { conditions: [twice, ci] }), interval("a", { conditions: [twice] })];
    expect(decided(versions)).toEqual({ by: "a", broke: [], hits: ["a suppressed"] });
  });
});

describe("of several entries decides", () => {
  const pairs: [name: string, first: Interval, second: Interval, by: string][] = [
    ["the one with more conditions", interval("a"), interval("b", { conditions: [ci, api] }), "b"],
    [
      "the one with more conditions, though it is younger",
      interval("a"),
      interval("b", { conditions: [ci, not(is("tag", "x"))], createdAt: at(9) }),
      "b",
    ],
    ["of equals the older", interval("a", { createdAt: at(2) }), interval("b", { createdAt: at(1) }), "b"],
    ["of equals of one moment the one with the smaller id", interval("b"), interval("a"), "a"],
    [
      "the one whose time it is",
      interval("a"),
      interval("b", { conditions: [ci, api], endsAt: at(50) }),
      "a",
    ],
    [
      "the one that names the signal",
      interval("a", { signals: ["attack-tool"] }),
      interval("b", { conditions: [ci, api] }),
      "a",
    ],
    [
      "the one that enforces",
      interval("a"),
      interval("b", { conditions: [ci, api], mode: "observing" }),
      "a",
    ],
    ["the one that is not revoked", interval("a"), interval("b", { conditions: [ci, api], void: true }), "a"],
  ];

  test.for(pairs)("%s", ([name, first, second, by]) => {
    const signals: Signal[] = name.includes("signal") ? ["attack-tool"] : [];
    expect(decided([first, second], { signals }).by).toBe(by);
    expect(decided([second, first], { signals }).by).toBe(by);
  });

  test("one alone, and each says what it would have done", () => {
    const intervals = [
      interval("e", { mode: "observing" }),
      interval("d", { void: true }),
      interval("c", { signals: [] }),
      interval("b", { signals: ["new-network"] }),
      interval("a", { signals: ["new-network", "attack-tool"], conditions: [ci, api] }),
      interval("f", { conditions: [is("actor", "role/cd")] }),
    ];
    expect(decided(intervals, { signals: ["new-network"] })).toEqual({
      by: "a",
      broke: [],
      hits: ["a suppressed", "b matched", "c broke-through", "e observed"],
    });
  });
});

describe("what breaks through", () => {
  const signals: Signal[] = ["shared-with-everyone", "new-network"];

  test.for<
    [name: string, intervals: Interval[], expected: { by: string | null; broke: Signal[]; hits: string[] }]
  >([
    ["an entry that names nothing", [interval("a")], { by: null, broke: signals, hits: ["a broke-through"] }],
    [
      "an entry that names one of two",
      [interval("a", { signals: ["new-network"] })],
      { by: null, broke: ["shared-with-everyone"], hits: ["a broke-through"] },
    ],
    [
      "an entry that names others",
      [interval("a", { signals: ["attack-tool", "watch-list"] })],
      { by: null, broke: signals, hits: ["a broke-through"] },
    ],
    [
      "nothing, where an entry names both",
      [interval("a", { signals: ["new-network", "attack-tool", "shared-with-everyone"] })],
      { by: "a", broke: [], hits: ["a suppressed"] },
    ],
    [
      "two entries that name one each: by the signals that the first of them does not name",
      [
        interval("a", { signals: ["new-network"] }),
        interval("b", { signals: ["shared-with-everyone"], conditions: [ci, api] }),
      ],
      { by: null, broke: ["new-network"], hits: ["a broke-through", "b broke-through"] },
    ],
    [
      "nothing by signals, where an entry only observes",
      [interval("a", { mode: "observing" })],
      { by: null, broke: [], hits: ["a observed"] },
    ],
    ["nothing by signals, where the entry was revoked", [interval("a", { void: true })], open],
    [
      "an entry, while a revoked one would have let nothing through",
      [interval("a"), interval("b", { signals: ["new-network", "shared-with-everyone"], void: true })],
      { by: null, broke: signals, hits: ["a broke-through", "b revoked"] },
    ],
    ["nothing by signals, where no entry matches", [interval("a", { endsAt: at(50) })], open],
  ])("%s", ([, intervals, expected]) => {
    expect(decided(intervals, { signals })).toEqual(expected);
    expect(decided(intervals.toReversed(), { signals })).toEqual(expected);
  });

  test("of two versions of one entry that cover one time, the later one says by what", () => {
    const versions = [
      interval("a", { signals: ["new-network"], endsAt: at(60) }),
      interval("a", { signals: ["shared-with-everyone"], startsAt: at(-50) }),
    ];
    const expected = { by: null, broke: ["new-network"], hits: ["a broke-through"] };
    expect(decided(versions, { signals })).toEqual(expected);
    expect(decided(versions.toReversed(), { signals })).toEqual(expected);
  });
});

describe("what was hidden by an entry that was revoked", () => {
  test.for<[name: string, others: Interval[], expected: { by: string | null; hits: string[] }]>([
    ["is open and says so", [], { by: null, hits: ["a revoked"] }],
    ["says nothing where another suppresses it", [interval("b")], { by: "b", hits: ["b suppressed"] }],
    [
      "says so beside one that only observes",
      [interval("b", { mode: "observing" })],
      { by: null, hits: ["a revoked", "b observed"] },
    ],
    [
      "says so where another's time is over",
      [interval("b", { endsAt: at(50) })],
      { by: null, hits: ["a revoked"] },
    ],
    ["says so of each", [interval("b", { void: true })], { by: null, hits: ["a revoked", "b revoked"] }],
  ])("%s", ([, others, { by, hits }]) => {
    const revoked = interval("a", { void: true });
    expect(decided([revoked, ...others])).toEqual({ by, broke: [], hits });
    expect(decided([...others, revoked])).toEqual({ by, broke: [], hits });
  });
});

describe("an entry is found", () => {
  test.for<[name: string, conditions: Condition[], change: Partial<Facts>, expected: boolean]>([
    ["by no condition at all", [], {}, true],
    ["by what it is not", [not(is("actor", "role/cd"))], {}, true],
    ["by a pattern", [{ ...is("actor", "role/*"), op: "glob" }], {}, true],
    ["by a star that is meant", [is("actor", "role/*")], {}, false],
    ["by a network", [{ field: "address", op: "cidr", values: ["198.51.100.0/24"], not: false }], {}, true],
    ["by an operation in another case", [is("operation", "PUTIMAGE")], {}, true],
    ["by an actor in another case", [is("actor", "ROLE/CI")], {}, false],
    ["by the second of two values", [is("image", "prod/web", "prod/api")], {}, true],
    ["by a field of few values", [is("platform", "aws")], {}, true],
    ["by two conditions on one field", [is("actor", "role/ci", "x"), is("actor", "role/ci", "y")], {}, true],
    ["by two that exclude one another", [is("actor", "role/ci"), is("actor", "role/cd")], {}, false],
    ["by something that the record does not say", [is("image", "prod/api")], { image: null }, false],
    [
      "by the name of something that every object has",
      [is("actor", "constructor")],
      { actor: "constructor" },
      true,
    ],
    ["by a name that no entry has", [is("actor", "role/ci")], { actor: "__proto__" }, false],
  ])("%s", ([, conditions, change, expected]) => {
    expect(decided([interval("a", { conditions })], { change }).by).toBe(expected ? "a" : null);
  });
});

const NETWORKS: Record<string, string> = { "10.0.0.0/8": "10.", "10.1.0.0/16": "10.1.", "0.0.0.0/0": "" };

function holdsPlainly({ field, op, values, not: isNot }: Condition, given: Facts): boolean {
  const fact = given[field];
  if (fact === null) return false;
  const lower = (text: string) => (field === "operation" ? text.toLowerCase() : text);
  const text = lower(fact.toString());
  const fits = values.some((value) => {
    if (op === "cidr") return text.startsWith(NETWORKS[value] ?? "none");
    if (op === "is") return text === lower(value);
    return new RegExp(`^${lower(value).replaceAll("*", ".*")}$`).test(text);
  });
  return fits !== isNot;
}

/** The same without an index and without cleverness: every interval is looked at, again and again. */
function decidePlainly(
  intervals: readonly Interval[],
  { occurredAt, facts: given, signals }: Judged,
): Decision {
  const covering = intervals.filter(
    ({ startsAt, endsAt, conditions }) =>
      startsAt <= occurredAt && occurredAt < endsAt && conditions.every((one) => holdsPlainly(one, given)),
  );
  const unnamed = (one: Interval) => signals.filter((signal) => !one.signals.includes(signal));
  const ranked = covering
    .filter(({ mode, void: isVoid }) => mode === "enforcing" && !isVoid)
    .sort((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
    .sort((a, b) => a.entryId.localeCompare(b.entryId))
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .sort((a, b) => b.conditions.length - a.conditions.length);
  const deciding = ranked.find((one) => unnamed(one).length === 0)?.entryId ?? null;
  const kinds = (one: Interval): HitKind[] => {
    const kind = unnamed(one).length === 0 ? "matched" : "broke-through";
    if (one.void) return one.mode === "enforcing" && kind === "matched" && !deciding ? ["revoked"] : [];
    if (one.mode === "observing") return ["observed"];
    return [one.entryId === deciding ? "suppressed" : kind];
  };
  const byEntry = [...Map.groupBy(covering, ({ entryId }) => entryId)];
  const hits = byEntry.flatMap(([entryId, versions]) => {
    const found = versions.flatMap(kinds);
    const kind = HIT_KINDS.find((one) => found.includes(one));
    return kind ? [{ entryId, kind }] : [];
  });
  hits.sort((a, b) => a.entryId.localeCompare(b.entryId));
  const [first] = ranked;
  return { entryId: deciding, brokeThrough: deciding || !first ? [] : unnamed(first), hits };
}

const SIGNAL_CHOICES: Signal[] = ["new-network", "attack-tool", "stable-tag-moved"];
const VALUES = {
  actor: ["role/ci", "role/cd", "role/*"],
  image: ["prod/api", "prod/web", "*api"],
  operation: ["PutImage", "putimage", "CopyImage", "put*"],
  tag: ["1.0", "1.*"],
  accessKey: ["K1", "K2"],
} as const;

const condition: fc.Arbitrary<Condition> = fc.oneof(
  ...(Object.keys(VALUES) as (keyof typeof VALUES)[]).map((field) =>
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom("is" as const, "is" as const, "glob" as const),
      values: fc.array(fc.constantFrom(...VALUES[field]), { minLength: 1, maxLength: 3 }),
      not: fc.boolean(),
    }),
  ),
  fc.record({
    field: fc.constant("address" as const),
    op: fc.constant("cidr" as const),
    values: fc.array(fc.constantFrom(...Object.keys(NETWORKS)), { minLength: 1, maxLength: 2 }),
    not: fc.boolean(),
  }),
);

const signalList = fc.subarray(SIGNAL_CHOICES);

/** Each version ends after the one before it. It begins where that ends, or earlier: its start was moved back. */
const entry: fc.Arbitrary<Interval[]> = fc
  .record({
    createdAt: fc.constantFrom(at(0), at(1)),
    void: fc.boolean(),
    versions: fc.array(
      fc.record({
        mode: fc.constantFrom("observing" as const, "enforcing" as const, "enforcing" as const),
        conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
        signals: signalList,
        length: fc.integer({ min: 1, max: 6 }),
        back: fc.constantFrom(0, 0, 3),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    from: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ createdAt, void: isVoid, versions, from }) => {
    let next = from;
    return versions.map(({ length, back, ...version }) => {
      const startsAt = at(next - back);
      next += length;
      return { ...version, entryId: "", createdAt, void: isVoid, startsAt, endsAt: at(next) };
    });
  });

const allowlist: fc.Arbitrary<Interval[]> = fc
  .array(entry, { maxLength: 8 })
  .map((entries) =>
    entries.flatMap((intervals, place) => intervals.map((one) => ({ ...one, entryId: `entry-${place}` }))),
  );

const detection: fc.Arbitrary<Judged> = fc.record({
  occurredAt: fc.integer({ min: 0, max: 9 }).map(at),
  signals: fc.oneof(fc.constant([]), signalList),
  facts: fc.record({
    ...Object.fromEntries(Object.keys(facts).map((field) => [field, fc.constant(null)])),
    actor: fc.constantFrom("role/ci", "role/cd", null),
    image: fc.constantFrom("prod/api", "prod/web", null),
    operation: fc.constantFrom("PutImage", "PUTIMAGE", "CopyImage"),
    tag: fc.constantFrom("1.0", "2.0", null),
    accessKey: fc.constantFrom("K1", "K3", null),
    address: fc.constantFrom(parseAddress("10.0.0.1"), parseAddress("10.1.0.1"), null),
  }) as fc.Arbitrary<Facts>,
});

test("any allowlist, in any order, decides as one that looks at every entry", () => {
  const kinds = new Set<HitKind>();
  fc.assert(
    fc.property(
      allowlist.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      fc.array(detection, { minLength: 1, maxLength: 12 }),
      ([all, shuffled], detections) => {
        const decide = decider(shuffled);
        for (const one of detections) {
          const decision = decide(one);
          expect(decision).toEqual(decidePlainly(all, one));
          for (const { kind } of decision.hits) kinds.add(kind);
        }
      },
    ),
    { numRuns: 500 },
  );
  expect([...kinds].sort()).toEqual([...HIT_KINDS].sort());
});

test("five thousand entries decide as if every one were looked at", () => {
  const intervals = fc
    .sample(entry, { seed: 1525, numRuns: 5000 })
    .flatMap((versions, place) =>
      versions.map((one) => ({ ...one, entryId: `entry-${place}`, createdAt: at(place % 7) })),
    );
  const decide = decider(intervals);
  for (const one of fc.sample(detection, { seed: 1525, numRuns: 8 }))
    expect(decide(one)).toEqual(decidePlainly(intervals, one));
});
