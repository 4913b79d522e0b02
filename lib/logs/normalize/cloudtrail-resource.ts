import { type JsonObject, listAt } from "#lib/json.ts";
import { field, firstOf } from "./field.ts";

export type CloudTrailResource = { account: string | null; region: string | null; name: string };

/** `arn:partition:service:region:account:type/name`; some logs have a space before the account. */
const ARN = /^arn:[^:]*:([^:]*):([^:]*):([^:]*):([^:/]*)\/(.+)$/;

/**
 * The resources of one service and type that a record lists: what is left of a call whose parameters were too large to be
 * logged.
 */
export function cloudTrailResources(record: JsonObject, service: string, type: string): CloudTrailResource[] {
  const found: CloudTrailResource[] = [];
  for (const resource of listAt(record, "resources")) {
    const parts = ARN.exec(firstOf(field(resource, "ARN"), field(resource, "arn")) ?? "");
    const [, ofService, region, account, ofType, name] = parts?.map((part) => part.trim()) ?? [];
    if (ofService !== service || ofType !== type || !name) continue;
    found.push({ account: firstOf(account), region: firstOf(region), name });
  }
  return found;
}
