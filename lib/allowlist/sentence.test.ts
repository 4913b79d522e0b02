import { describe, expect, test } from "vitest";
import type { Condition, Field } from "./condition.ts";
import { conditionSegments, entrySentence, type Segment } from "./sentence.ts";

const is = (field: Field, ...values: string[]): Condition => ({ field, op: "is", values, not: false });
const ci = is("actor", "111122223333/role/ci");
const api = is("image", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api");
const said = (segments: readonly Segment[]) => segments.map(({ text }) => text).join("");

describe("an entry says what it hides", () => {
  test.for([
    [
      "pushes by an actor to an image",
      [ci, api, is("operation", "PutImage", "CompleteLayerUpload")],
      "Hides pushes by role/ci to prod/api, until 22 Feb.",
    ],
    [
      "from a network",
      [is("rule", "ecr-push"), ci, { field: "address", op: "cidr", values: ["198.51.100.0/24"], not: false }],
      "Hides pushes by role/ci from 198.51.100.0/24, until 22 Feb.",
    ],
    [
      "machine images, whatever the order of the conditions",
      [is("image", "eu-west-1/ami-1"), is("actor", "sso/dana"), is("operation", "CreateImage", "CopyImage")],
      "Hides detections of CreateImage or CopyImage by dana on ami-1, until 22 Feb.",
    ],
    [
      "a rule of machine images",
      [is("rule", "aws-machine-image"), is("account", "1")],
      "Hides work on machine images in account 1, until 22 Feb.",
    ],
    [
      "what it is not",
      [ci, { ...is("operation", "DeleteImage"), not: true }, { ...is("region", "us-east-1"), not: true }],
      "Hides detections not of DeleteImage by role/ci not in us-east-1, until 22 Feb.",
    ],
    [
      "many values",
      [is("actor", "1/role/a", "1/role/b", "1/role/c", "1/role/d")],
      "Hides detections by role/a, role/b or 2 others, until 22 Feb.",
    ],
    [
      "an Azure image by the last part of its id",
      [is("image", "/subscriptions/0a/resourcegroups/r/providers/microsoft.compute/images/base")],
      "Hides detections on base, until 22 Feb.",
    ],
  ] as const satisfies [string, Condition[], string][])("%s", ([, conditions, sentence]) => {
    expect(said(entrySentence({ state: "enforcing", conditions }, "22 Feb"))).toBe(sentence);
  });

  test.for([
    ["draft", "Would hide detections by role/ci, once it is enforced."],
    ["observing", "Counts, and does not hide, detections by role/ci, until 22 Feb."],
    ["paused", "Hides no further detections by role/ci, as long as it is paused."],
    ["expired", "Hides no further detections by role/ci, as it expired on 22 Feb."],
    ["revoked", "Hides none of the detections by role/ci, as it was revoked."],
    ["archived", "Hides no further detections by role/ci, as it is archived."],
  ] as const)("%s", ([state, sentence]) => {
    expect(said(entrySentence({ state, conditions: [ci] }, "22 Feb"))).toBe(sentence);
  });
});

test("a shortened value keeps the whole beside it", () => {
  expect(conditionSegments(ci)).toEqual([
    { text: "actor is " },
    { text: "role/ci", isMachine: true, whole: "111122223333/role/ci" },
  ]);
});

test.for([
  ["a glob", { field: "tag", op: "glob", values: ["v1.*", "v2.*"], not: false }, "tag matches v1.* or v2.*"],
  [
    "not in a network",
    { field: "address", op: "cidr", values: ["10.0.0.0/8"], not: true },
    "source address is not in 10.0.0.0/8",
  ],
] as const satisfies [string, Condition, string][])("a condition in words: %s", ([, condition, words]) => {
  expect(said(conditionSegments(condition))).toBe(words);
});
