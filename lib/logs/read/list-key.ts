import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { CLOSE_LIST, COLON, OPEN_LIST, OPEN_OBJECT } from "./bytes.ts";

/**
 * Keys whose list holds the records. `sure`: CloudTrail's, Event Hub's and LookupEvents'. The others are common enough as
 * a field of a record that their list must also begin with an object; or, of Azure REST, be empty.
 */
export const LIST_KEYS: ReadonlyMap<string, "sure" | "objects" | "objects-or-none"> = new Map([
  ["Records", "sure"],
  ["records", "sure"],
  ["Events", "sure"],
  ["value", "objects-or-none"],
  // Search jobs of Sumo Logic and Splunk, subscriptions of CloudWatch, Google Cloud Logging.
  ["messages", "objects"],
  ["results", "objects"],
  ["logEvents", "objects"],
  ["entries", "objects"],
  // Kubernetes, notifications of registries, Docker Hub's audit log, Sysdig.
  ["items", "objects"],
  ["events", "objects"],
  ["logs", "objects"],
  ["data", "objects"],
]);

/** Whether a parsed value is an object around a list of records rather than a record. */
export function holdsRecords(value: JsonObject): boolean {
  return Object.keys(value).some((key) => {
    const kind = LIST_KEYS.get(key);
    const list = kind && value[key];
    if (!Array.isArray(list)) return false;
    return kind === "sure" || (list.length === 0 ? kind === "objects-or-none" : isJsonObject(list[0]));
  });
}

/** Follows the bytes of such an object, outside its strings, until the list begins. */
export class ListKey {
  #step: "none" | "key" | "colon" | "list" | "element" = "none";
  #start = 0;
  #kind: ReturnType<typeof LIST_KEYS.get>;

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
    this.#kind = LIST_KEYS.get(text);
    this.#step = this.#kind ? "colon" : "none";
  }

  /** Takes the next byte that is no space. True when the list was entered: `"before"` this byte or `"with"` it. */
  take(byte: number): "before" | "with" | undefined {
    const step = this.#step;
    this.#step = "none";
    const isNone = byte === CLOSE_LIST && this.#kind === "objects-or-none";
    if (step === "element" && (byte === OPEN_OBJECT || isNone)) return "before";
    if (step === "colon" && byte === COLON) this.#step = "list";
    if (step !== "list" || byte !== OPEN_LIST) return undefined;
    if (this.#kind === "sure") return "with";
    this.#step = "element";
    return undefined;
  }
}
