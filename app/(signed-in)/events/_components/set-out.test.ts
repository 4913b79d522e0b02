import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { setOut } from "./set-out.ts";

describe("a record is set out", () => {
  test.for<[name: string, text: string, shown: string | null]>([
    [
      "with what it holds on lines of their own",
      '{"a":[1,{"b":null}]}',
      '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}',
    ],
    [
      "with the digits that it has",
      '{"id":1715108059341081180,"f":1.50}',
      '{\n  "id": 1715108059341081180,\n  "f": 1.50\n}',
    ],
    ["with a key as often as it has it", '{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    [
      "with its strings as they are written",
      '{"a":"\\u00e9 {\\"b\\": [1,2]}\\\\"}',
      '{\n  "a": "\\u00e9 {\\"b\\": [1,2]}\\\\"\n}',
    ],
    ["with what is empty on one line", '{ "a" : { } , "b" : [\n] }', '{\n  "a": {},\n  "b": []\n}'],
    ["anew when it was set out otherwise", '{\r\n\t"a":\t1 }', '{\n  "a": 1\n}'],
    ["as it is when it is a single value", " true ", "true"],
    ["not at all when it is no JSON", '{"a":1', null],
    ["not at all when it is empty", "", null],
  ])("%s", ([, text, shown]) => {
    expect(setOut(text)).toBe(shown);
  });

  test("as JSON is set out everywhere", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(setOut(text)).toBe(JSON.stringify(JSON.parse(text, undefined), null, 2));
      }),
    );
  });

  test("however deep it nests, in space that grows with it", () => {
    const depth = 20_000;
    const shown = setOut("[".repeat(depth) + "]".repeat(depth)) ?? "";
    expect(shown.replaceAll(/\s/g, "")).toBe("[".repeat(depth) + "]".repeat(depth));
    expect(shown.length).toBeLessThan(depth * 500);
  });

  test("with a string of any length", () => {
    const text = JSON.stringify({ a: '\\"'.repeat(500_000) });
    expect(setOut(text)).toBe(`{\n  ${text.slice(1, 4)}: ${text.slice(5, -1)}\n}`);
  });
});
