/** What a test loads. Times in milliseconds since the epoch. */
export type LoadedMessage = {
  raw: string;
  messageTime: number;
  /** Absent: as soon as it happened. */
  receiptTime?: number;
  sourceCategory: string;
  /** By the server's clock: searches made before do not find it, whatever its receipt time says. */
  searchableAt?: number;
};

/** A message as the server holds it. */
export type Message = Required<LoadedMessage> & { number: number };

/** As one row of `/messages`: all texts, keys in lower case, ids that no JavaScript number can hold. */
export function messageMap(message: Message): Record<string, string> {
  const { number, raw, sourceCategory } = message;
  return {
    _blockid: String(-9_223_372_036_854_775_000n + BigInt(Math.floor(number / 1000))),
    _messagetime: String(message.messageTime),
    _raw: raw,
    _collectorid: "1579",
    _sourceid: "1640",
    _collector: "hosted",
    _messagecount: String(number),
    _sourcehost: "stand-in",
    _messageid: String(-9_223_372_036_854_775_807n + BigInt(number)),
    _sourcename: "Http Input",
    _size: String(Buffer.byteLength(raw)),
    _view: "",
    _receipttime: String(message.receiptTime),
    _sourcecategory: sourceCategory,
    _format: "t:json:o:0:l:24:p:yyyy-MM-dd'T'HH:mm:ssX",
    _source: "logs",
    _loglevel: "",
  };
}

const NUMBERS = new Set(["_blockid", "_messagetime", "_collectorid", "_messageid", "_sourceid", "_size"]);

export type Field = { name: string; fieldType: string; keyField: boolean };

export function fieldsOf(maps: readonly Record<string, string>[], keys: readonly string[] = []): Field[] {
  const names = Object.keys(maps[0] ?? {});
  return names.map((name) => ({ name, fieldType: fieldType(name), keyField: keys.includes(name) }));
}

function fieldType(name: string): string {
  if (name === "_messagecount" || name === "_count") return "int";
  return NUMBERS.has(name) || name === "_receipttime" || name === "_timeslice" ? "long" : "string";
}
