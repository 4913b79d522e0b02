import { at, isJsonObject, type JsonObject } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { BLANK_EVENT } from "./blank-event.ts";
import type { EventActor, LogEvent, Unnormalized } from "./event.ts";
import { field, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { registryImage } from "./registry-image.ts";
import { parseEpoch, parseTime } from "./time.ts";

/** Docker Hub sends both as they are. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();
const HOST = "docker.io";

function isWebhook(record: JsonObject): boolean {
  return isJsonObject(record.push_data) && isJsonObject(record.repository);
}

/** A row of the audit log names an action as `repo.tag.push` and whom it was done by and to. */
function isAuditRow(record: JsonObject): boolean {
  const isRow = Object.hasOwn(record, "action_description") && Object.hasOwn(record, "account");
  return isRow && typeof record.action === "string" && Object.hasOwn(record, "actor");
}

export function isDockerHub(record: JsonObject): boolean {
  return isWebhook(record) || isAuditRow(record);
}

/**
 * Docker Hub's webhooks and rows of its audit log. Sources: Docker docs, "Docker Hub webhooks"; Docker Hub API, "audit
 * logs". What a row's `data` is called was not seen: `tag` and `digest` are taken from it when they are there.
 */
export function normalizeDockerHub(record: JsonObject): Outcome<LogEvent, Unnormalized> {
  const { operation, time, principal, account, named, tag } = isWebhook(record) ? hook(record) : row(record);
  if (!operation)
    return failure({ reason: "no-operation", detail: `action is ${shown(at(record, "action"))}` });
  const occurredAt = parseEpoch(time) ?? parseTime(field(time) ?? "");
  if (!occurredAt) return failure({ reason: "no-time", detail: `its time is ${shown(time)}` });

  const isImageWork = operation === "push" || operation.startsWith("repo.");
  const repository = named && !named.includes("/") && account ? `${account}/${named}` : named;
  const role = /push$/.test(operation) ? "made" : "changed";
  const digest = field(record, "data", "digest");
  return success({
    ...BLANK_EVENT,
    id: recordId(record, TRANSPORT_FIELDS),
    occurredAt,
    platform: "container",
    logSource: "docker-hub",
    service: HOST,
    operation,
    outcome: "success",
    actor: principal ? actorOf(principal) : null,
    principal,
    account,
    images: isImageWork && repository ? [registryImage({ host: HOST, repository, role, tag, digest })] : [],
    subject: !isImageWork && named ? `name:${named}` : null,
  });
}

function hook(record: JsonObject) {
  return {
    operation: "push",
    time: at(record, "push_data", "pushed_at"),
    principal: field(record, "push_data", "pusher"),
    named: field(record, "repository", "repo_name"),
    account: field(record, "repository", "namespace"),
    tag: field(record, "push_data", "tag"),
  };
}

function row(record: JsonObject) {
  return {
    operation: field(record, "action"),
    time: at(record, "timestamp"),
    principal: field(record, "actor"),
    named: field(record, "name"),
    account: field(record, "account"),
    tag: field(record, "data", "tag"),
  };
}

/** Who works there is a person or a robot's account: the log does not say. */
function actorOf(name: string): EventActor {
  return { kind: "unknown", key: `${HOST}/${name.toLowerCase()}`, name, account: null };
}
