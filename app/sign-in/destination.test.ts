import { expect, test } from "vitest";
import { readDestination } from "./destination.ts";

test.for<[to: unknown, path: string]>([
  ["/imports", "/imports"],
  ["/alerts?severity=high&q=a%20b", "/alerts?severity=high&q=a%20b"],
  [undefined, "/alerts"],
  [["/imports", "/people"], "/alerts"],
  ["imports", "/alerts"],
  ["//evil.example", "/alerts"],
  ["/\\evil.example", "/alerts"],
  ["/\t/evil.example", "/alerts"],
  ["https://evil.example/", "/alerts"],
  ["javascript:alert(1)", "/alerts"],
  [`/${"x".repeat(3000)}`, "/alerts"],
])("%j leads to %s", ([to, path]) => {
  expect(readDestination(to)).toBe(path);
});
