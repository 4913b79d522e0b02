import { describe, expect, test } from "vitest";
import { addCounts, MOST_EXAMPLES, noCounts, type ReplayCounts } from "./replay.ts";
import { notCounted, replaySentence } from "./replay-sentence.ts";

describe("what a replay amounts to, in a sentence", () => {
  test.for<[counts: Partial<ReplayCounts>, would: string, did: string]>([
    [{ unchanged: 5 }, "Nothing would differ.", "Nothing differed."],
    [{ changed: 1 }, "1 event would change.", "1 event changed."],
    [
      {
        read: 1200,
        rules: { "ecr-push": { made: 3, gone: 0, rescored: 1 }, other: { made: 0, gone: 2, rescored: 0 } },
      },
      "1,200 rejected records would become events, 3 detections would be made, 2 detections would go and 1 detection would score otherwise.",
      "1,200 rejected records became events, 3 detections were made, 2 detections went and 1 detection scores otherwise.",
    ],
    [
      { alertsMade: 1, alertsKept: 2, severities: 1 },
      "1 alert would be new, 2 alerts would stay without detections and 1 alert would have another severity.",
      "1 alert is new, 2 alerts stay without detections and 1 alert has another severity.",
    ],
  ])("%j", ([counts, would, did]) => {
    expect(replaySentence({ ...noCounts(), ...counts }, true)).toBe(would);
    expect(replaySentence({ ...noCounts(), ...counts }, false)).toBe(did);
  });
});

test("a dry run says what it does not count, where it does not count all", () => {
  const rules = { "ecr-push": { made: 1, gone: 0, rescored: 0 } };
  expect(notCounted({ ...noCounts(), unchanged: 5 }, "normalise")).toBeNull();
  expect(notCounted({ ...noCounts(), suppressed: 5 }, "allow")).toBeNull();
  expect(notCounted({ ...noCounts(), changed: 1 }, "normalise")).toMatch(/^Scores.*Not counted is/);
  expect(notCounted({ ...noCounts(), rules }, "detect")).toMatch(/Not counted is/);
});

test("counts of two parts add up, and of each kind of example a few are kept", () => {
  const example = (what: "changed" | "lost", at: number) => ({
    occurredAt: "2026-03-04T00:00:00.000Z",
    id: `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`,
    operation: "PutImage",
    what,
    fields: [],
  });
  const part: ReplayCounts = {
    ...noCounts(),
    changed: 15,
    fields: { region: 2 },
    rules: { "ecr-push": { made: 1, gone: 2, rescored: 3 } },
    events: [...Array.from({ length: 15 }, (_, at) => example("changed", at)), example("lost", 99)],
  };
  const both = addCounts(part, { ...part, fields: { region: 1, network: 4 } });
  expect(both).toMatchObject({
    changed: 30,
    fields: { region: 3, network: 4 },
    rules: { "ecr-push": { made: 2, gone: 4, rescored: 6 } },
    severities: null,
  });
  expect(both.events.filter(({ what }) => what === "changed")).toHaveLength(MOST_EXAMPLES);
  expect(both.events.filter(({ what }) => what === "lost")).toHaveLength(2);
});
