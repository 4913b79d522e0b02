import { expect, test } from "vitest";
import { spanWords } from "./span-words.ts";

const NOW = new Date("2026-11-24T12:00:00Z");

test.for([
  ["2026-11-24T10:00:00Z", "2026-11-24T10:05:00Z", "24 Nov 15:30:00 – 15:35:00"],
  ["2026-11-24T18:00:00Z", "2026-11-24T19:00:00Z", "24 Nov 23:30:00 – 25 Nov 00:30:00"],
  ["2026-11-02T00:00:00Z", "2026-11-20T00:00:00Z", "2 Nov 05:30:00 – 20 Nov 05:30:00"],
  ["2025-05-01T00:00:00Z", "2025-05-01T01:00:00Z", "1 May 2025 05:30:00 – 06:30:00"],
  ["2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "1 Jan 2024 05:30:00 – 1 Jan 2026 05:30:00"],
  ["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.937Z", "24 Nov 15:30:00, less than a second"],
] as const)("from %s to %s", ([from, to, words]) => {
  expect(spanWords({ from: new Date(from), to: new Date(to) }, "Asia/Kolkata", NOW)).toBe(words);
});
