import { expect, test } from "vitest";
import type { ConnectionTest } from "#lib/sumo/connection.ts";
import { testSentences } from "./test-words.ts";

const SEEN: ConnectionTest = {
  messages: 1200,
  isTruncated: false,
  minutes: 15,
  bytesScanned: 2_500_000,
  records: 500,
  known: 500,
  logSources: [],
  warnings: [],
};

test("says how much there is and that it can be read", () => {
  expect(testSentences(SEEN)).toEqual([
    "Sumo Logic answers: 1,200 messages in the last 15 minutes. Sumo Logic scanned 2.5 MB.",
    "Barnacle can read all 500 records that it looked at.",
  ]);
});

test("says how much cannot be read, never rounded up to all", () => {
  expect(testSentences({ ...SEEN, known: 499 })[1]).toMatch(/499 of the 500 .*\(99 %\)/);
});

test("says that a count is a least one", () => {
  expect(testSentences({ ...SEEN, isTruncated: true })[0]).toMatch(/at least 1,200 messages/);
});

test("an answer without messages says what to check", () => {
  const sentences = testSentences({ ...SEEN, messages: 0, records: 0, known: 0 });
  expect(sentences[0]).toMatch(/holds no message/);
  expect(sentences[1]).toMatch(/check the source categories/);
});
