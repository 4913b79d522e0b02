import { expect, test } from "vitest";
import { type QueueName, queueOf } from "./queue.ts";

type Row = [
  status: string,
  newActivity: boolean,
  suppressedLive: QueueName,
  suppressedHistory: QueueName,
  openLive: QueueName,
  openHistory: QueueName,
];

const rows: Row[] = [
  ["new", false, "suppressed", "suppressed", "open", "history"],
  ["new", true, "suppressed", "suppressed", "open", "history"],
  ["in_progress", false, "open", "open", "open", "open"],
  ["in_progress", true, "open", "open", "open", "open"],
  ["waiting", false, "open", "open", "open", "open"],
  ["waiting", true, "open", "open", "open", "open"],
  ["escalated", false, "open", "open", "open", "open"],
  ["escalated", true, "open", "open", "open", "open"],
  ["closed", false, "closed", "closed", "closed", "closed"],
  ["closed", true, "open", "open", "open", "open"],
];

const cases = rows.flatMap(([status, newActivity, ...queues]) =>
  [
    { suppressed: true, live: true },
    { suppressed: true, live: false },
    { suppressed: false, live: true },
    { suppressed: false, live: false },
  ].map((facts, at) => ({ status, newActivity, ...facts, queue: queues[at] })),
);

test.for(cases)("$status, new activity $newActivity, suppressed $suppressed, live $live: $queue", (facts) => {
  expect(queueOf(facts)).toBe(facts.queue);
});
