import { expect, test } from "vitest";
import { firstSteps, type Standing } from "./first-steps.ts";

const nothing: Standing = { networks: 0, accounts: 0, hasHours: false, hasImports: false, admins: 1 };
const open = (standing: Standing) =>
  firstSteps(standing)
    .filter(({ isDone }) => !isDone)
    .map(({ step }) => step);

test.for<[name: string, done: Partial<Standing>, open: string[]]>([
  ["nothing", {}, ["source", "networks", "accounts", "hours", "admin"]],
  ["networks and a file", { networks: 1, hasImports: true }, ["accounts", "hours", "admin"]],
  ["a second admin", { admins: 2 }, ["source", "networks", "accounts", "hours"]],
  ["everything", { networks: 2, accounts: 9, hasHours: true, hasImports: true, admins: 3 }, []],
])("after %s", ([, done, expected]) => {
  expect(open({ ...nothing, ...done })).toEqual(expected);
});
