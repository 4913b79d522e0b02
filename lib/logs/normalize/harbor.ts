import { at, isJsonObject, type JsonObject, listAt } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { ImageRole, LogEvent, Unnormalized } from "./event.ts";
import { field, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { registryImage } from "./registry-image.ts";
import { parseEpoch } from "./time.ts";

/** Harbor sends its webhooks as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

export function isHarborWebhook(record: JsonObject): boolean {
  return (
    isJsonObject(record.event_data) && Object.hasOwn(record, "type") && Object.hasOwn(record, "occur_at")
  );
}

/** Webhooks of Harbor in their default form. Source: Harbor, "Configure Webhook Notifications". */
export function normalizeHarborWebhook(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const operation = field(record, "type");
  if (!operation) return failure({ reason: "no-operation", detail: `type is ${shown(at(record, "type"))}` });
  const occurredAt = parseEpoch(at(record, "occur_at"));
  if (!occurredAt)
    return failure({ reason: "no-time", detail: `occur_at is ${shown(at(record, "occur_at"))}` });

  const repository = field(record, "event_data", "repository", "repo_full_name");
  const resources = listAt(record, "event_data", "resources");
  const host = hostOf(
    resources.map((resource) => field(resource, "resource_url")).find((url) => url) ?? null,
  );
  const operator = field(record, "operator");
  const named = resources.length > 0 ? resources : [null];
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "harbor",
    service: "harbor",
    operation,
    outcome: /fail/i.test(operation) ? "failure" : "success",
    actor: operator
      ? { kind: "unknown", key: `${host}/${operator.toLowerCase()}`, name: operator, account: null }
      : null,
    principal: operator,
    images: repository
      ? named.map((resource) =>
          registryImage({
            host,
            repository,
            role: roleOf(operation),
            tag: field(resource, "tag"),
            digest: field(resource, "digest"),
          }),
        )
      : [],
    subject: repository ? null : `registry:${host}`,
  });
}

function roleOf(operation: string): ImageRole {
  if (/push/i.test(operation)) return "made";
  return /pull|scan/i.test(operation) ? "used" : "changed";
}

/** Of `host/repository:tag`, which has no scheme. */
function hostOf(resourceUrl: string | null): string {
  const host = /^(?:https?:\/\/)?([^/]+)\//.exec(resourceUrl ?? "")?.[1];
  return (host ?? "unknown-registry").toLowerCase();
}
