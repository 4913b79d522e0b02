import type { JsonObject } from "#lib/json.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import { isAcrLog, normalizeAcr } from "./acr.ts";
import { azureActivityForm, normalizeAzureActivity } from "./azure-activity.ts";
import { isCloudTrail, normalizeCloudTrail } from "./cloudtrail.ts";
import { isCloudTrailRow, normalizeCloudTrailRow } from "./cloudtrail-table.ts";
import { isDockerEvent, normalizeDockerEvent } from "./docker-events.ts";
import { isDockerHub, normalizeDockerHub } from "./docker-hub.ts";
import { isEcrEvent, normalizeEcrEvent } from "./ecr-eventbridge.ts";
import type { LogEvent, Unnormalized } from "./event.ts";
import { isFalcoAlert, normalizeFalcoAlert } from "./falco.ts";
import { isGcpAudit, normalizeGcpAudit } from "./gcp-audit.ts";
import { isHarborWebhook, normalizeHarborWebhook } from "./harbor.ts";
import { TooDeepError } from "./identity.ts";
import { isKubernetesAudit, normalizeKubernetesAudit } from "./kubernetes-audit.ts";
import { normalizeMappedRow } from "./mapped-table.ts";
import { isRegistryNotification, normalizeRegistryNotification } from "./registry-notification.ts";
import { isSysdigEvent, normalizeSysdigEvent } from "./sysdig.ts";
import { mappingOf, NO_MAPPINGS, type TableMappings } from "./table-mapping.ts";

/** Raised whenever a normaliser would give another event for the same record; stored with each event. */
export const NORMALIZER_VERSION = 6;

const KEYS_SHOWN = 12;
const KEY_LENGTH = 40;

type Log = {
  is: (record: JsonObject) => boolean;
  normalize: (record: JsonObject) => Outcome<LogEvent, Unnormalized>;
};

/** Diagnostic settings give them the form of the Activity Log: they are told by their category. */
const AZURE_LOGS: readonly Log[] = [
  { is: isKubernetesAudit, normalize: normalizeKubernetesAudit },
  { is: isAcrLog, normalize: normalizeAcr },
];

/** Looked at in this order, when it is none of those that come in great numbers. */
const OTHER_LOGS: readonly Log[] = [
  { is: isGcpAudit, normalize: normalizeGcpAudit },
  { is: isEcrEvent, normalize: normalizeEcrEvent },
  { is: isRegistryNotification, normalize: normalizeRegistryNotification },
  { is: isDockerEvent, normalize: normalizeDockerEvent },
  { is: isHarborWebhook, normalize: normalizeHarborWebhook },
  { is: isDockerHub, normalize: normalizeDockerHub },
  { is: isFalcoAlert, normalize: normalizeFalcoAlert },
  { is: isSysdigEvent, normalize: normalizeSysdigEvent },
];

/**
 * The event that a record tells of, whichever of the known logs it comes from. Rows of a table that somebody has mapped are
 * known by `mappings` alone.
 */
export function normalize(
  record: JsonObject,
  mappings: TableMappings = NO_MAPPINGS,
): Outcome<LogEvent, Unnormalized> {
  try {
    const mapping = mappingOf(record, mappings);
    if (mapping) return normalizeMappedRow(record, mapping);
    if (isCloudTrailRow(record)) return normalizeCloudTrailRow(record);
    if (isCloudTrail(record)) return normalizeCloudTrail(record);
    const azureLog = AZURE_LOGS.find(({ is }) => is(record));
    if (azureLog) return azureLog.normalize(record);
    const azure = azureActivityForm(record);
    if (azure) return normalizeAzureActivity(record, azure);
    const log = OTHER_LOGS.find(({ is }) => is(record));
    if (log) return log.normalize(record);
  } catch (error) {
    if (error instanceof TooDeepError) return failure({ reason: "too-deep", detail: error.message });
    throw error;
  }
  return failure({ reason: "unknown-log", detail: `its keys are ${keysOf(record)}` });
}

function keysOf(record: JsonObject): string {
  const keys = Object.keys(record);
  const shown = keys.slice(0, KEYS_SHOWN).map(keyText);
  if (keys.length === 0) return "none";
  return keys.length > KEYS_SHOWN
    ? `${shown.join(", ")} and ${keys.length - KEYS_SHOWN} more`
    : shown.join(", ");
}

/** Any text may be a key: what could be taken for several, or for none, stands in quotes. */
function keyText(key: string): string {
  const short = key.length > KEY_LENGTH ? `${key.slice(0, KEY_LENGTH - 1)}…` : key;
  return /^[\w.@$…-]+$/.test(short) ? short : JSON.stringify(short.replace(/\p{C}/gu, "\ufffd"));
}
