import { expect, test } from "vitest";
import { MINUTE_MS } from "#lib/emulation/cloudtrail-log.ts";
import { messagesOfMinute } from "./demo-messages.ts";

// A day, in which each kind of work comes.
const FIRST = 29_700_000;
const minutes = Array.from({ length: 1440 }, (_, at) => FIRST + at);

test("a minute's messages are always the same, and another's are others", () => {
  expect(messagesOfMinute(FIRST)).toEqual(messagesOfMinute(FIRST));
  const all = minutes.flatMap(messagesOfMinute);
  expect(all.length).toBeGreaterThan(3000);
  expect(new Set(all.map(({ raw }) => raw)).size).toBe(all.length);
});

test("they happen and are received within it, so that a pull that comes later misses none", () => {
  for (const minute of minutes) {
    const [start, end] = [minute * MINUTE_MS, (minute + 1) * MINUTE_MS];
    for (const { messageTime, receiptTime = 0 } of messagesOfMinute(minute)) {
      expect(messageTime).toBeGreaterThanOrEqual(start);
      expect(receiptTime).toBeGreaterThanOrEqual(messageTime);
      expect(receiptTime).toBeLessThan(end);
    }
  }
});

test("among them are pushes, images shared with everybody, and Azure's", () => {
  const text = minutes
    .flatMap(messagesOfMinute)
    .map(({ raw }) => raw)
    .join("\n");
  for (const word of ["PutImage", '"group":"all"', "MICROSOFT.COMPUTE/IMAGES/WRITE", "DescribeInstances"]) {
    expect(text).toContain(word);
  }
});
