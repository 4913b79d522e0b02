import { z } from "zod";
import { contentId } from "#lib/content-id.ts";
import type { JsonObject } from "#lib/json.ts";
import { isStorable } from "#lib/storable.ts";
import { isZone } from "#lib/zoned-format.ts";
import { OUTCOMES, PLATFORMS } from "./event.ts";
import { isFixable, MAPPED_FIELDS, type MappedField } from "./mapped-field.ts";

const MOST_NAME = 80;
const MOST_VALUE = 200;

const sourceSchema = z.union([
  z.strictObject({ column: z.string().max(1000) }),
  z.strictObject({
    value: z.string().trim().min(1, "Give the value.").max(MOST_VALUE, `At most ${MOST_VALUE} characters.`),
  }),
]);
/** Where a field comes from: a column of the table, or a value that is the same for all of it. */
export type FieldSource = z.infer<typeof sourceSchema>;

/** What the columns of a table hold. Its issues are for people; the paths are `name`, `zone` and `fields.time`. */
export const mappingSchema = z
  .strictObject({
    /** The log's, for people. */
    name: z
      .string()
      .trim()
      .min(1, "Give the log a name.")
      .max(MOST_NAME, `At most ${MOST_NAME} characters.`)
      .regex(/^\P{Cc}*$/u, "A name has one line and no control characters."),
    fields: z.partialRecord(z.enum(MAPPED_FIELDS), sourceSchema),
    /** Of times that name none. */
    zone: z.string().max(100).refine(isZone, "There is no such time zone."),
    /** Of dates such as 03/04/2026. */
    dayFirst: z.boolean(),
  })
  .superRefine(({ name, fields }, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: path.split("."), message });
    if (!isStorable(name)) complain("name", "The name holds a character that cannot be stored.");
    if (!fields.time) complain("fields.time", "Say which column holds the time.");
    if (!fields.operation) complain("fields.operation", "Say which column holds the operation.");
    if (!fields.platform) complain("fields.platform", "Say which platform it is.");
    for (const [field, source] of Object.entries(fields)) {
      if (!("value" in source)) continue;
      if (!isFixable(field as MappedField)) complain(`fields.${field}`, "This has to be a column.");
      if (!isStorable(source.value)) complain(`fields.${field}`, "This cannot be stored.");
    }
    const isNone = (source: FieldSource | undefined, known: readonly string[]) =>
      source !== undefined && "value" in source && !known.includes(source.value);
    if (isNone(fields.platform, PLATFORMS)) complain("fields.platform", "There is no such platform.");
    if (isNone(fields.outcome, OUTCOMES)) complain("fields.outcome", "There is no such outcome.");
  });
export type TableMapping = z.infer<typeof mappingSchema>;

/** The same names, in any order and case, are the same table. */
export function tableFingerprint(columns: readonly string[]): string {
  return contentId(JSON.stringify(columns.map(folded).sort()));
}

function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** A mapping with the columns that it is for, as it is looked for. Plain data: it can be sent to another thread. */
export type KnownMapping = TableMapping & {
  id: string;
  version: number;
  fingerprint: string;
  /** Of the columns, folded. */
  names: ReadonlySet<string>;
};

/** By how many columns their tables have. */
export type TableMappings = ReadonlyMap<number, readonly KnownMapping[]>;

export const NO_MAPPINGS: TableMappings = new Map();

export type StoredMapping = {
  id: string;
  version: number;
  columns: readonly string[];
  mapping: TableMapping;
};

export function indexMappings(mappings: readonly StoredMapping[]): TableMappings {
  return Map.groupBy(mappings.map(known), ({ columnCount }) => columnCount);
}

function known({ id, version, columns, mapping }: StoredMapping): KnownMapping & { columnCount: number } {
  return {
    ...mapping,
    id,
    version,
    fingerprint: tableFingerprint(columns),
    names: new Set(columns.map(folded)),
    columnCount: columns.length,
  };
}

/** The mapping for a table of these columns. */
export function mappingOfColumns(
  columns: readonly string[],
  mappings: TableMappings,
): KnownMapping | undefined {
  return mappings.get(columns.length)?.find(({ names, fingerprint }) => {
    if (!columns.every((name) => names.has(folded(name)))) return false;
    // Names that differ in their case alone: the set does not say how many of each.
    return names.size === columns.length || tableFingerprint(columns) === fingerprint;
  });
}

/** The mapping for a record that has the columns of its table as keys. Every record asks: nearly all learn at their first key. */
export function mappingOf(record: JsonObject, mappings: TableMappings): KnownMapping | undefined {
  return mappings.size === 0 ? undefined : mappingOfColumns(Object.keys(record), mappings);
}
