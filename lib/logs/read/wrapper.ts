import { at, isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { textLine } from "./text-line.ts";

/** Where in a record the record stands that it was put around, and the sender that writes it so. */
export type Wrapper = { path: readonly string[]; sender: Sender };

/** `text`: any shipper that puts the line that it read, or what it parsed of it, in a field. */
export type Sender = "sumo" | "splunk" | "eventbridge" | "lookup-events" | "elastic" | "text";

/** One of these stands in every wrapper, or `_raw`, of which the case is not certain. */
export const WRAPPER_KEYS: ReadonlySet<string> = new Set([
  "map",
  "result",
  "CloudTrailEvent",
  "detail-type",
  "event.original",
  "event",
  "_source",
  "message",
  "Message",
  "log",
]);

/** Beside these Splunk's HTTP Event Collector knows no keys. */
const SPLUNK_KEYS: ReadonlySet<string> = new Set([
  "event",
  "time",
  "host",
  "source",
  "sourcetype",
  "index",
  "fields",
]);

/** A record with one of these says by itself what happened: a text in it is its own, whatever stands there. */
const OWN_WORDS: readonly string[] = [
  "eventName",
  "EventName",
  "operationName",
  "OperationName",
  "OperationNameValue",
  "protoPayload",
  "auditID",
  "output_fields",
  "Action",
];

/** The wrapper that a record is, if it is one: only where the text inside begins like JSON, or cannot be anything else. */
export function findWrapper(record: JsonObject): Wrapper | undefined {
  return (
    rawIn(record, [], "sumo") ??
    rawIn(record, ["map"], "sumo") ??
    rawIn(record, ["result"], "splunk") ??
    lookupEvent(record) ??
    eventBridge(record) ??
    elastic(record) ??
    splunkEvent(record) ??
    shippedText(record)
  );
}

export function isRaw(key: string): boolean {
  return key.length === 4 && key.charCodeAt(0) === 0x5f && key.toLowerCase() === "_raw";
}

/** The raw message, which is one even when it is no JSON. */
function rawIn(record: JsonObject, path: readonly string[], sender: Sender): Wrapper | undefined {
  const holder = at(record, ...path);
  const key = isJsonObject(holder) ? Object.keys(holder).find(isRaw) : undefined;
  if (key === undefined || typeof at(holder, key) !== "string") return undefined;
  return { path: [...path, key], sender };
}

function lookupEvent(record: JsonObject): Wrapper | undefined {
  const isText = typeof at(record, "CloudTrailEvent") === "string";
  return isText ? { path: ["CloudTrailEvent"], sender: "lookup-events" } : undefined;
}

/** EventBridge's own events say in `detail` what happened; of CloudTrail's records it is the envelope. */
function eventBridge(record: JsonObject): Wrapper | undefined {
  const type = at(record, "detail-type");
  const isTrail = typeof type === "string" && / via CloudTrail$/i.test(type);
  return isTrail && isJsonObject(at(record, "detail"))
    ? { path: ["detail"], sender: "eventbridge" }
    : undefined;
}

/** Filebeat keeps the line in `event.original` or in `message`; an export of Elasticsearch puts a document around both. */
function elastic(record: JsonObject): Wrapper | undefined {
  const paths = [["event", "original"], ["event.original"]];
  const path = paths.find((candidate) => looksLikeRecord(at(record, ...candidate)));
  if (path) return { path, sender: "elastic" };
  const isDocument = isJsonObject(at(record, "_source")) && typeof at(record, "_index") === "string";
  return isDocument ? { path: ["_source"], sender: "elastic" } : undefined;
}

function splunkEvent(record: JsonObject): Wrapper | undefined {
  const event = at(record, "event");
  if (!isJsonObject(event) && !looksLikeJson(event)) return undefined;
  const isAlone = Object.keys(record).every((key) => SPLUNK_KEYS.has(key));
  return isAlone ? { path: ["event"], sender: "splunk" } : undefined;
}

function shippedText(record: JsonObject): Wrapper | undefined {
  const key = ["message", "Message", "log"].find((candidate) => looksLikeRecord(at(record, candidate)));
  return key === undefined || hasOwnWords(record) ? undefined : { path: [key], sender: "text" };
}

function looksLikeRecord(value: JsonValue | undefined): boolean {
  if (isJsonObject(value)) return hasOwnWords(value);
  return looksLikeJson(value) || (typeof value === "string" && textLine(value.trim()) !== undefined);
}

function hasOwnWords(record: JsonObject): boolean {
  return OWN_WORDS.some((word) => Object.hasOwn(record, word));
}

/** An object, a list of objects, or a text with one of these in it. */
function looksLikeJson(value: JsonValue | undefined): boolean {
  return typeof value === "string" && /^\s*(?:"\s*)?(?:\{\s*\\*["}]|\[\s*\{)/.test(value);
}
