import { describe, expect, test } from "vitest";
import { countBy, days, type Fate, largest, type PreviewCell, severities, signals, sum } from "./preview.ts";

function cell(change: Partial<PreviewCell>): PreviewCell {
  return {
    day: "2026-03-04",
    rule_id: "ecr-push",
    level: 1,
    actor_id: "a",
    image_id: "i",
    entry_id: null,
    signals: [],
    fate: "suppressed",
    detections: 1,
    ...change,
  };
}

const named = (value: string) => `name of ${value}`;

test("of nothing there is nothing", () => {
  expect(sum([])).toBe(0);
  expect(days([])).toEqual([]);
  expect(severities([])).toEqual([]);
  expect(largest([], "actor_id", named)).toEqual([]);
  expect(countBy([], () => "x")).toEqual(new Map());
});

test("cells of one value are added up, and those without one are left out", () => {
  const cells = [
    cell({ entry_id: "x", detections: 2 }),
    cell({ entry_id: "y", detections: 3 }),
    cell({ entry_id: "x", detections: 5 }),
    cell({ detections: 7 }),
  ];
  expect(sum(cells)).toBe(17);
  expect([...countBy(cells, ({ entry_id }) => entry_id)]).toEqual([
    ["x", 7],
    ["y", 3],
  ]);
});

describe("by day", () => {
  test.for<[fate: Fate, counts: { suppressed: number; brokeThrough: number; outside: number }]>([
    ["suppressed", { suppressed: 3, brokeThrough: 0, outside: 0 }],
    ["broke-through", { suppressed: 0, brokeThrough: 3, outside: 0 }],
    ["outside", { suppressed: 0, brokeThrough: 0, outside: 3 }],
  ])("each detection is counted once: %s", ([fate, counts]) => {
    expect(days([cell({ fate, detections: 2 }), cell({ fate, level: 4 })])).toEqual([
      { day: "2026-03-04", ...counts },
    ]);
  });

  test("in order, and without those that have none", () => {
    const cells = [
      cell({ day: "2026-10-01", detections: 4 }),
      cell({ day: "2026-09-30", fate: "outside", detections: 2 }),
      cell({ day: "2025-12-31", fate: "broke-through" }),
      cell({ day: "2026-09-30", detections: 3 }),
    ];
    expect(days(cells)).toEqual([
      { day: "2025-12-31", suppressed: 0, brokeThrough: 1, outside: 0 },
      { day: "2026-09-30", suppressed: 3, brokeThrough: 0, outside: 2 },
      { day: "2026-10-01", suppressed: 4, brokeThrough: 0, outside: 0 },
    ]);
  });
});

describe("the largest", () => {
  const actors = (count: number) =>
    Array.from({ length: count }, (_, place) =>
      cell({ actor_id: `actor ${String(place).padStart(2, "0")}`, detections: 100 - place }),
    );

  test("come first, by their names", () => {
    const cells = [
      cell({ rule_id: "acr-push", detections: 2 }),
      cell({ rule_id: "ecr-push", detections: 1 }),
      cell({ rule_id: "ecr-push", detections: 4 }),
    ];
    expect(largest(cells, "rule_id", named)).toEqual([
      { value: "ecr-push", name: "name of ecr-push", detections: 5 },
      { value: "acr-push", name: "name of acr-push", detections: 2 },
    ]);
  });

  test("ten are all there are", () => {
    const listed = largest(actors(10), "actor_id", named);
    expect(listed).toHaveLength(10);
    expect(listed.at(-1)).toEqual({ value: "actor 09", name: "name of actor 09", detections: 91 });
  });

  test("of twelve, two are the others", () => {
    const listed = largest(actors(12).reverse(), "actor_id", named);
    expect(listed).toHaveLength(11);
    expect(listed.at(0)?.value).toBe("actor 00");
    expect(listed.at(-1)).toEqual({ value: "", name: "all others", detections: 90 + 89 });
  });

  test("those without a value are among the others", () => {
    const cells = [cell({ image_id: null, detections: 50 }), cell({ detections: 2 })];
    expect(largest(cells, "image_id", named)).toEqual([
      { value: "i", name: "name of i", detections: 2 },
      { value: "", name: "all others", detections: 50 },
    ]);
  });

  test("none has a value", () => {
    expect(largest([cell({ actor_id: null, detections: 3 })], "actor_id", named)).toEqual([
      { value: "", name: "all others", detections: 3 },
    ]);
  });

  test("of equals the same ones are listed, in whichever order they come", () => {
    const cells = Array.from({ length: 12 }, (_, place) => cell({ actor_id: `actor ${place + 10}` }));
    expect(largest(cells.toReversed(), "actor_id", named)).toEqual(largest(cells, "actor_id", named));
  });

  test("add up to all, whatever they are counted by", () => {
    const cells = [...actors(25), cell({ actor_id: null, image_id: null, detections: 9 })];
    for (const key of ["rule_id", "actor_id", "image_id"] as const)
      expect(largest(cells, key, named).reduce((total, { detections }) => total + detections, 0)).toBe(
        sum(cells),
      );
  });
});

test("severities come from the worst to the least, without those that have none", () => {
  const cells = [
    cell({ level: 0, detections: 5 }),
    cell({ level: 4, detections: 1 }),
    cell({ level: 2, detections: 2 }),
    cell({ level: 4, detections: 1 }),
    cell({ level: 3, detections: 0 }),
  ];
  expect(severities(cells)).toEqual([
    { value: "critical", name: "critical", detections: 2 },
    { value: "medium", name: "medium", detections: 2 },
    { value: "info", name: "info", detections: 5 },
  ]);
});

test("a detection breaks through by each signal that is not named", () => {
  const cells = [
    cell({ fate: "broke-through", signals: ["new-network", "attack-tool"], detections: 3 }),
    cell({ fate: "broke-through", signals: ["new-network"], detections: 4 }),
    cell({ fate: "outside", signals: ["new-network"], detections: 8 }),
    cell({ signals: ["stable-tag-moved"], detections: 9 }),
  ];
  expect(signals(cells, ["stable-tag-moved"])).toEqual([
    { signal: "new-network", detections: 7 },
    { signal: "attack-tool", detections: 3 },
  ]);
  expect(signals(cells, ["new-network"])).toEqual([{ signal: "attack-tool", detections: 3 }]);
});
