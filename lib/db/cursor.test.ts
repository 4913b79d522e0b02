import { describe, expect, test } from "vitest";
import { cursorTimeSchema, decodeCursor, encodeCursor } from "./cursor.ts";

describe("a cursor", () => {
  test("is read as it was written", () => {
    const cursor = { side: "before", key: ["1767225600000", "a rule"] } as const;
    expect(decodeCursor(encodeCursor({ ...cursor, key: [...cursor.key] }))).toEqual(cursor);
  });

  test.for<[name: string, text: string | undefined]>([
    ["none", undefined],
    ["empty", ""],
    ["without a key", "after"],
    ["on no side", "beside~1"],
    ["longer than any", `after~${"1".repeat(200)}`],
    ["with a NUL, which no database stores", "after~1~a\0b"],
  ])("that is %s is none", ([, text]) => {
    expect(decodeCursor(text)).toBeUndefined();
  });

  test.for<[text: string, time: Date | undefined]>([
    ["1767225600000", new Date("2026-01-01T00:00:00Z")],
    ["253402300799999", new Date("9999-12-31T23:59:59.999Z")],
    ["253402300800000", undefined],
    ["8640000000000000", undefined],
    ["-62135596800000", new Date("0001-01-01T00:00:00Z")],
    ["-62135596800001", undefined],
    ["1.5", undefined],
    ["1e999", undefined],
    ["now", undefined],
  ])("holds the time %s as %s", ([text, time]) => {
    expect(cursorTimeSchema.safeParse(text).data).toEqual(time);
  });
});
