import { expect, test } from "vitest";
import { z } from "zod";
import { REASONS_OF, VERDICT_REASONS, VERDICTS } from "./alert.ts";
import { moveSchema, seenAlertSchema } from "./move-input.ts";

const close = {
  move: "close",
  verdict: "benign_true_positive",
  reasonClass: "authorised_test",
  text: "The yearly test.",
  duplicateOf: null,
};

function faults(input: unknown): Record<string, string[] | undefined> {
  const parsed = moveSchema.safeParse(input);
  return parsed.success ? {} : z.flattenError(parsed.error).fieldErrors;
}

test.for<[name: string, input: unknown]>([
  ["taken without a word", { move: "take", text: null }],
  ["given to nobody", { move: "assign", assigneeId: null, text: "" }],
  ["closed", close],
  [
    "closed as a duplicate",
    { ...close, verdict: "duplicate", reasonClass: "same_incident", duplicateOf: 12 },
  ],
  ["escalated", { move: "escalate", caseLink: " https://tickets.example.com/IR-12 ", text: null }],
])("%s is understood", ([, input]) => {
  expect(faults(input)).toEqual({});
});

test.for<[name: string, input: unknown, field: string]>([
  ["waiting for nothing", { move: "wait", text: "  " }, "text"],
  ["a comment that says nothing", { move: "comment", text: "" }, "text"],
  ["a text of a book's length", { move: "comment", text: "x".repeat(10_001) }, "text"],
  ["a text that no database stores", { move: "comment", text: "a\0b" }, "text"],
  ["half a character", { move: "comment", text: "\ud800" }, "text"],
  ["a case without a link", { move: "escalate", caseLink: "IR-12", text: null }, "caseLink"],
  [
    "a case link that runs a script",
    { move: "escalate", caseLink: "javascript:alert(1)", text: null },
    "caseLink",
  ],
  [
    "a case link that no database stores",
    { move: "escalate", caseLink: "https://tickets.example.com/\0", text: null },
    "caseLink",
  ],
  ["no verdict", { ...close, verdict: null }, "verdict"],
  ["a verdict that there is not", { ...close, verdict: "guilty" }, "verdict"],
  ["no reason", { ...close, reasonClass: null }, "reasonClass"],
  ["another verdict's reason", { ...close, reasonClass: "confirmed_attack" }, "reasonClass"],
  ["a duplicate of nothing", { ...close, verdict: "duplicate", reasonClass: "same_incident" }, "duplicateOf"],
  ["a duplicate of something unreadable", { ...close, duplicateOf: Number.NaN }, "duplicateOf"],
  ["something benign that repeats another", { ...close, duplicateOf: 12 }, "duplicateOf"],
])("%s is refused beside its field", ([, input, field]) => {
  expect(Object.keys(faults(input))).toEqual([field]);
});

test("all faults are named at once", () => {
  const input = { move: "close", verdict: "duplicate", reasonClass: null, text: "", duplicateOf: null };
  expect(Object.keys(faults(input)).sort()).toEqual(["duplicateOf", "reasonClass", "text"]);
});

test("every reason goes with a verdict, and every verdict has one of its own", () => {
  expect(new Set(VERDICTS.flatMap((verdict) => REASONS_OF[verdict]))).toEqual(new Set(VERDICT_REASONS));
  for (const verdict of VERDICTS) expect(REASONS_OF[verdict].length).toBeGreaterThan(1);
});

test.for<[name: string, seen: object, accepted: boolean]>([
  ["as it was read", { revision: 3, detectionCount: 12 }, true],
  [
    "at a revision that no database counts to",
    { revision: Number.MAX_SAFE_INTEGER, detectionCount: 12 },
    false,
  ],
  ["with more detections than a database counts", { revision: 3, detectionCount: 2 ** 31 }, false],
  ["before it was stored", { revision: -1, detectionCount: 12 }, false],
])("an alert seen %s", ([, seen, accepted]) => {
  const id = "e0000000-0000-4000-8000-000000000001";
  expect(seenAlertSchema.safeParse({ id, ...seen }).success).toBe(accepted);
});
