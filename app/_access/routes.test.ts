import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/access/permission.ts";
import { ROUTE_ACCESS } from "./routes.ts";

const routeFiles = globSync("app/**/{page.tsx,route.ts}");
const actionFiles = globSync("app/**/actions.ts");

function routeOf(file: string): string {
  return (
    file
      .replace(/^app/, "")
      .replace(/\/(page\.tsx|route\.ts)$/, "")
      .replace(/\/\([^)]+\)/g, "") || "/"
  );
}

test("every route is in the table, and every entry is a route", () => {
  expect(routeFiles.length).toBeGreaterThan(10);
  expect(Object.keys(ROUTE_ACCESS).sort()).toEqual(routeFiles.map(routeOf).sort());
});

describe("every route asks for what the table says", () => {
  test.for(routeFiles.map((file) => [routeOf(file), file] as const))("%s", ([route, file]) => {
    const source = readFileSync(file, "utf8");
    const access = ROUTE_ACCESS[route];
    const asked = [...source.matchAll(/(?:requirePermission|authorize)\("([^"]+)"\)/g)].map(
      ([, permission]) => permission,
    );
    if (access === "anyone") expect(asked).toEqual([]);
    else if (access === "token") {
      const handlers = source.match(/export async function [A-Z]+\(/g) ?? [];
      expect(source.match(/await authorizeToken\(request, /g)).toHaveLength(handlers.length);
      expect(asked).toEqual([]);
    } else if (access === "signed-in") expect(source).toContain("await requirePerson()");
    else expect(asked).toEqual([access]);
  });
});

/** Actions that somebody may call who is not signed in yet: their arguments are what lets them in. */
const OPEN_ACTIONS = ["signInAction", "joinAction", "resetAction"];

describe("every action asks who calls", () => {
  const actions = actionFiles.flatMap((file) =>
    readFileSync(file, "utf8")
      .split(/\nexport async function /)
      .slice(1)
      .map((body) => [body.split("(")[0] ?? "", body] as const),
  );
  test("there are some", () => {
    expect(actions.length).toBeGreaterThan(8);
  });
  test.for(actions)("%s", ([name, body]) => {
    if (OPEN_ACTIONS.includes(name)) return expect(body).not.toMatch(/authorize|requirePers/);
    const first = body.slice(body.indexOf("{")).split("\n")[1] ?? "";
    const permission = /await authorize\("([^"]+)"\)/.exec(first)?.[1];
    if (permission) expect(Object.keys(PERMISSIONS)).toContain(permission);
    else expect(first).toContain("await requirePerson()");
  });
});
