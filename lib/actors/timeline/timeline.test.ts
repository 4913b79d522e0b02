import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bucket,
  brokenDays,
  bucketStart,
  DAY_MS,
  dayOf,
  inBuckets,
  occupiedBy,
  stepFor,
  wholeDays,
} from "./bucket.ts";
import { drawTimeline, MOST_LANES, SLOTS } from "./draw.ts";
import { type EventPoint, historyBefore, isWorse } from "./point.ts";
import { piecesOf, placeOf, runningTime, timeAt } from "./scale.ts";
import { offsetMs, ticksOf } from "./ticks.ts";
import { sumOf, type Timeline, totalsOf } from "./timeline.ts";
import { panned, type Span, wholeOf, windowOf, zoomed } from "./window.ts";

const at = (text: string) => Date.parse(text);
const HOUR_MS = 3_600_000;
const life = { from: at("2026-01-01T00:00:00Z"), to: at("2026-03-31T00:00:00Z") };

describe("the window", () => {
  test.for<[name: string, from: string | undefined, to: string | undefined, seen: Span | null]>([
    ["is the whole life when nothing is asked", undefined, undefined, wholeOf(life)],
    ["of a hundred years is the life", "1950-01-01T00:00:00Z", "2050-01-01T00:00:00Z", wholeOf(life)],
    ["from the year 1 is the life", "0001-01-01T00:00:00Z", undefined, wholeOf(life)],
    [
      "within the life is what is asked",
      "2026-02-01T00:00:00Z",
      "2026-02-02T00:00:00Z",
      { from: at("2026-02-01T00:00:00Z"), to: at("2026-02-02T00:00:00Z") },
    ],
    ["after the life is none", "2027-01-01T00:00:00Z", undefined, null],
    ["before the life is none", undefined, "2025-01-01T00:00:00Z", null],
    ["that ends before it begins is none", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z", null],
  ])("%s", ([, from, to, seen]) => {
    expect(windowOf(life, from ? at(from) : undefined, to ? at(to) : undefined)).toEqual(seen);
  });

  test("of one event has room on both sides", () => {
    const one = { from: life.from, to: life.from };
    const window = windowOf(one, undefined, undefined);
    expect(window).toEqual({ from: life.from - 500, to: life.from + 500 });
  });

  test("that is a single instant is widened around it", () => {
    expect(windowOf(life, life.from + 1000, life.from + 1000)).toEqual({
      from: life.from + 950,
      to: life.from + 1050,
    });
  });

  test("zooms around a point, and never out of the whole", () => {
    const whole = wholeOf(life);
    const near = zoomed(whole, whole, 0.5, life.from + 10 * DAY_MS);
    expect((near.to - near.from) / (whole.to - whole.from)).toBeCloseTo(0.5);
    expect(near.from).toBe(life.from + 5 * DAY_MS);
    expect(zoomed(near, whole, 4, life.from)).toEqual(whole);
    expect(panned(near, whole, -10)).toEqual({ from: whole.from, to: whole.from + (near.to - near.from) });
    expect(zoomed(near, whole, 1e-15, life.from).to - zoomed(near, whole, 1e-15, life.from).from).toBe(100);
  });
});

describe("buckets", () => {
  test.for<[step: number, most: number, least: number | undefined, chosen: number]>([
    [HOUR_MS, 120, undefined, 30_000],
    [24 * HOUR_MS, 120, undefined, 900_000],
    [730 * DAY_MS, 120, undefined, 7 * DAY_MS],
    [2 * DAY_MS, 120, DAY_MS, DAY_MS],
    [2026 * 365 * DAY_MS, 120, undefined, 17 * 364 * DAY_MS],
    [1, 120, undefined, 1],
  ])("for %d ms in at most %d", ([time, most, least, chosen]) => {
    expect(stepFor(time, most, least)).toBe(chosen);
  });

  test("of several days begin on Mondays, also before the epoch", () => {
    for (const time of [at("2026-03-04T12:00:00Z"), at("0001-05-05T00:00:00Z")]) {
      const start = bucketStart(time, 7 * DAY_MS);
      expect(new Date(start).getUTCDay()).toBe(1);
      expect(time - start).toBeGreaterThanOrEqual(0);
      expect(time - start).toBeLessThan(7 * DAY_MS);
    }
  });

  test("a window's whole days and broken days are all of it, none twice", () => {
    const time = fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS });
    fc.assert(
      fc.property(time, time, (one, other) => {
        const window = { from: Math.min(one, other), to: Math.max(one, other) };
        const parts = [...brokenDays(window), ...(wholeDays(window) ? [wholeDays(window) as Span] : [])].sort(
          (a, b) => a.from - b.from,
        );
        expect(parts[0]?.from).toBe(window.from);
        expect(parts.at(-1)?.to).toBe(window.to);
        for (const [index, part] of parts.slice(1).entries())
          expect(part.from).toBe((parts[index]?.to ?? 0) + 1);
        for (const broken of brokenDays(window)) expect(dayOf(broken.from)).toBe(dayOf(broken.to));
      }),
    );
  });

  test("a wider step adds up and loses nothing", () => {
    const parts = Array.from({ length: 400 }, (_, day): Bucket => {
      const service = day % 3 === 0 ? "ecr" : "ec2";
      return { start: day * DAY_MS, service, events: day, detections: day % 5, suppressed: day % 2 };
    });
    const weeks = inBuckets(parts, 7 * DAY_MS);
    expect(sumOf(weeks)).toEqual(sumOf(parts));
    expect(new Set(weeks.map(({ start, service }) => `${start} ${service}`)).size).toBe(weeks.length);
  });

  test("those that touch are one stretch", () => {
    const window = { from: 500, to: 10_000 };
    expect(occupiedBy([{ start: 0 }, { start: 1000 }, { start: 5000 }], 1000, window)).toEqual([
      { from: 500, to: 2000 },
      { from: 5000, to: 6000 },
    ]);
  });
});

describe("the scale", () => {
  const year = { from: at("2026-01-01T00:00:00Z"), to: at("2027-01-01T00:00:00Z") };
  const day = (text: string) => ({ from: at(text), to: at(text) + DAY_MS });

  test("runs evenly where nothing is empty for long", () => {
    const pieces = piecesOf(year, [year]);
    expect(pieces).toEqual([{ ...year, start: 0.8, end: 99.2, isFold: false }]);
    expect(placeOf(pieces, (year.from + year.to) / 2)).toBeCloseTo(50);
  });

  test("folds long stretches in which nothing happened, and says how long they are", () => {
    const pieces = piecesOf(year, [day("2026-01-01T00:00:00Z"), day("2026-11-01T00:00:00Z")]);
    const folds = pieces.filter(({ isFold }) => isFold);
    expect(folds.map(({ from, to }) => Math.round((to - from) / DAY_MS))).toEqual([302, 60]);
    expect(runningTime(pieces)).toBeLessThan(5 * DAY_MS);
  });

  test("leaves what stands beside a fold, or alone, room on the side of the fold", () => {
    const instants = [
      "2026-01-01T00:00:00Z",
      "2026-06-01T00:00:00Z",
      "2026-06-01T00:01:00Z",
      "2027-01-01T00:00:00Z",
    ];
    const occupied = instants.map((time) => ({ from: at(time), to: at(time) }));
    const pieces = piecesOf(year, occupied);
    expect(pieces.map(({ isFold }) => isFold)).toEqual([false, true, false, true, false]);
    const fold = pieces[1];
    expect((fold?.start ?? 0) - placeOf(pieces, year.from)).toBeGreaterThan(4);
  });

  test("one record of the year 1 leaves two busy years to be told apart", () => {
    const window = { from: at("0001-01-01T00:00:00Z"), to: at("2026-12-31T00:00:00Z") };
    const busy = { from: at("2025-01-01T00:00:00Z"), to: at("2026-12-31T00:00:00Z") };
    const pieces = piecesOf(window, [{ from: window.from, to: window.from + DAY_MS }, busy]);
    expect(placeOf(pieces, busy.to) - placeOf(pieces, busy.from)).toBeGreaterThan(80);
  });

  test("of nothing at all, or of one instant, is one piece", () => {
    expect(piecesOf(year, [])).toHaveLength(1);
    const instant = { from: 5, to: 5 };
    expect(placeOf(piecesOf(instant, [instant]), 5)).toBeGreaterThanOrEqual(0);
  });

  test("goes up with time, fills the width, and leads back from a place to its time", () => {
    const occupied = fc
      .array(fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 2000 })), {
        maxLength: 30,
      })
      .map((spans) =>
        spans.map(([from, length]) => ({ from, to: from + length })).sort((a, b) => a.from - b.from),
      );
    fc.assert(
      fc.property(occupied, fc.integer({ min: 0, max: 1_002_000 }), (spans, time) => {
        const window = { from: 0, to: 1_002_000 };
        const pieces = piecesOf(window, spans);
        expect(pieces[0]).toMatchObject({ from: 0, start: 0.8 });
        expect(pieces.at(-1)?.to).toBe(window.to);
        expect(pieces.at(-1)?.end).toBeCloseTo(99.2);
        for (const [index, piece] of pieces.slice(1).entries()) {
          expect(piece.from).toBe(pieces[index]?.to);
          expect(piece.start).toBeCloseTo(pieces[index]?.end ?? 0);
        }
        for (const span of spans) {
          const isHidden = pieces.some(({ isFold, from, to }) => isFold && span.from > from && span.to < to);
          expect(isHidden).toBe(false);
        }
        const place = placeOf(pieces, time);
        const piece = pieces.find(({ end }) => place <= end + 1e-9);
        const grain = piece ? Math.max(2, ((piece.to - piece.from) / (piece.end - piece.start)) * 1e-6) : 2;
        expect(Math.abs(timeAt(pieces, place) - time)).toBeLessThanOrEqual(grain);
      }),
    );
  });
});

describe("ticks", () => {
  test.for<[zone: string, hours: number]>([
    ["UTC", 0],
    ["Europe/Berlin", 1],
    ["Asia/Kolkata", 5.5],
    ["America/St_Johns", -3.5],
  ])("in %s stand at its round times", ([zone, hours]) => {
    const from = at("2026-01-10T00:00:00Z");
    expect(offsetMs(from, zone)).toBe(hours * HOUR_MS);
    const ticks = ticksOf(piecesOf({ from, to: from + 10 * DAY_MS }, []), zone);
    expect(ticks.length).toBeGreaterThan(3);
    for (const tick of ticks) expect((tick.at + hours * HOUR_MS) % DAY_MS).toBe(0);
  });

  test("stand at midnight on both sides of a change of clocks", () => {
    const from = at("2026-03-25T00:00:00Z");
    const ticks = ticksOf(piecesOf({ from, to: from + 8 * DAY_MS }, []), "Europe/Berlin");
    const clocks = ticks.map((tick) =>
      new Date(tick.at).toLocaleTimeString("en-GB", {
        timeZone: "Europe/Berlin",
        hour: "2-digit",
        minute: "2-digit",
      }),
    );
    expect(new Set(clocks)).toEqual(new Set(["00:00"]));
  });

  test("of the year 1 and of a hundred years are few, in order and within the width", () => {
    for (const window of [
      { from: at("0001-01-01T00:00:00Z"), to: at("0001-01-02T00:00:00Z") },
      { from: at("1950-01-01T00:00:00Z"), to: at("2050-01-01T00:00:00Z") },
      { from: 0, to: 100 },
    ]) {
      const ticks = ticksOf(piecesOf(window, []), "Asia/Kolkata");
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.length).toBeLessThan(13);
      expect(ticks.map(({ x }) => x)).toEqual(ticks.map(({ x }) => x).sort((a, b) => a - b));
    }
  });
});

function point(time: number, overrides: Partial<EventPoint> = {}): EventPoint {
  return {
    id: String(time),
    at: time,
    service: "ecr",
    operation: "PutImage",
    outcome: "success",
    errorCode: null,
    detections: [],
    ...overrides,
  };
}

const detection = {
  ruleId: "r",
  severity: "high",
  score: 60,
  isSuppressed: false,
  alertNumber: 1,
  status: "new",
  verdict: null,
} as const;

function timeline(overrides: Partial<Timeline>): Timeline {
  return {
    life,
    window: wholeOf(life),
    histogram: null,
    points: [],
    worst: [],
    newcomers: [],
    historyFrom: null,
    overview: { step: DAY_MS, buckets: [] },
    ...overrides,
  };
}

describe("the drawing", () => {
  test("has a mark for every event, those of the same millisecond above each other", () => {
    const points = Array.from({ length: 6 }, (_, index) => point(life.from, { id: `e${index}` }));
    const [lane] = drawTimeline(timeline({ points })).lanes;
    expect(lane?.dots).toHaveLength(6);
    expect(new Set(lane?.dots.slice(0, SLOTS).map(({ slot }) => slot)).size).toBe(SLOTS);
    expect(new Set(lane?.dots.map(({ x }) => x)).size).toBe(1);
    expect(lane?.counts).toEqual({ events: 6, detections: 0, suppressed: 0 });
  });

  test("of one event is one mark within the width", () => {
    const one = { from: life.from, to: life.from };
    const drawing = drawTimeline(timeline({ life: one, window: wholeOf(one), points: [point(life.from)] }));
    expect(drawing.lanes).toHaveLength(1);
    expect(drawing.lanes[0]?.dots[0]?.x).toBeCloseTo(50);
  });

  test("keeps lanes in the order of a whole life, the busiest first, and gathers those that are too many", () => {
    const services = Array.from(
      { length: MOST_LANES + 3 },
      (_, index) => `s${String(index).padStart(2, "0")}`,
    );
    const buckets = services.map((service, index) => ({
      start: dayOf(life.from),
      service,
      events: index + 1,
      detections: 1,
      suppressed: 1,
    }));
    const histogram = { step: DAY_MS, buckets };
    const { lanes } = drawTimeline(timeline({ histogram, overview: histogram }));
    expect(lanes).toHaveLength(MOST_LANES);
    expect(lanes[0]?.service).toBe(services.at(-1));
    expect(lanes.at(-1)).toMatchObject({ service: null, services: 4, counts: { events: 10, detections: 4 } });
    expect(sumOf(lanes.map(({ counts }) => counts))).toEqual(sumOf(buckets));
  });

  test("says the worst of a bar, and cuts its time to the window", () => {
    const start = dayOf(life.from + 10 * DAY_MS);
    const histogram = {
      step: DAY_MS,
      buckets: [{ start, service: "ecr", events: 4, detections: 2, suppressed: 1 }],
    };
    const worst = [{ start, service: "ecr", severity: "high" as const, isSuppressed: false }];
    const window = { from: start + HOUR_MS, to: start + 3 * DAY_MS };
    const [bar] = drawTimeline(timeline({ window, histogram, worst })).lanes[0]?.bars ?? [];
    expect(bar).toMatchObject({
      span: { from: start + HOUR_MS, to: start + DAY_MS - 1 },
      x: 0.8,
      height: 1,
      worst: { severity: "high", isSuppressed: false },
    });
  });

  test("gathers what is new where it would lie upon each other", () => {
    const sample = { field: "region" as const, value: "eu-west-1", name: null };
    const newcomers = [0, 1, 60].map((minutes) => ({
      at: life.from + minutes * 60_000,
      to: life.from + minutes * 60_000,
      count: 2,
      samples: [sample],
    }));
    const window = { from: life.from, to: life.from + 2 * HOUR_MS };
    const drawn = drawTimeline(
      timeline({
        window,
        points: Array.from({ length: 13 }, (_, at) => point(window.from + at * 600_000)),
        newcomers,
      }),
    );
    expect(drawn.newcomers.map(({ newcomers: { count, samples } }) => [count, samples.length])).toEqual(
      expect.arrayContaining([[4, 2]]),
    );
    expect(drawn.newcomers.reduce((sum, { newcomers: { count } }) => sum + count, 0)).toBe(6);
  });

  test("counts what its points hold", () => {
    const points = [point(1), point(2, { detections: [detection, { ...detection, isSuppressed: true }] })];
    expect(totalsOf({ histogram: null, points })).toEqual({ events: 2, detections: 2, suppressed: 1 });
  });
});

test("an open detection is worse than any suppressed one", () => {
  const open = { severity: "low", isSuppressed: false } as const;
  const suppressed = { severity: "critical", isSuppressed: true } as const;
  expect(isWorse(open, suppressed)).toBe(true);
  expect(isWorse(suppressed, open)).toBe(false);
  expect(isWorse({ ...open, severity: "high" }, open)).toBe(true);
});

test.for<[name: string, historyFrom: number | null, told: { days: number; isShort: boolean }]>([
  ["none", null, { days: 0, isShort: true }],
  ["13 days and 23 hours", life.from - 14 * DAY_MS + HOUR_MS, { days: 13, isShort: true }],
  ["14 days", life.from - 14 * DAY_MS, { days: 14, isShort: false }],
  ["a history that begins later", life.from + DAY_MS, { days: 0, isShort: true }],
])("history: %s", ([, historyFrom, told]) => {
  expect(historyBefore(life.from, historyFrom)).toEqual(told);
});
