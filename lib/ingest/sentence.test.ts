import { expect, test } from "vitest";
import { IMPORT_FAILURES, type ImportFailure, type ImportProgress } from "./import.ts";
import { importSentence } from "./sentence.ts";

const done: ImportProgress = {
  id: "x",
  state: "done",
  byteSize: 10,
  bytesRead: 10,
  records: 1204,
  newCount: 1100,
  duplicateCount: 100,
  rejectedCount: 4,
  detectionCount: 12,
};

test.for<[progress: Partial<ImportProgress & { failure: ImportFailure | null }>, sentence: string]>([
  [{}, "1,204 records: 1,100 new, 100 known already, 4 rejected; 12 detections."],
  [
    { duplicateCount: 0, rejectedCount: 0, newCount: 1204, detectionCount: 1 },
    "1,204 records: 1,204 new; 1 detection.",
  ],
  [
    { newCount: 0, rejectedCount: 0, duplicateCount: 1204, detectionCount: 0 },
    "All 1,204 records were known already.",
  ],
  [
    { records: 1, newCount: 0, rejectedCount: 0, duplicateCount: 1, detectionCount: 0 },
    "The one record was known already.",
  ],
  [{ records: 0, newCount: 0, rejectedCount: 0, duplicateCount: 0 }, "The file held no records."],
  [{ state: "receiving", records: 0 }, "Gathering deliveries; read within a minute."],
  [{ state: "queued", records: 0 }, "Waiting to be read."],
  [{ state: "running", records: 0 }, "Being read."],
  [
    { state: "running", duplicateCount: 1204, newCount: 0, rejectedCount: 0, detectionCount: 0 },
    "1,204 records: 0 new, 1,204 known already; 0 detections.",
  ],
  [{ state: "failed", failure: "csv", records: 0 }, IMPORT_FAILURES.csv],
  [{ state: "failed", failure: "gave-up" }, IMPORT_FAILURES["gave-up"]],
  [{ state: "failed", records: 0 }, "The file could not be read."],
  [{ state: "cancelled", records: 0 }, "Cancelled before anything was read."],
  [
    { state: "cancelled" },
    "Cancelled; read until then: 1,204 records: 1,100 new, 100 known already, 4 rejected; 12 detections.",
  ],
])("%j", ([progress, sentence]) => {
  expect(importSentence({ ...done, ...progress })).toBe(sentence);
});
