import { expect, test } from "vitest";
import { type AlertFacts, alertSentence, tellingFirst } from "./sentence.ts";

const push: AlertFacts = {
  operations: ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage"],
  outcome: "success",
  operationCount: 3,
  actors: ["role/ci"],
  image: "prod/api",
  subject: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/prod/api",
  tags: ["1.4"],
  sharedWith: [],
  sourceIps: ["198.51.100.7"],
};
const ami: AlertFacts = {
  ...push,
  operations: ["CreateImage", "ModifyImageAttribute"],
  operationCount: 2,
  image: "ami-0a",
  tags: [],
};

test.for<[facts: AlertFacts, sentence: string]>([
  [push, "role/ci pushed prod/api:1.4 from 198.51.100.7 in 3 operations."],
  [{ ...push, tags: [], operationCount: 1 }, "role/ci pushed prod/api from 198.51.100.7."],
  [
    { ...push, operations: ["InitiateLayerUpload"], tags: [], sourceIps: [] },
    "role/ci uploaded layers to prod/api in 3 operations.",
  ],
  [
    { ...push, outcome: "failure", operationCount: 1 },
    "role/ci tried to push prod/api:1.4 from 198.51.100.7; it was refused or failed.",
  ],
  [
    {
      ...push,
      actors: ["role/ci", "dana", "eve"],
      tags: ["1", "2", "3"],
      sourceIps: ["AWS Internal", "10.0.0.1"],
    },
    "role/ci and 2 other actors pushed prod/api:1 and 2 more tags from AWS Internal and 1 more address in 3 operations.",
  ],
  [
    { ...ami, sharedWith: ["444455556666", "all"] },
    "role/ci made and shared ami-0a with everyone from 198.51.100.7 in 2 operations.",
  ],
  [
    { ...ami, sharedWith: ["444455556666", "o-1"], operations: ["ModifyImageAttribute"], operationCount: 1 },
    "role/ci shared ami-0a with 444455556666 and 1 more from 198.51.100.7.",
  ],
  [ami, "role/ci made and changed ami-0a from 198.51.100.7 in 2 operations."],
  [
    {
      ...ami,
      operations: ["CreateImage"],
      outcome: "failure",
      image: null,
      subject: "instance:i-1",
      operationCount: 4,
    },
    "role/ci tried to make an image (instance i-1) from 198.51.100.7 in 4 operations; all were refused or failed.",
  ],
  [
    {
      ...ami,
      operations: ["MICROSOFT.COMPUTE/IMAGES/WRITE"],
      outcome: "unknown",
      actors: [],
      image: "web",
      operationCount: 1,
      sourceIps: [],
    },
    "Somebody whom the log does not name wrote web; how it ended is not in the log.",
  ],
  [{ ...ami, operations: ["SomethingNew"], operationCount: 1 }, "role/ci acted on ami-0a from 198.51.100.7."],
])("%#: %s", ([facts, sentence]) => {
  const text = alertSentence(facts)
    .map((segment) => segment.text)
    .join("");
  expect(text).toBe(sentence);
});

test("of a push's operations the push is the most telling", () => {
  const operations = ["CompleteLayerUpload", "InitiateLayerUpload", "PutImage", "Unheard"];
  expect(tellingFirst(operations)[0]).toBe("PutImage");
  expect(tellingFirst(operations).at(-1)).toBe("Unheard");
});
