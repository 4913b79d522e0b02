import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRecord, encodeBlock } from "./raw-block.ts";

test("every record comes back byte for byte, with its place", async () => {
  const places = {
    bytes: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    index: fc.integer({ min: 1, max: 2 ** 40 }),
    line: fc.integer({ min: 1, max: 2 ** 40 }),
    byteOffset: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  };
  const record = fc.oneof(
    fc.record(places),
    fc.record({ ...places, entry: fc.constantFrom("a.json", "\u202eb/é.json") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 20 }), async (records) => {
      const block = await encodeBlock(records);
      records.forEach((expected, position) => {
        expect(decodeRecord(block, position)).toEqual(expected);
      });
      expect(decodeRecord(block, records.length)).toBeUndefined();
      expect(decodeRecord(block, -1)).toBeUndefined();
    }),
  );
});

test("bytes that are no block are refused", () => {
  expect(() => decodeRecord(Buffer.from("no block"), 0)).toThrow();
});
