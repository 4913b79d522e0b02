import { describe, expect, test } from "vitest";
import { personNameSchema } from "./person.ts";

describe("a person's name", () => {
  test.for<[name: string, given: unknown, accepted: boolean]>([
    ["is theirs, in any script", "Søren ولید 王", true],
    ["is not empty", "  ", false],
    ["is not longer than a hundred characters", "a".repeat(101), false],
    ["holds no NUL, which the database cannot keep", "Da\0na", false],
    ["holds no line break", "Dana\nadmin", false],
    ["is a text", ["Dana"], false],
  ])("%s", ([, given, accepted]) => {
    expect(personNameSchema.safeParse(given).success).toBe(accepted);
  });
});
