import { expect, test } from "vitest";
import { Brackets, REMEMBERED } from "./brackets.ts";

/** Whether each closing bracket of a text matches the one that was opened last. */
function closings(text: string): boolean[] {
  const brackets = new Brackets();
  const matching: boolean[] = [];
  for (const byte of Buffer.from(text)) {
    if ("[{".includes(String.fromCharCode(byte))) brackets.open(byte);
    else matching.push(brackets.close(byte));
  }
  return matching;
}

test.for<[name: string, text: string, expected: boolean[]]>([
  ["of their kind", "{[]}[]", [true, true, true]],
  ["of the other kind", "{[}]", [false, false]],
  ["that was never opened", "]", [false]],
])("a closing bracket %s", ([, text, expected]) => {
  expect(closings(text)).toEqual(expected);
});

test("beyond what is remembered brackets are taken to match, and what is remembered still counts", () => {
  const deep = `{${"[".repeat(REMEMBERED + 5)}${"}".repeat(6)}${"]".repeat(REMEMBERED - 2)}`;
  const matching = closings(`${deep}]]`);
  expect(matching.slice(0, 6)).toEqual(Array(6).fill(true));
  expect(matching.slice(6)).toEqual([...Array(REMEMBERED - 1).fill(true), false]);
});

test("a record begins anew", () => {
  const brackets = new Brackets();
  for (let at = 0; at < REMEMBERED + 5; at++) brackets.open(0x5b);
  brackets.restart(0x7b);
  expect(brackets.close(0x7d)).toBe(true);
  expect(brackets.close(0x5d)).toBe(false);
});
