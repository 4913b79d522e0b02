import { expect, test } from "vitest";
import type { NewField } from "#lib/events/event-row.ts";
import { countWords, eventSentence, newnessWords, standingWords } from "./words.ts";

test.for<[fields: NewField[], historyDays: number, isShort: boolean, expected: string]>([
  [["operation"], 94, false, "new operation, 94 days of history"],
  [["operation", "network"], 1204, false, "new operation, network, 1,204 days of history"],
  [["image"], 3, true, "first seen: image, only 3 days of history"],
  [["image"], 1, true, "first seen: image, only 1 day of history"],
])("%j after %i days", ([fields, historyDays, isShort, expected]) => {
  expect(newnessWords({ fields, historyDays, isShort })).toBe(expected);
});

test.for<[count: number, bound: "limit" | "effort" | null, isNarrowed: boolean, expected: string]>([
  [0, null, false, "0 events"],
  [1, null, true, "1 event matches"],
  [1204, null, true, "1,204 events match"],
  [10_000, "limit", false, "10,000+ events"],
  [1, "effort", true, "at least 1 events match"],
])("%i with the bound %s", ([count, bound, isNarrowed, expected]) => {
  expect(countWords({ count, bound }, isNarrowed)).toBe(expected);
});

test("a detection's standing is its entry's, else its alert's", () => {
  const alert = { status: "closed", verdict: "duplicate" };
  expect(standingWords({ ...alert, suppressedBy: 12 })).toBe("suppressed by ALW-12");
  expect(standingWords({ ...alert, suppressedBy: null })).toBe("duplicate");
  expect(standingWords({ status: "in_progress", verdict: null, suppressedBy: null })).toBe("in progress");
});

test.for<[change: object, expected: string]>([
  [{}, "role/ci called PutImage on prod/api:1.4 from 198.51.100.7."],
  [{ outcome: "failure" }, "role/ci called PutImage on prod/api:1.4 from 198.51.100.7; it failed."],
  [
    { actor: null, images: [], sourceIp: null, outcome: "unknown" },
    "Somebody whom the log does not name called PutImage; the log does not say how it ended.",
  ],
])("a sentence with %j", ([change, expected]) => {
  const image = { id: "i", name: "prod/api", role: "made" as const, tag: "1.4", digest: null };
  const event = {
    actor: { id: "a", name: "role/ci" },
    operation: "PutImage",
    outcome: "success" as const,
    images: [image],
    sourceIp: "198.51.100.7",
  };
  expect(eventSentence({ ...event, ...change })).toBe(expected);
});
