import { expect, test } from "vitest";
import { searchedNames } from "./searched-names.ts";

test("a role is found by its name alone, which all its sessions hold", () => {
  const sessions = ["arn:aws:sts::111122223333:assumed-role/ci/run-1"];
  expect(searchedNames({ kind: "workload", name: "role/ci" }, sessions)).toEqual(["role/ci"]);
});

test("a person is found by name and by every principal, each once", () => {
  const principals = ["dana@example.com", "arn:aws:iam::111122223333:user/dana"];
  expect(searchedNames({ kind: "person", name: "dana@example.com" }, principals)).toEqual(principals);
});

test.for(["root", "account"] as const)("what every %s is called finds nothing of one", (kind) => {
  const arn = "arn:aws:iam::111122223333:root";
  expect(searchedNames({ kind, name: "root" }, [arn])).toEqual([arn]);
});
