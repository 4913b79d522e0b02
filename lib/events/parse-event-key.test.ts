import { expect, test } from "vitest";
import { encodeEventKey } from "./event-key.ts";
import { decodeEventKey } from "./parse-event-key.ts";

const ID = "a0000000-0000-4000-8000-000000000001";

test.for<[key: unknown, time: string | undefined]>([
  [encodeEventKey({ occurredAt: new Date("2026-03-04T12:00:00.123Z"), id: ID }), "2026-03-04T12:00:00.123Z"],
  [encodeEventKey({ occurredAt: new Date("1969-07-20T20:17:40Z"), id: ID }), "1969-07-20T20:17:40.000Z"],
  [`253402300799999~${ID}`, "9999-12-31T23:59:59.999Z"],
  [`253402300800000~${ID}`, undefined],
  [`999999999999999~${ID}`, undefined],
  [`-62135596800001~${ID}`, undefined],
  [`1e3~${ID}`, undefined],
  [`~${ID}`, undefined],
  ["1767225600000~", undefined],
  ["1767225600000~a\0b", undefined],
  [["1767225600000"], undefined],
  [undefined, undefined],
])("%j names the event of %s", ([key, time]) => {
  expect(decodeEventKey(key)?.occurredAt.toISOString()).toBe(time);
});
