import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";
import { objectIn } from "./field.ts";

export function isAksAuditRow(record: JsonObject): boolean {
  return ["AuditId", "Verb", "ObjectRef"].every((column) => Object.hasOwn(record, column));
}

/**
 * A row of the tables AKSAudit and AKSAuditAdmin in the shape of the audit event that it was made of. Its columns of
 * objects are JSON in a text when the table was exported as CSV. Source: Azure Monitor reference, AKSAudit.
 */
export function auditOfRow(row: JsonObject): JsonObject {
  const columns: [string, JsonValue | undefined][] = [
    ["auditID", row.AuditId],
    ["verb", row.Verb],
    ["stage", row.Stage],
    ["user", objectIn(row.User)],
    ["objectRef", objectIn(row.ObjectRef)],
    ["requestObject", objectIn(row.RequestObject)],
    ["responseStatus", objectIn(row.ResponseStatus)],
    ["sourceIPs", listIn(row.SourceIps)],
    ["userAgent", row.UserAgent],
    ["requestReceivedTimestamp", row.RequestReceivedTime || row.TimeGenerated],
  ];
  return Object.fromEntries(
    columns.filter((column): column is [string, JsonValue] => column[1] !== undefined),
  );
}

function listIn(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "string" || !value.trimStart().startsWith("[")) return value;
  const wrapped = objectIn(`{"list":${value}}`);
  return isJsonObject(wrapped) ? wrapped.list : undefined;
}
