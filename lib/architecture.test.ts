import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** Small files that every room may use. */
const GROUND_FLOOR = [
  "lib/env.ts",
  "lib/outcome.ts",
  "lib/log.ts",
  "lib/limits.ts",
  "lib/json.ts",
  "lib/choice.ts",
  "lib/parse-choice.ts",
  "lib/content-id.ts",
  "lib/storable.ts",
  "lib/zoned-format.ts",
  "lib/glob.ts",
];

/** What each room may import of ours, besides itself and the ground floor. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "lib/logs/read": [],
  "lib/logs/normalize": [],
  "lib/logs": ["lib/logs/read", "lib/logs/normalize"],
  "lib/organisation": ["lib/logs/normalize", "lib/db"],
  "lib/detection": ["lib/logs/normalize", "lib/organisation"],
  "lib/scan": ["lib/logs", "lib/logs/read", "lib/logs/normalize", "lib/organisation", "lib/detection"],
  "lib/emulation": [],
  "lib/db": [],
  "lib/access": ["lib/db"],
  "lib/aggregates": ["lib/detection", "lib/db"],
  "lib/allowlist": ["lib/logs/normalize", "lib/detection", "lib/access", "lib/db"],
  "lib/ingest": [
    "lib/logs",
    "lib/logs/read",
    "lib/logs/normalize",
    "lib/organisation",
    "lib/detection",
    "lib/allowlist",
    "lib/aggregates",
    "lib/emulation",
    "lib/db",
    "lib/rules",
  ],
  "lib/sumo": [
    "lib/logs",
    "lib/logs/read",
    "lib/logs/normalize",
    "lib/detection",
    "lib/ingest",
    "lib/access",
    "lib/db",
  ],
  "lib/triage": [
    "lib/logs/normalize",
    "lib/detection",
    "lib/access",
    "lib/aggregates",
    "lib/events",
    "lib/db",
  ],
  "lib/events": ["lib/logs/normalize", "lib/detection", "lib/aggregates", "lib/db"],
  "lib/actors": ["lib/logs/normalize", "lib/detection", "lib/aggregates", "lib/events", "lib/db"],
  "lib/trends": ["lib/logs/normalize", "lib/detection", "lib/aggregates", "lib/triage", "lib/db"],
  "lib/rules": ["lib/logs/normalize", "lib/detection", "lib/triage", "lib/db"],
  "lib/start": ["lib/access", "lib/aggregates", "lib/ingest", "lib/sumo", "lib/db"],
  app: [
    "lib/access",
    "lib/organisation",
    "lib/actors",
    "lib/allowlist",
    "lib/events",
    "lib/ingest",
    "lib/rules",
    "lib/sumo",
    "lib/trends",
    "lib/triage",
    "lib/detection",
    "lib/logs",
    "lib/logs/normalize",
  ],
  "proxy.ts": [],
};

/** In a feature room only these touch the database. */
const TOUCHES_DATABASE = /\/(queries|commands|jobs|writer)(\/.*)?\.ts$|^lib\/access\/auth\.ts$/;
const FEATURE_ROOMS = [
  "lib/access",
  "lib/actors",
  "lib/aggregates",
  "lib/allowlist",
  "lib/events",
  "lib/ingest",
  "lib/organisation",
  "lib/rules",
  "lib/sumo",
  "lib/trends",
  "lib/triage",
];

/** What a browser must never be sent. */
const SERVER_ONLY =
  /\/(queries|commands|jobs|writer)(\/|\.ts$)|^lib\/sumo\/client\/|^lib\/(db|env|log)\b|^app\/_access\/(current-person|refuse)\.ts$/;

type Import = { from: string; to: string; typeOnly: boolean };

const files = globSync(["lib/**/*.ts", "app/**/*.{ts,tsx}", "proxy.ts"]).filter(
  (file) =>
    !/\.test\.ts$|\/testing\/|\/generated\/|^lib\/logs\/normalize\/fixtures\.ts$|^lib\/detection\/fires\.ts$/.test(
      file,
    ),
);
const sources = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
const imports = [...sources].flatMap(([from, source]) => importsOf(from, source));

function importsOf(from: string, source: string): Import[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g,
  );
  return [...found].flatMap(([, typeOnly, specifier, dynamic]) => {
    const to = resolve(from, specifier ?? dynamic ?? "");
    return to ? [{ from, to, typeOnly: typeOnly !== undefined }] : [];
  });
}

/** The file of ours that an import means; undefined for a package. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? path.join(path.dirname(from), specifier) : undefined;
}

function roomOf(file: string): string {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => file === room || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? file;
}

test("the whole house was looked at", () => {
  expect(files.length).toBeGreaterThan(150);
  expect(imports.length).toBeGreaterThan(400);
  expect(imports).toContainEqual({
    from: "lib/detection/alert-key.ts",
    to: "lib/content-id.ts",
    typeOnly: false,
  });
  const unknown = files.filter((file) => !(roomOf(file) in MAY_IMPORT) && !GROUND_FLOOR.includes(file));
  expect(unknown).toEqual([]);
});

describe("data flows one way through the rooms", () => {
  test.for(Object.entries(MAY_IMPORT))("%s", ([room, allowed]) => {
    const own = imports.filter(({ from }) => roomOf(from) === room);
    const wrong = own.filter(({ to }) => {
      const target = roomOf(to);
      // One question that is nobody's feature: does the database answer?
      const isReadiness = room === "app" && to === "lib/db/ready.ts";
      return (
        target !== room &&
        !allowed.includes(target) &&
        !GROUND_FLOOR.includes(to) &&
        !isReadiness &&
        /^(lib|app)\//.test(to)
      );
    });
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test("the ground floor imports nothing of ours but itself", () => {
    const wrong = imports.filter(({ from, to }) => GROUND_FLOOR.includes(from) && !GROUND_FLOOR.includes(to));
    expect(wrong).toEqual([]);
  });
});

test("in a feature room only queries, commands, jobs and the writer touch the database", () => {
  const touching = imports.filter(
    ({ from, to }) => FEATURE_ROOMS.includes(roomOf(from)) && to.startsWith("lib/db/"),
  );
  expect(touching).not.toEqual([]);
  const wrong = touching.filter(({ from }) => !TOUCHES_DATABASE.test(from));
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("what runs without a database takes of the organisation no more than what is pure", () => {
  const pure = imports.filter(
    ({ from, to }) => /^lib\/(detection|scan)\//.test(from) && to.startsWith("lib/organisation/"),
  );
  expect(pure.filter(({ to }) => SERVER_ONLY.test(to))).toEqual([]);
});

test("what runs in the browser takes no more than types from the server's rooms", () => {
  const client = [...sources].filter(([, source]) => source.startsWith('"use client"')).map(([file]) => file);
  expect(client.length).toBeGreaterThan(15);
  const wrong = imports.filter(
    ({ from, to, typeOnly }) => client.includes(from) && !typeOnly && SERVER_ONLY.test(to),
  );
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test("no file has a name that says nothing", () => {
  const vague = files.filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|types|hooks|service|manager|index)\.tsx?$/.test(file),
  );
  expect(vague).toEqual([]);
});
