import { expect, test } from "vitest";
import { differencesOf } from "./difference.ts";

const context = {
  names: new Map([["a", "Ada"]]),
  zone: "Asia/Kolkata",
  now: new Date("2026-11-24T14:00:00Z"),
};
const actor = { field: "actor", op: "is", values: ["1/role/ci"], not: false };
const tag = { field: "tag", op: "glob", values: ["v1.*"], not: false };

test("what was only written in another order is no difference", () => {
  const { field, op, values, not } = tag;
  const after = [{ not, values, op, field }];
  expect(differencesOf([{ field: "conditions", before: [tag], after }], context)).toEqual([]);
});

test.for([
  ["a condition that was added", "conditions", [actor], [actor, tag], "Conditions", [], ["tag matches v1.*"]],
  ["a signal that was taken out", "signals", ["new-network"], [], "Swallows", ["new network"], []],
  ["an owner by name", "ownerId", "a", "b", "Owner", ["Ada"], ["somebody who was shut out"]],
  ["a class by its label", "reasonClass", "other", "ci-cd", "Class", ["Other"], ["CI/CD pipeline"]],
  [
    "times in the reader's zone",
    "expiresAt",
    "2026-12-01T00:00:00.000Z",
    "2027-01-01T00:00:00.000Z",
    "Expires",
    ["1 Dec 05:30:00"],
    ["1 Jan 2027 05:30:00"],
  ],
  ["a ticket that was given", "ticket", null, "SEC-1", "Ticket", [], ["SEC-1"]],
  ["something that nobody knows any more", "colour", "red", "blue", "colour", ["red"], ["blue"]],
] as const)("%s", ([, field, before, after, label, lost, gained]) => {
  expect(differencesOf([{ field, before, after }], context)).toEqual([
    { label, before: lost, after: gained },
  ]);
});
