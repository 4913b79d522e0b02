import { describe, expect, test } from "vitest";
import { openLog } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits } from "./record.ts";

async function read(content: string, limits: ReadLimits = DEFAULT_READ_LIMITS): Promise<ReadItem[]> {
  const log = await openLog(
    (async function* () {
      yield Buffer.from(content);
    })(),
    limits,
  );
  if (!log.ok) throw new Error(log.reason.reason);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return items;
}

/** One line an item: index, place, and its text or why there is none. */
async function summary(content: string, limits?: ReadLimits): Promise<string[]> {
  return (await read(content, limits)).map((item) => {
    const place = `${item.index} ${item.line}:${item.byteOffset}`;
    return item.ok ? `${place} ${item.bytes}` : `${place} ${item.reason} ${item.bytes}`;
  });
}

/** Written as no serialiser of ours would write it: these bytes must come out. */
const RECORD = '{ "eventName":"PutImage", "n":1682444457640940207, "u":"\\u00e9é" }';
const text = JSON.stringify;

describe("a wrapper gives the record that it was put around, in the record's own bytes", () => {
  test.for<[name: string, wrapped: string]>([
    ["Sumo Logic's map", text({ map: { _raw: RECORD, _messageid: "-9223372036854772767" } })],
    ["a row of a pull from Sumo Logic", text({ _messagetime: "1", _raw: RECORD, _source: "trail" })],
    ["_raw in another case", text({ _RAW: RECORD })],
    [
      "the answer of a search job",
      text({ fields: [{ name: "_raw", fieldType: "string" }], messages: [{ map: { _raw: RECORD } }] }),
    ],
    ["Splunk's export", text({ preview: false, offset: 0, result: { _raw: RECORD, host: "x" } })],
    ["Splunk's search", text({ preview: false, results: [{ _raw: RECORD }] })],
    ["Splunk's event, a text", text({ time: 1, host: "h", sourcetype: "aws:cloudtrail", event: RECORD })],
    ["Splunk's event, an object", `{"time":1,"event":${RECORD},"fields":{"a":"b"}}`],
    ["Filebeat's message", text({ "@timestamp": "x", message: RECORD, agent: { type: "filebeat" } })],
    ["Filebeat's original", text({ "@timestamp": "x", event: { original: RECORD, kind: "event" } })],
    ["Filebeat's original, flat", text({ "event.original": RECORD, message: "PutImage by ci" })],
    ["a document of Elasticsearch", `{"_index":"i","_id":"1","_source":{"message":${text(RECORD)}}}`],
    [
      "EventBridge",
      `{"version":"0","detail-type":"AWS API Call via CloudTrail","detail": ${RECORD} ,"id":"1"}`,
    ],
    ["a sign-in by EventBridge", `{"detail":${RECORD},"detail-type":"AWS Console Sign In via CloudTrail"}`],
    ["LookupEvents", text({ Events: [{ EventId: "1", EventName: "PutImage", CloudTrailEvent: RECORD }] })],
    ["a subscription of CloudWatch", text({ logGroup: "g", logEvents: [{ id: "1", message: RECORD }] })],
    ["a container's line", text({ log: `${RECORD}\n`, stream: "stdout" })],
    ["JSON in a text", text({ _raw: text(RECORD) })],
    ["JSON in a text in a text", text({ _raw: text(text(RECORD)) })],
    [
      "a wrapper in a wrapper",
      text({ message: text({ map: { _raw: text({ Records: "x", _raw: RECORD }) } }) }),
    ],
    ["white space around", text({ _raw: `\r\n ${RECORD}\n` })],
    ["a key that stands twice", `{"detail":{"a":1},"detail-type":"X via CloudTrail","detail":${RECORD}}`],
  ])("%s", async ([, wrapped]) => {
    const items = await read(`${wrapped}\n`);
    expect(items.map(({ bytes }) => bytes.toString())).toEqual([RECORD]);
    expect(items).toMatchObject([{ ok: true, index: 1, value: { n: "1682444457640940207", u: "éé" } }]);
  });

  test("it stands where the wrapper stands, and each record has a number of its own", async () => {
    const body = text({ Records: [{ a: 2 }, { _raw: '{"a":3}' }] });
    const lines = [text({ _raw: '{"a":1}' }), text({ _raw: body }), text({ _raw: '[{"a":4},{"a":5}]' })];
    const second = lines[0]?.length ?? 0;
    expect(await summary([...lines, '{"a":6}'].join("\n"))).toEqual([
      '1 1:0 {"a":1}',
      `2 2:${second + 1} {"a":2}`,
      `3 2:${second + 1} {"a":3}`,
      `4 3:${second + (lines[1]?.length ?? 0) + 2} {"a":4}`,
      `5 3:${second + (lines[1]?.length ?? 0) + 2} {"a":5}`,
      `6 4:${lines.join("\n").length + 1} {"a":6}`,
    ]);
  });

  test("several records one after another in one message", async () => {
    expect(await summary(text({ _raw: '{"a":1}\n{"a":2}' }))).toEqual(['1 1:0 {"a":1}', '2 1:0 {"a":2}']);
    expect(await summary(text({ _raw: "[]" }))).toEqual([]);
  });

  test("half of a surrogate pair is written as JSON writes it", async () => {
    expect(await summary('{"_raw":"{\\"a\\":\\"\\ud83d\\",\\"b\\":\\"\\ud83d\\ude00\\"}"}')).toEqual([
      '1 1:0 {"a":"\\ud83d","b":"😀"}',
    ]);
  });
});

describe("what is no wrapper stays as it is", () => {
  test.for([
    ["a message in words", { "@timestamp": "x", message: "PutImage by ci" }],
    ["a message in brackets", { message: "[INFO] {started}" }],
    ["a message with JSON in a record of a log", { eventName: "PutImage", message: '{"a":1}' }],
    ["a message with JSON in a Google record", { protoPayload: {}, message: '{"a":1}' }],
    ["an event of EventBridge's own", { "detail-type": "ECR Image Action", detail: { "image-tag": "1" } }],
    ["an event beside other things", { event: { a: 1 }, time: 1, verdict: "x" }],
    ["a map without a message", { map: { _count: "12" } }],
    ["a message that is no text", { message: { a: 1 }, _raw: 1, CloudTrailEvent: null }],
    ["an empty list that a record may have", { id: 1, events: [], data: [], items: [] }],
    ["a list of texts", { id: 1, messages: ["x"] }],
  ] as const)("%s", async ([, record]) => {
    const expected = text(record);
    expect(await summary(expected)).toEqual([`1 1:0 ${expected}`]);
    expect(await summary(`[\n${expected}\n]`)).toEqual([`1 2:2 ${expected}`]);
  });
});

describe("what cannot be read inside is rejected, with what stood there", () => {
  test.for<[name: string, inside: string, expected: string[]]>([
    ["words", "Jan 1 sshd: failed", ["1 1:0 not-json Jan 1 sshd: failed"]],
    ["a record that is cut", '{"a":1,"b":', ['1 1:0 not-json {"a":1,"b":']],
    ["two, one of them cut", '{"a":1}\n{"b":', ['1 1:0 not-json {"a":1}\n{"b":']],
    ["a number", "42", ["1 1:0 not-an-object 42"]],
    ["nothing", "", ["1 1:0 not-json "]],
    ["a list of everything", '[{"a":1},7]', ['1 1:0 {"a":1}', "2 1:0 not-an-object 7"]],
  ])("%s", async ([, inside, expected]) => {
    expect(await summary(text({ _raw: inside }))).toEqual(expected);
    const next = `${expected.length + 1} 2:${text({ _raw: inside }).length + 1} {"z":1}`;
    expect(await summary(`${text({ _raw: inside })}\n{"z":1}`)).toEqual([...expected, next]);
  });

  test("the reason names the field", async () => {
    const [item] = await read(text({ map: { _raw: "words" } }));
    expect(item).toMatchObject({ ok: false, detail: expect.stringMatching(/^map\._raw: /) });
  });

  test("more wrappers than honest logs have", async () => {
    const wrapped = (times: number): string => (times === 0 ? '{"a":1}' : text({ _raw: wrapped(times - 1) }));
    expect(await summary(wrapped(4))).toEqual(['1 1:0 {"a":1}']);
    expect(await summary(wrapped(5))).toEqual([`1 1:0 too-deep ${wrapped(1)}`]);
    let quoted = '{"a":1}';
    for (let times = 0; times < 4; times++) quoted = text(quoted);
    expect(await summary(text({ _raw: quoted }))).toEqual([`1 1:0 not-an-object ${text('{"a":1}')}`]);
  });

  test("a record that became too long", async () => {
    const inside = text({ a: "é".repeat(60) });
    const escaped = text({ _raw: inside }).replaceAll("é", "\\u00e9");
    const limits = { ...DEFAULT_READ_LIMITS, maxRecordBytes: 500, keptBytes: 20 };
    expect(await summary(escaped, limits)).toEqual([`1 1:0 ${inside}`]);
    expect((await read(text({ Records: [{ a: 1 }], x: "y".repeat(600) }), limits)).at(0)?.ok).toBe(true);
  });
});
