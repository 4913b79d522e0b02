import { describe, expect, test } from "vitest";
import { parseEnv } from "./env.ts";
import { DEFAULT_LIMITS, LIMITS } from "./limits.ts";
import { openLog } from "./logs/read/read.ts";
import { readLimits } from "./logs/read/record.ts";

describe("a limit in the environment", () => {
  test("is its default when it is absent or empty", () => {
    const empty = Object.fromEntries(Object.values(LIMITS).map(({ variable }) => [variable, ""]));
    expect(parseEnv({}).limits).toEqual(DEFAULT_LIMITS);
    expect(parseEnv(empty).limits).toEqual(DEFAULT_LIMITS);
    expect(DEFAULT_LIMITS).toMatchObject({ uploadBytes: 5_000_000_000, nesting: 4, jsonDepth: 100 });
  });

  test.for(Object.entries(LIMITS))("%s is set within its range, and by no other text", ([name, limit]) => {
    const { variable, least, most } = limit;
    const set = (text: string) => parseEnv({ [variable]: text }).limits;
    expect(limit.default).toBeGreaterThanOrEqual(least);
    expect(limit.default).toBeLessThanOrEqual(most);
    for (const end of [least, most]) expect(set(String(end))).toEqual({ ...DEFAULT_LIMITS, [name]: end });
    for (const wrong of [String(least - 1), String(most + 1), "many", "1.5", "-1", "5 GB"]) {
      expect(() => set(wrong)).toThrow(`${variable}: must be a whole number from ${least} to ${most}.`);
    }
  });
});

test("records deeper than may be are rejected, and the others read", async () => {
  const limits = readLimits({ ...DEFAULT_LIMITS, jsonDepth: 10 });
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  async function* file() {
    yield Buffer.from([10, 11].map(nested).join("\n"));
  }
  const log = await openLog(file(), limits);
  if (!log.ok) throw new Error(log.reason.reason);
  const items: unknown[] = [];
  for await (const some of log.value.items) items.push(...some);
  expect(items).toMatchObject([
    { ok: true, index: 1 },
    { ok: false, index: 2, reason: "too-deep", detail: "nested more than 10 deep" },
  ]);
});
