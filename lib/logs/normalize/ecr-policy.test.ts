import { expect, test } from "vitest";
import type { JsonValue } from "#lib/json.ts";
import { policyGrants } from "./ecr-policy.ts";

const OWN = "111122223333";
const FOREIGN = "444455556666";
const allow = (rest: Record<string, JsonValue>): JsonValue => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", ...rest }],
});
const organisation = { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } };

test.for<[name: string, policy: JsonValue, push: string[], pull: string[]]>([
  ["pull by everyone", allow({ Principal: "*", Action: ["ecr:BatchGetImage"] }), [], ["all"]],
  ["push by everyone", allow({ Principal: { AWS: "*" }, Action: "ecr:PutImage" }), ["all"], []],
  ["all by everyone", allow({ Principal: { AWS: ["*"] }, Action: "ecr:*" }), ["all"], ["all"]],
  ["anything", allow({ Principal: "*", Action: "*" }), ["all"], ["all"]],
  ["a wildcard in any case", allow({ Principal: "*", Action: "ECR:Put*" }), ["all"], []],
  ["all but something", allow({ Principal: "*", NotAction: "ecr:DeleteRepository" }), ["all"], ["all"]],
  ["everyone but somebody", allow({ NotPrincipal: { AWS: OWN }, Action: "ecr:PutImage" }), ["all"], []],
  [
    "a foreign account, by its root and by its id",
    allow({ Principal: { AWS: [`arn:aws:iam::${FOREIGN}:root`, FOREIGN] }, Action: "ecr:UploadLayerPart" }),
    [FOREIGN],
    [],
  ],
  [
    "a foreign registry that replicates",
    allow({ Principal: { AWS: FOREIGN }, Action: "ecr:ReplicateImage" }),
    [FOREIGN],
    [],
  ],
  ["its own account", allow({ Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: "ecr:*" }), [], []],
  [
    "a service",
    allow({ Principal: { Service: "lambda.amazonaws.com" }, Action: "ecr:BatchGetImage" }),
    [],
    [],
  ],
  [
    "the organisation",
    allow({ Principal: "*", Action: "ecr:BatchGetImage", Condition: organisation }),
    [],
    ["o-exampleorgid"],
  ],
  [
    "everyone but the organisation",
    allow({
      Principal: "*",
      Action: "ecr:PutImage",
      Condition: { StringNotEquals: organisation.StringEquals },
    }),
    ["all"],
    [],
  ],
  [
    "a condition that narrows nothing",
    allow({
      Principal: "*",
      Action: "ecr:PutImage",
      Condition: { StringLike: { "aws:PrincipalOrgID": "*" } },
    }),
    ["all"],
    [],
  ],
  ["something that is no push and no pull", allow({ Principal: "*", Action: "ecr:DescribeImages" }), [], []],
  ["a denial", { Statement: { Effect: "Deny", Principal: "*", Action: "ecr:PutImage" } }, [], []],
  [
    "one statement without a list",
    { Statement: { Effect: "Allow", Principal: "*", Action: "ecr:PutImage" } },
    ["all"],
    [],
  ],
  ["no policy", "not JSON", [], []],
  ["statements of another type", { Statement: [null, 1, "x"] }, [], []],
])("%s", ([, policy, push, pull]) => {
  expect(policyGrants(policy, OWN)).toEqual({ push, pull });
  expect(policyGrants(JSON.stringify(policy), OWN)).toEqual({ push, pull });
});
