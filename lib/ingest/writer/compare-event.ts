import { createHash } from "node:crypto";
import { type CopyValue, jsonLiteral, storable } from "#lib/db/copy.ts";
import { type Addend, ownAddends } from "#lib/detection/points.ts";
import { isJsonObject, type JsonValue } from "#lib/json.ts";
import type { FoundEvent } from "../pipeline.ts";
import { EVENT_COLUMNS, eventRow, imageRows } from "./rows.ts";

/** What is stored of an event. */
export type StoredEvent = {
  row: Record<string, unknown>;
  images: readonly StoredImage[];
  detections: readonly StoredDetection[];
};
export type StoredImage = { image_id: string; role: string; tag: string | null; digest: string | null };
export type StoredDetection = {
  rule_id: string;
  alert_id: string;
  score: number;
  addends: Addend[];
  entry_id: string | null;
  live: boolean;
};

/** What differs between two versions of a thing. */
export type FieldChange = { name: string; before: string | null; after: string | null };

/** Where the record lies and what normalised it is nothing that an event says. */
const NOT_SAID: readonly string[] = ["block_id", "block_position", "normalizer"];
const SAID = EVENT_COLUMNS.map((name, at) => ({ name, at })).filter(({ name }) => !NOT_SAID.includes(name));
const SHOWN_LENGTH = 300;

const NOWHERE = { blockId: "0", position: 0 };

/** The fields in which an event comes out otherwise than it is stored, `images` among them. */
export function changedFields(stored: StoredEvent, found: FoundEvent): FieldChange[] {
  const row = eventRow(found, NOWHERE);
  const changes = SAID.flatMap(({ name, at }): FieldChange[] => {
    const before = storedText(stored.row[name]);
    const after = name === "details" ? detailsText(row[at] ?? null) : newText(row[at] ?? null);
    return before === after ? [] : [{ name, before: cut(before), after: cut(after) }];
  });
  const before = imagesText(stored.images);
  const after = imagesText(
    imageRows(found).map(([, , image_id, role, tag, digest]) => ({
      image_id: String(image_id),
      role: String(role),
      tag: tag === null ? null : storable(String(tag)),
      digest: digest === null ? null : storable(String(digest)),
    })),
  );
  return before === after
    ? changes
    : [...changes, { name: "images", before: cut(before), after: cut(after) }];
}

/** Whether the rules say of an event what is stored of it, but for what the time before adds. */
export function sameDetections(stored: StoredEvent, found: FoundEvent): boolean {
  const before = stored.detections.map((one) =>
    [one.rule_id, one.alert_id, canonical(ownAddends(one.addends))].join(),
  );
  const after = found.detections.map(({ rule, alert, addends }) =>
    [rule.id, alert.id, canonical(JSON.parse(jsonLiteral(addends)) as JsonValue)].join(),
  );
  return before.sort().join("\n") === after.sort().join("\n");
}

function storedText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? canonical(value as JsonValue) : String(value);
}

function newText(value: CopyValue): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? storable(value) : String(value);
}

function detailsText(value: CopyValue): string | null {
  return value === null ? null : canonical(JSON.parse(String(value)) as JsonValue);
}

function imagesText(images: readonly StoredImage[]): string {
  return images
    .map(({ image_id, role, tag, digest }) => [role, image_id, tag ?? "", digest ?? ""].join(" "))
    .sort()
    .join("\n");
}

/** The database sorts the keys of an object in its own way. */
function canonical(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] as JsonValue)}`);
  return `{${members.join()}}`;
}

/** Two that are cut stay two: what is left out is told by a hash. */
function cut(text: string | null): string | null {
  if (text === null || text.length <= SHOWN_LENGTH) return text;
  const rest = createHash("sha256").update(text).digest("hex").slice(0, 8);
  return `${text.slice(0, SHOWN_LENGTH)}… (${rest})`.toWellFormed();
}
