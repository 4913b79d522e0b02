import { expect, test } from "vitest";
import { deletionSentence } from "./deletion-sentence.ts";

const none = { events: 0, handedOver: 0, detections: 0, rejected: 0, alertsDeleted: 0, alertsKept: 0 };

test.for<[counts: Partial<typeof none>, would: string, did: string]>([
  [{}, "Nothing would be deleted but the import itself.", "Nothing was deleted but the import itself."],
  [
    { events: 12_000, detections: 1, alertsDeleted: 1, rejected: 3 },
    "This would delete 12,000 events, 1 detection, 1 alert and 3 rejected records.",
    "Deleted: 12,000 events, 1 detection, 1 alert and 3 rejected records.",
  ],
  [
    { events: 1, handedOver: 1, alertsKept: 2 },
    "This would delete 1 event. 1 event that another import delivered too stays and 2 alerts that people worked on stay, and their histories say what is gone.",
    "Deleted: 1 event. 1 event that another import delivered too stays and 2 alerts that people worked on stay, and their histories say what is gone.",
  ],
])("%j", ([counts, would, did]) => {
  expect(deletionSentence({ ...none, ...counts }, "would")).toBe(would);
  expect(deletionSentence({ ...none, ...counts }, "did")).toBe(did);
});
