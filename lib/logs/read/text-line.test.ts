import { describe, expect, test } from "vitest";
import { at, type JsonObject } from "#lib/json.ts";
import { needsDate, textLine } from "./text-line.ts";

const ID = "0fdb48addc82871eb34eb23a847cfd033dedd1a0a37bef2e6d9eb3870fc7ff37";

describe("Docker's events", () => {
  test.for<[line: string, value: JsonObject]>([
    [
      `2017-01-05T00:35:58.859401177+08:00 container create ${ID} (image=alpine:latest, name=test)`,
      {
        Type: "container",
        Action: "create",
        Actor: { ID, Attributes: { image: "alpine:latest", name: "test" } },
        time: "2017-01-05T00:35:58.859401177+08:00",
      },
    ],
    [
      `2026-03-04T09:12:33Z container exec_create: /bin/sh -c ls (x) ${ID} (image=a:1, name=web, org.label=a, b (c))`,
      {
        Type: "container",
        Action: "exec_create: /bin/sh -c ls (x)",
        Actor: { ID, Attributes: { image: "a:1", name: "web", "org.label": "a, b (c)" } },
        time: "2026-03-04T09:12:33Z",
      },
    ],
    [
      "2026-03-04T09:12:33Z image push registry.example.com:5000/web:1 (name=registry.example.com:5000/web)",
      {
        Type: "image",
        Action: "push",
        Actor: {
          ID: "registry.example.com:5000/web:1",
          Attributes: { name: "registry.example.com:5000/web" },
        },
        time: "2026-03-04T09:12:33Z",
      },
    ],
    [
      "2026-03-04T09:12:33Z builder prune  (reclaimed=0)",
      {
        Type: "builder",
        Action: "prune",
        Actor: { ID: "", Attributes: { reclaimed: "0" } },
        time: "2026-03-04T09:12:33Z",
      },
    ],
    [
      `2026-03-04T09:12:33Z container die ${ID}`,
      { Type: "container", Action: "die", Actor: { ID, Attributes: {} }, time: "2026-03-04T09:12:33Z" },
    ],
  ])("%s", ([line, value]) => {
    expect(textLine(line)).toEqual(value);
  });

  test("a label that pretends to be the image makes neither of them one", () => {
    const line = `2026-03-04T09:12:33Z container start ${ID} (a=x, image=good:1, image=evil:1, name=web)`;
    expect(at(textLine(line), "Actor", "Attributes")).toEqual({ a: "x", name: "web" });
  });

  test("attributes may have any name", () => {
    const line = "2026-03-04T09:12:33Z volume create v (__proto__=x, constructor=y)";
    const attributes = at(textLine(line), "Actor", "Attributes") ?? {};
    expect(Object.entries(attributes)).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });
});

describe("Falco's alerts", () => {
  const sentence = "A shell was spawned (user=root command=bash -il container_image=quay.io/a/web)";
  const alert = {
    priority: "Notice",
    output: sentence,
    output_fields: { user: "root", command: "bash -il", container_image: "quay.io/a/web" },
  };
  test.for<[line: string, value: JsonObject]>([
    [`12:18:18.691725165: Notice ${sentence}`, { time: "12:18:18.691725165", ...alert }],
    [
      `2026-03-04T09:12:33.123456789+0000: Notice ${sentence}`,
      { time: "2026-03-04T09:12:33.123456789+0000", ...alert },
    ],
    [
      `2026-03-04T09:12:34.1Z stdout F 09:12:33.123456789: Notice ${sentence}`,
      { time: "09:12:33.123456789", received: "2026-03-04T09:12:34.1Z", ...alert },
    ],
    [
      `Mar  4 09:12:34 node-1 falco[7]: 09:12:33.123456789: Notice ${sentence}`,
      { time: "09:12:33.123456789", ...alert },
    ],
    [
      "09:12:33.1: Warning Something without fields",
      { time: "09:12:33.1", priority: "Warning", output: "Something without fields", output_fields: {} },
    ],
  ])("%s", ([line, value]) => {
    expect(textLine(line)).toEqual(value);
  });

  test("only who passed it on can say the day of a clock's time", () => {
    expect(needsDate(`09:12:33.1: Notice ${sentence}`)).toMatchObject({ time: "09:12:33.1" });
    expect(needsDate(`2026-03-04T09:12:33.1Z: Notice ${sentence}`)).toBeUndefined();
    expect(needsDate(`2026-03-04T09:12:34Z stdout F 09:12:33.1: Notice ${sentence}`)).toBeUndefined();
  });
});

test.for([
  "",
  "2026-03-04 is a day",
  "2026-03-04T09:12:33Z tree push x",
  "Fri Jan  5 12:00:00 2024: Falco version: 0.36.2 (x86_64)",
  "09:12:33.1: Loud bang",
  "2026-03-04T09:12:33Z\ncontainer die x",
])("%j is none of them", (line) => {
  expect(textLine(line)).toBeUndefined();
});
