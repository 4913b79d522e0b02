import { expect, test } from "vitest";
import type { JsonObject } from "#lib/json.ts";
import type { LogEvent } from "./normalize/event.ts";
import { normalize } from "./normalize/normalize.ts";
import { recordProvenance } from "./provenance.ts";
import { openLog } from "./read/read.ts";
import type { ReadItem } from "./read/record.ts";
import { readStored } from "./read/text-record.ts";

async function read(content: string | Buffer): Promise<{ form: string; items: ReadItem[] }> {
  const log = await openLog(
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  if (!log.ok) throw new Error(log.reason.reason);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return { form: log.value.form.shape, items };
}

function eventIn(item: ReadItem | undefined): LogEvent | string {
  if (!item?.ok) return item?.reason ?? "none";
  const event = normalize(item.value);
  return event.ok ? event.value : `${event.reason.reason}: ${event.reason.detail}`;
}

const PUSH =
  "2026-03-04T10:12:33.123456789+01:00 image push registry.example.com/web:1 (name=registry.example.com/web)";
const SHELL =
  "Notice A shell was spawned in a container (user=root user_uid=0 command=bash -il container_id=7a25 " +
  "container_image=quay.io/a/web container_image_tag=0.88 k8s_ns=default k8s_pod_name=<NA>)";

test("docker events as text: each line an event, and what is none says so with its place", async () => {
  const { form, items } = await read(
    `${PUSH}\nConnection lost.\n2026-03-04T09:12:34Z builder build ghcr.io/a/web:2 (name=x)`,
  );
  expect(form).toBe("text-lines");
  expect(items.map(({ index, line, byteOffset }) => [index, line, byteOffset])).toEqual([
    [1, 1, 0],
    [2, 2, PUSH.length + 1],
    [3, 3, PUSH.length + 18],
  ]);
  expect(eventIn(items[0])).toMatchObject({
    occurredAt: new Date("2026-03-04T09:12:33.123Z"),
    logSource: "docker",
    operation: "image push",
    images: [{ key: "registry.example.com/web", tag: "1", role: "made" }],
  });
  expect(items[1]).toMatchObject({ ok: false, reason: "unknown-line", detail: "Connection lost." });
  expect(eventIn(items[2])).toMatchObject({
    operation: "builder build",
    images: [{ key: "ghcr.io/a/web", tag: "2", role: "made" }],
  });
});

test("Falco's lines are alerts whose operation is their sentence", async () => {
  const { items } = await read(
    `Wed Mar  4 09:00:00 2026: Falco version: 0.40.0 (x86_64)\n2026-03-04T09:12:33.1+0000: ${SHELL}\n`,
  );
  expect(items.map(eventIn)).toMatchObject([
    "unknown-line",
    {
      occurredAt: new Date("2026-03-04T09:12:33.100Z"),
      logSource: "falco",
      operation: "A shell was spawned in a container",
      principal: "root",
      images: [{ key: "quay.io/a/web", tag: "0.88" }],
      details: { priority: "Notice", command: "bash -il", container: "7a25", namespace: "default" },
    },
  ]);
});

const BARE = `09:12:33.123456789: ${SHELL}`;

test("a line without a date is refused for it", async () => {
  const { items } = await read(BARE);
  expect(eventIn(items[0])).toBe('no-time: time is "09:12:33.123456789", which has no date');
});

test.for<[name: string, wrapper: JsonObject | string]>([
  ["Docker", { log: `${BARE}\n`, stream: "stdout", time: "2026-03-04T09:12:34.5Z" }],
  ["Filebeat", { "@timestamp": "2026-03-04T09:12:34.500Z", message: BARE }],
  ["Elastic", { "@timestamp": "2026-03-04T09:12:34.500Z", event: { original: BARE } }],
  ["Fluent Bit", { date: 1772615554.5, log: BARE }],
  ["Sumo Logic", { map: { _raw: BARE, _messagetime: "1772615554500" } }],
  ["Splunk", { result: { _raw: BARE, _time: "2026-03-04 09:12:34.500 UTC" } }],
  ["a table", `_time,_raw\n2026-03-04T09:12:34.500+0000,"${BARE}"\n`],
])("%s says when such a line came, and both are kept", async ([, wrapper]) => {
  const { items } = await read(typeof wrapper === "string" ? wrapper : JSON.stringify(wrapper));
  const [item] = items;
  expect(eventIn(item)).toMatchObject({
    occurredAt: new Date("2026-03-04T09:12:34.500Z"),
    principal: "root",
  });
  expect(item?.bytes.toString()).toContain(BARE);
  expect(readStored(item?.bytes ?? Buffer.alloc(0))).toEqual({ ok: true, value: item?.ok && item.value });
});

test.for<[name: string, wrapper: JsonObject]>([
  ["a text", { message: PUSH, host: "a" }],
  [
    "what a shipper parsed",
    { log: JSON.parse('{"Type":"image","Action":"push","Actor":{"ID":"a/b:1"},"time":1772615553}') },
  ],
])("%s in a wrapper is the record", async ([, wrapper]) => {
  const { items } = await read(JSON.stringify(wrapper));
  expect(eventIn(items[0])).toMatchObject({ logSource: "docker", operation: "image push" });
  expect(items[0]?.bytes.toString()).not.toContain("host");
});

test("the raw fields of a line are those of the same log as JSON", () => {
  expect(recordProvenance(PUSH)?.get("operation")).toEqual(["Type", "Action"]);
  expect(recordProvenance(`2026-03-04T09:12:33.1Z: ${SHELL}`)?.get("principal")).toEqual([
    "output_fields.user",
  ]);
});

test("files that were put together of several keep their marks in between", async () => {
  const record = (id: string) => `\ufeff{"eventVersion":"1","eventID":"${id}"}`;
  for (const content of [`${record("a")}\n${record("b")}`, `${record("a")}${record("b")}`]) {
    const { items } = await read(content);
    expect(items.map((item) => item.ok && item.value.eventID)).toEqual(["a", "b"]);
  }
});
