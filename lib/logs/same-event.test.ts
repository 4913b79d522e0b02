import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { azureRecord, cloudTrailRecord } from "./normalize/fixtures.ts";
import { normalize } from "./normalize/normalize.ts";
import { openLog } from "./read/read.ts";
import type { ReadItem } from "./read/record.ts";

async function ids(content: string | Uint8Array): Promise<string[]> {
  const log = await openLog(
    (async function* () {
      yield Buffer.from(content);
    })(),
  );
  if (!log.ok) throw new Error(log.reason.reason);
  const items: ReadItem[] = [];
  for await (const some of log.value.items) items.push(...some);
  return items.map((item) => {
    const event = item.ok ? normalize(item.value) : item;
    if (!event.ok) throw new Error("rejected");
    return "value" in event ? event.value.id : "";
  });
}

const trail = cloudTrailRecord({ eventName: "PutImage", requestParameters: { repositoryName: "größe 😀" } });
const row = azureRecord();

test.for([
  ["CloudTrail", trail, { Records: [trail] }],
  ["Azure Activity", row, { records: [row] }],
] as const)("a record of %s is one event, whichever way it comes", async ([, record, delivery]) => {
  const direct = await ids(gzipSync(JSON.stringify(delivery)));
  const text = JSON.stringify(record);
  const ways = [
    { map: { _raw: text, _messageid: "1", _receipttime: "2" } },
    { map: { _raw: text, _messageid: "7", _receipttime: "9" } },
    { _raw: JSON.stringify(text) },
    { _raw: JSON.stringify(delivery) },
    { "@timestamp": "x", message: text },
    { result: { _raw: JSON.stringify(record, null, 2) } },
    { time: 1, event: record },
    { "detail-type": "AWS API Call via CloudTrail", detail: record },
    { Events: [{ CloudTrailEvent: text }] },
  ];
  for (const way of ways) expect(await ids(JSON.stringify(way))).toEqual(direct);
});
