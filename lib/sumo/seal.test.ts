import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { parseSealingKeys, type SealingKey, seal, unseal } from "./seal.ts";

const key = (id: string): SealingKey => ({ id, key: randomBytes(32) });

test("what was sealed opens with its key, also when another seals now, and holds nothing in clear", () => {
  const [old, young] = [key("2025"), key("2026")];
  const sealed = seal(old, "suABC:a very secret key", "row 1");
  expect(unseal([young, old], sealed, "row 1")).toEqual({ ok: true, value: "suABC:a very secret key" });
  expect(sealed.sealed.includes("secret")).toBe(false);
  expect(seal(old, "same", "row 1").sealed.equals(seal(old, "same", "row 1").sealed)).toBe(false);
});

test.each([
  ["for another row", (sealed: Buffer) => sealed, "row 2", "damaged"],
  ["with a bit turned", (sealed: Buffer) => flipped(sealed), "row 1", "damaged"],
  ["cut short", (sealed: Buffer) => sealed.subarray(0, 20), "row 1", "damaged"],
])("what was sealed does not open %s", (_, change, context, reason) => {
  const one = key("a");
  const { sealed, sealedWith } = seal(one, "secret", "row 1");
  expect(unseal([one], { sealed: change(sealed), sealedWith }, context)).toEqual({ ok: false, reason });
});

test("a key that is gone is told from damage", () => {
  expect(unseal([key("b")], seal(key("a"), "secret", "row"), "row")).toEqual({
    ok: false,
    reason: "unknown-key",
  });
});

test("keys are read from one line, and what is wrong is named without the key", () => {
  const one = randomBytes(32).toString("base64");
  const two = randomBytes(32).toString("base64url");
  const keys = parseSealingKeys(`2026:${one}, 2025:${two}`);
  expect(keys.ok && keys.value.map(({ id, key }) => [id, key.length])).toEqual([
    ["2026", 32],
    ["2025", 32],
  ]);
  expect(parseSealingKeys(`a:${one},b:c2hvcnQ=`)).toEqual({
    ok: false,
    reason: "key 2 must be a name, a colon, and 32 bytes in base64",
  });
  expect(parseSealingKeys(`a:${one},a:${two}`)).toEqual({ ok: false, reason: "the name a stands twice" });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
  return copy;
}
