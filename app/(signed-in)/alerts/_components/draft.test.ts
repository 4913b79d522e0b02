import { expect, test } from "vitest";
import type { MoveName } from "#lib/triage/move.ts";
import { moveSchema } from "#lib/triage/move-input.ts";
import { changeOf, type Draft, EMPTY_DRAFT } from "./draft.ts";

const written: Draft = {
  text: "The yearly test.",
  caseLink: "https://tickets.example.com/IR-12",
  verdict: "benign_true_positive",
  reasonClass: "authorised_test",
  duplicateOf: "ALR-7",
  assigneeId: null,
};

test.for<MoveName>(["take", "assign", "wait", "escalate", "resume", "close", "reopen", "comment"])(
  "what is written to %s is understood",
  (move) => {
    expect(moveSchema.parse(changeOf(move, written))).toMatchObject({ move, text: "The yearly test." });
  },
);

test.for<[text: string, number: number | null]>([
  ["ALR-7", 7],
  [" alr-7 ", 7],
  ["7", 7],
  ["", null],
  ["seven", Number.NaN],
  ["ALR-7 and 8", Number.NaN],
])("the alert %j", ([duplicateOf, number]) => {
  expect(changeOf("close", { ...EMPTY_DRAFT, verdict: "duplicate", duplicateOf })).toMatchObject({
    duplicateOf: number,
  });
});
