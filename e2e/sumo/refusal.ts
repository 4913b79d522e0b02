/** What Sumo answers when it does not do as asked: code, status and text. Texts that no document gives are ours. */
export const REFUSALS = {
  moved: [301, "moved", "The requested resource SHOULD be accessed through returned URI in Location Header."],
  generic: [400, "searchjob.generic", "Generic error."],
  "bad-from": [400, "searchjob.invalid.timestamp.from", "The 'from' field contains an invalid time."],
  "bad-to": [400, "searchjob.invalid.timestamp.to", "The 'to' field contains an invalid time."],
  "to-before-from": [
    400,
    "searchjob.to.smaller.than.from",
    "The 'from' time cannot be larger than the 'to' time.",
  ],
  "unknown-zone": [400, "searchjob.unknown.timezone", "The 'timezone' value is not a known time zone."],
  "no-zone": [400, "searchjob.empty.timezone", "The 'timezone' field is empty."],
  "no-query": [400, "searchjob.no.query", "No query string was provided."],
  "unknown-time-type": [400, "searchjob.unknown.time.type", "The time type is unknown."],
  "parse-error": [400, "searchjob.parse.error", "Unable to parse query."],
  "query-creation": [400, "searchjob.query.creation.error", "Unable to create the query."],
  "no-offset": [400, "searchjob.offset.missing", "Offset is missing."],
  "bad-offset": [400, "searchjob.offset.negative", "Offset cannot be negative."],
  "no-limit": [400, "searchjob.limit.missing", "Limit is missing."],
  "zero-limit": [400, "searchjob.limit.zero", "Limit cannot be 0."],
  "bad-limit": [400, "searchjob.limit.negative", "Limit cannot be negative."],
  "no-records": [
    400,
    "searchjob.no.records.not.an.aggregation.query",
    "No records; query is not an aggregation",
  ],
  "no-messages": [
    400,
    "searchjob.raw.messages.not.available",
    "requireRawMessages is false for this search job.",
  ],
  unauthorized: [401, "unauthorized", "Credential could not be verified."],
  forbidden: [403, "forbidden", "This operation is not allowed for your account type."],
  "no-job": [404, "searchjob.jobid.invalid", "Job ID is invalid."],
  "not-found": [404, "notfound", "The requested resource could not be found."],
  method: [405, "method.unsupported", "Unsupported method for the requested resource."],
  "content-type": [415, "contenttype.invalid", "Invalid content type."],
  "too-many": [429, "rate.limit.exceeded", "The rate limit for this API has been exceeded."],
  internal: [500, "internal.error", "Internal server error."],
  unavailable: [503, "service.unavailable", "Service is currently unavailable."],
} as const satisfies Record<string, readonly [status: number, code: string, message: string]>;

export type RefusalName = keyof typeof REFUSALS;

/** Thrown wherever a request turns out to be refused, and answered in one place. */
export class Refusal extends Error {
  readonly named: RefusalName;
  /** Of `moved`: where to. */
  readonly location: string | undefined;

  constructor(named: RefusalName, { detail, location }: { detail?: string; location?: string } = {}) {
    super(detail ?? REFUSALS[named][2]);
    this.named = named;
    this.location = location;
  }
}

/** `openapi`: the form in which Sumo's newer interfaces complain. */
export type RefusalForm = "search-job" | "openapi";

export function refusalBody({ named, message }: Refusal, form: RefusalForm, correlation: string): string {
  const [status, code] = REFUSALS[named];
  if (form === "openapi") return JSON.stringify({ id: correlation, errors: [{ code, message }] });
  return JSON.stringify({ status, id: correlation, code, message });
}
