/** What of an event the columns of a table may hold. */
export const MAPPED_FIELDS = [
  "time",
  "operation",
  "platform",
  "service",
  "outcome",
  "errorCode",
  "principal",
  "session",
  "accessKey",
  "account",
  "region",
  "sourceIp",
  "userAgent",
  "image",
  "nativeId",
  "correlationId",
] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** Those that may be the same for a whole table, so that no column says them. */
export const FIXABLE_FIELDS = [
  "operation",
  "platform",
  "service",
  "outcome",
  "principal",
  "account",
  "region",
] as const satisfies readonly MappedField[];
export type FixableField = (typeof FIXABLE_FIELDS)[number];

export function isFixable(field: MappedField): field is FixableField {
  return (FIXABLE_FIELDS as readonly MappedField[]).includes(field);
}
