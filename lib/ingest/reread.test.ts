import { expect, test } from "vitest";
import { RULES } from "#lib/detection/rules.ts";
import { cloudTrailRecord } from "#lib/logs/normalize/fixtures.ts";
import { indexMappings } from "#lib/logs/normalize/table-mapping.ts";
import { DEFAULT_READ_LIMITS } from "#lib/logs/read/record.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { isKeptWhole, isOtherReason, rereadEvent, rereadRejected } from "./reread.ts";

const settings = { rules: RULES, organisation: unknownOrganisation(), mappings: indexMappings([]) };
const raw = (text: string) => ({ bytes: Buffer.from(text), index: 7, line: 9, byteOffset: 120 });
const one = JSON.stringify(cloudTrailRecord({ eventName: "CreateImage" }));

test("the record of an event is the event again, and keeps its place", () => {
  const { events, rejection } = rereadEvent(raw(one), settings);
  expect(rejection).toBeNull();
  expect(events).toMatchObject([{ event: { operation: "CreateImage" }, raw: { index: 7, line: 9 } }]);
  expect(events[0]?.detections).toHaveLength(1);
});

test("a rejected record may be several events in a wrapper, and some of it rejected still", () => {
  const two = JSON.stringify(cloudTrailRecord({ eventName: "CopyImage" }));
  const wrapper = `{"Records":[${one},${two},{"odd":1}]}`;
  const { events, rejection } = rereadRejected(raw(wrapper), settings, DEFAULT_READ_LIMITS);
  expect(events.map(({ event }) => event.operation)).toEqual(["CreateImage", "CopyImage"]);
  expect(events.map((found) => found.raw.index)).toEqual([7, 7]);
  expect(rejection).toMatchObject({ reason: "unknown-log" });
});

test("what hangs on the file is no news of the record, and what is not kept whole is not read again", () => {
  const known = { reason: "unknown-line", detail: "odd" } as const;
  expect(isOtherReason(known, { reason: "not-json", detail: "x" })).toBe(false);
  expect(isOtherReason(known, { reason: "unknown-log", detail: "its keys are none" })).toBe(true);
  expect([isKeptWhole("too-long"), isKeptWhole("cut-off"), isKeptWhole("not-json")]).toEqual([
    false,
    false,
    true,
  ]);
});
