import { expect, test } from "vitest";
import { deedsSentence } from "./sentence.ts";

const none = { events: 0, detections: 0, suppressed: 0, alerts: 0, open: 0 };

test.for<[did: Partial<typeof none>, sentence: string]>([
  [{ events: 1 }, "1 event; 0 detections; 0 alerts"],
  [
    { events: 12_431, detections: 91, suppressed: 3, alerts: 12, open: 2 },
    "12,431 events; 91 detections, 3 of them suppressed; 12 alerts, 2 of them open",
  ],
  [
    { events: 4, detections: 2, suppressed: 2, alerts: 1, open: 0 },
    "4 events; 2 detections, all suppressed; 1 alert, none open",
  ],
  [
    { events: 4, detections: 1, suppressed: 1, alerts: 1, open: 1 },
    "4 events; 1 detection, suppressed; 1 alert, open",
  ],
])("%j", ([did, sentence]) => {
  expect(deedsSentence({ ...none, ...did })).toBe(sentence);
});
