import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { CLOSE_LIST, COLON, OPEN_LIST, OPEN_OBJECT } from "./bytes.ts";

/** Keys whose list holds the records: CloudTrail's, Event Hub's, Azure REST's and LookupEvents'. */
const LIST_KEYS: ReadonlySet<string> = new Set(["Records", "records", "value", "Events"]);
/** Common enough as a field of a record that its list must also begin with an object, or be empty. */
const WEAK_LIST_KEY = "value";

/** Whether a parsed value is an object around a list of records rather than a record. */
export function holdsRecords(value: JsonObject): boolean {
  return Object.keys(value).some((key) => {
    const list = LIST_KEYS.has(key) ? value[key] : undefined;
    return Array.isArray(list) && (key !== WEAK_LIST_KEY || list.length === 0 || isJsonObject(list[0]));
  });
}

/** Follows the bytes of such an object, outside its strings, until the list begins. */
export class ListKey {
  #step: "none" | "key" | "colon" | "list" | "element" = "none";
  #start = 0;
  #weak = false;

  /** Something of the key and its list was seen, and nothing has ruled it out yet. */
  get pending(): boolean {
    return this.#step !== "none";
  }

  /** A string begins that may be the key; `start` is the offset of its first byte. */
  begin(start: number): void {
    this.#step = "key";
    this.#start = start;
  }

  /** The string ended; `read` gives its bytes from the offset on. */
  end(read: (start: number) => string): void {
    if (this.#step !== "key") return;
    const text = read(this.#start);
    this.#step = LIST_KEYS.has(text) ? "colon" : "none";
    this.#weak = text === WEAK_LIST_KEY;
  }

  /** Takes the next byte that is no space. True when the list was entered: `"before"` this byte or `"with"` it. */
  take(byte: number): "before" | "with" | undefined {
    const step = this.#step;
    this.#step = "none";
    if (step === "element" && (byte === OPEN_OBJECT || byte === CLOSE_LIST)) return "before";
    if (step === "colon" && byte === COLON) this.#step = "list";
    if (step !== "list" || byte !== OPEN_LIST) return undefined;
    if (!this.#weak) return "with";
    this.#step = "element";
    return undefined;
  }
}
