import { describe, expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import { cloudTrailRecord } from "./normalize/fixtures.ts";
import { normalize } from "./normalize/normalize.ts";
import { openLog } from "./read/read.ts";
import type { ReadItem, ReadRecord } from "./read/record.ts";
import { REJECTION_SENTENCES } from "./rejection.ts";

async function read(content: string): Promise<ReadItem[]> {
  const log = await openLog(
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  if (!log.ok) throw new Error(log.reason.reason);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return items;
}

async function recordIn(content: string): Promise<ReadRecord> {
  const [item] = await read(content);
  if (!item?.ok) throw new Error(item?.reason);
  return item;
}

const TRAIL = JSON.stringify(cloudTrailRecord({ userAgent: "AGENT" }));

describe("an unknown log is reported with the keys that it has", () => {
  test.for<[record: string, detail: string]>([
    ["{}", "its keys are none"],
    ['{"a":1,"b.c":{"d":2}}', "its keys are a, b.c"],
    [
      JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`key${at}`, at]))),
      `its keys are ${Array.from({ length: 12 }, (_, at) => `key${at}`).join(", ")} and 4988 more`,
    ],
    [`{"${"k".repeat(100_000)}":1}`, `its keys are ${"k".repeat(39)}…`],
    [
      '{"a, b":1,"":2,"\\u0000\\ud800\\u202e":3,"\\u001b[31m\\n":4,"<b>":5}',
      'its keys are "a, b", "", "���", "�[31m�", "<b>"',
    ],
    ['{"__proto__":{"eventName":"PutImage","eventSource":"ecr.amazonaws.com"}}', "its keys are __proto__"],
    ['{"constructor":1,"toString":2}', "its keys are constructor, toString"],
  ])("%.60s", async ([text, detail]) => {
    const { value } = await recordIn(text);
    expect(normalize(value)).toEqual({ ok: false, reason: { reason: "unknown-log", detail } });
  });

  test("in a sentence", () => {
    expect(REJECTION_SENTENCES["unknown-log"]).toBe("This is no log that Barnacle knows.");
  });
});

describe("keys that stand twice", () => {
  test("the last counts, as for any parser, and the record is kept as it was", async () => {
    const text = TRAIL.replace("{", '{"eventName":"CreateImage","eventName":"CopyImage",').replace(
      ',"eventName":"DescribeImages"',
      "",
    );
    const { value, bytes } = await recordIn(text);
    expect(normalize(value)).toMatchObject({ ok: true, value: { operation: "CopyImage" } });
    expect(bytes.toString()).toBe(text);
  });

  test("in a wrapper the bytes are those of the record that counts", async () => {
    const { value, bytes } = await recordIn(`{"time":1,"event":{"a":1},"event":${TRAIL}}`);
    expect(bytes.toString()).toBe(TRAIL);
    expect(value).toEqual(JSON.parse(TRAIL));
  });
});

describe("keys that objects inherit", () => {
  test("are fields like any other, and change nothing else", async () => {
    const { value } = await recordIn(
      TRAIL.replace(
        '{"',
        '{"__proto__":{"polluted":1,"errorCode":"AccessDenied"},"constructor":{"prototype":{"x":1}},"',
      ),
    );
    expect(Object.keys(value).slice(0, 2)).toEqual(["__proto__", "constructor"]);
    expect(normalize(value)).toMatchObject({ ok: true, value: { outcome: "success", errorCode: null } });
    expect(({} as JsonObject).polluted).toBeUndefined();
    expect(({} as JsonObject).x).toBeUndefined();
  });

  test("count in the record's id", async () => {
    const ids = await Promise.all(
      [TRAIL, TRAIL.replace("{", '{"__proto__":1,'), TRAIL.replace("{", '{"__proto__":2,')].map(
        async (text) => {
          const event = normalize((await recordIn(text)).value);
          return event.ok && event.value.id;
        },
      ),
    );
    expect(new Set(ids).size).toBe(3);
  });

  test("as columns of a table", async () => {
    const { value } = await recordIn(
      "eventName,eventSource,__proto__,eventTime\nPutImage,ecr,x,2026-03-04T09:12:33Z",
    );
    expect(Object.entries(value)).toContainEqual(["__proto__", "x"]);
    expect(normalize(value)).toMatchObject({ ok: true, value: { operation: "PutImage" } });
  });
});

describe("what no store takes, or no number holds", () => {
  test.for<[written: string, agent: string]>([
    ["a\\u0000b", "a�b"],
    ["a\\ud83dc", "a�c"],
    ["a\\udc00\\ud83d", "a��"],
    ["a\\ud83d\\ude00", "a😀"],
  ])("%s", async ([written, agent]) => {
    const { value, bytes } = await recordIn(TRAIL.replace("AGENT", written));
    expect(normalize(value)).toMatchObject({ ok: true, value: { userAgent: agent } });
    expect(bytes.toString()).toContain(written);
  });

  test("numbers beyond 2^53 and longer than a double keep each digit, and tell two records apart", async () => {
    const events = await Promise.all(
      ["1715108059341081180", "1715108059341081181", "0.1234567890123456789", "1e999", "1E-999"].map(
        async (number) => {
          const { value } = await recordIn(
            TRAIL.replace("{", `{"n":${number},"eventID":${number},`).replace(/,"eventID":"[^"]*"/, ""),
          );
          expect(value.n).toBe(number);
          const event = normalize(value);
          return event.ok ? event.value : undefined;
        },
      ),
    );
    expect(events.map((event) => event?.nativeId)).toEqual([
      "1715108059341081180",
      "1715108059341081181",
      "0.1234567890123456789",
      "1e999",
      "1E-999",
    ]);
    expect(new Set(events.map((event) => event?.id)).size).toBe(5);
  });

  test("NULs between records and in them", async () => {
    const items = await read(`${TRAIL}\n\0\0\0\n${TRAIL.replace("AGENT", "\0")}\n${TRAIL}`);
    expect(items.map((item) => (item.ok ? "record" : item.reason))).toEqual([
      "record",
      "not-json",
      "not-json",
      "record",
    ]);
  });
});
