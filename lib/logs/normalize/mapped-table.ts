import type { JsonObject } from "#lib/json.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { isExternal } from "./address.ts";
import type { EventOutcome, LogEvent, Platform, Unnormalized } from "./event.ts";
import { field, firstOf, shown } from "./field.ts";
import { recordId } from "./identity.ts";
import { mappedActor } from "./mapped-actor.ts";
import { mappedCall } from "./mapped-call.ts";
import type { MappedField } from "./mapped-field.ts";
import { mappedImages } from "./mapped-image.ts";
import { readTime } from "./mapped-time.ts";
import type { KnownMapping } from "./table-mapping.ts";

/** A table is written by whoever exported it, and nothing is added on its way. Frozen: a change would change ids. */
const TRANSPORT_FIELDS: ReadonlySet<string> = new Set();

/** What programs write into a cell that holds nothing. */
const NOTHING = /^(-+|null|\(null\)|none|n\/a|nan|nil|undefined|\\N)$/i;

/** A row of a table whose columns a person has named. Any cell may be empty but those of time, operation and platform. */
export function normalizeMappedRow(row: JsonObject, mapping: KnownMapping): Outcome<LogEvent, Unnormalized> {
  const say = (name: MappedField) => said(row, mapping, name);
  const logged = say("operation");
  if (!logged)
    return failure({ reason: "no-operation", detail: `${placeOf("operation", mapping)} holds nothing` });
  const time = say("time");
  if (!time) return failure({ reason: "no-time", detail: `${placeOf("time", mapping)} holds nothing` });
  const occurredAt = readTime(time, mapping);
  if (!occurredAt.ok) {
    const detail = `${shown(time)} in ${placeOf("time", mapping)} ${occurredAt.reason}`;
    return failure({ reason: "no-time", detail });
  }
  const named = say("platform");
  const platform = platformOf(named);
  if (!platform) {
    const detail = `${shown(named ?? undefined)} in ${placeOf("platform", mapping)} names no platform`;
    return failure({ reason: "unknown-log", detail });
  }

  const { service, operation } = mappedCall(platform, logged, say("service"));
  const where = { account: say("account"), region: say("region") };
  const sourceIp = say("sourceIp");
  const who = mappedActor(platform, say("principal"), where.account);
  const what = mappedImages(say("image"), { platform, service, operation, ...where });
  return success({
    id: recordId(row, TRANSPORT_FIELDS),
    occurredAt: occurredAt.value,
    platform,
    logSource: "mapped-table",
    service,
    operation,
    ...resultOf(mapping, say),
    ...who,
    session: firstOf(say("session"), who.session),
    accessKey: say("accessKey"),
    account: firstOf(where.account, what.account),
    region: where.region,
    sourceIp,
    isExternal: isExternal(sourceIp),
    userAgent: say("userAgent"),
    nativeId: say("nativeId"),
    correlationId: say("correlationId"),
    images: what.images,
    subject: what.subject,
    details: {
      ...what.details,
      mapping: { id: mapping.id, version: mapping.version, name: mapping.name },
    },
  });
}

/** What a field's column or fixed value says. */
function said(row: JsonObject, { fields }: KnownMapping, name: MappedField): string | null {
  const source = fields[name];
  if (!source) return null;
  if ("value" in source) return source.value;
  const text = field(row, keyOf(row, source.column));
  return text === null || NOTHING.test(text) ? null : text;
}

/** The same column may be written in another case. */
function keyOf(row: JsonObject, column: string): string {
  if (Object.hasOwn(row, column)) return column;
  const wanted = column.toLowerCase();
  return Object.keys(row).find((key) => key.toLowerCase() === wanted) ?? column;
}

function placeOf(name: MappedField, { fields }: KnownMapping): string {
  const source = fields[name];
  return source && "column" in source ? `the column ${shown(source.column)}` : "the mapping";
}

const PLATFORM_NAMES: readonly (readonly [Platform, RegExp])[] = [
  ["aws", /^(aws|amazon)\b/i],
  ["azure", /^(azure|microsoft|entra)\b/i],
  ["gcp", /^(gcp|google)\b/i],
  ["container", /^(containers?|docker|oci|registry|kubernetes|k8s)\b/i],
];

function platformOf(text: string | null): Platform | null {
  return PLATFORM_NAMES.find(([, name]) => name.test(text ?? ""))?.[0] ?? null;
}

const WENT_WELL =
  /^(success(ful(ly)?)?|succeeded|ok(ay)?|true|yes|allow(ed)?|permit(ted)?|granted|pass(ed)?|completed?|done|created|0)$/i;
const FAILED =
  /^(fail(ed|ure|s)?|errors?|den(y|ied)|refused|reject(ed)?|false|no|unauthori[sz]ed|forbidden|blocked|access\s?denied)$/i;

/** An error says that the call failed; that there is a column for errors, and nothing in it, that it did not. */
function resultOf(
  { fields }: KnownMapping,
  say: (name: MappedField) => string | null,
): { outcome: EventOutcome; errorCode: string | null } {
  const errorCode = say("errorCode");
  const word = say("outcome");
  if (word !== null) {
    const outcome = outcomeOf(word);
    return { outcome: outcome === "unknown" && errorCode !== null ? "failure" : outcome, errorCode };
  }
  if (errorCode !== null) return { outcome: "failure", errorCode };
  return { outcome: fields.errorCode ? "success" : "unknown", errorCode: null };
}

/** A word, or a status of HTTP. */
function outcomeOf(word: string): EventOutcome {
  if (WENT_WELL.test(word) || /^[23]\d\d$/.test(word)) return "success";
  return FAILED.test(word) || /^[45]\d\d$/.test(word) ? "failure" : "unknown";
}
