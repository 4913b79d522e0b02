import { z } from "zod";
import { deploymentAt } from "./deployment.ts";
import type { SumoProblem, SumoProblemReason } from "./problem.ts";

/** What came back in place of what was asked for. `location`: the header, when there is one. */
export type Refused = { status: number; location: string | null; body: string };

/** Of a creation a 404 means that there is no such interface; of all else that there is no such job. */
export type Asked = "create" | "status" | "page" | "delete";

/**
 * By code, without the `searchjob.` that some come with. Source: Sumo Logic, "Search Job API" and "Troubleshooting API
 * Issues"; query.creation.error and raw.messages.not.available are seen in live answers only.
 */
const REASON_BY_CODE: Readonly<Record<string, SumoProblemReason>> = {
  moved: "moved",
  generic: "bad-request",
  "invalid.timestamp.from": "bad-from",
  "invalid.timestamp.to": "bad-to",
  "to.smaller.than.from": "to-before-from",
  "unknown.timezone": "bad-zone",
  "empty.timezone": "bad-zone",
  "no.query": "no-query",
  "unknown.time.type": "bad-time-kind",
  "parse.error": "query-unreadable",
  "query.creation.error": "query-unreadable",
  "jobid.invalid": "job-lost",
  "offset.missing": "bad-page",
  "offset.negative": "bad-page",
  "limit.missing": "bad-page",
  "limit.zero": "bad-page",
  "limit.negative": "bad-page",
  "no.records.not.an.aggregation.query": "not-counting",
  "raw.messages.not.available": "query-counts",
  unauthorized: "unauthorized",
  forbidden: "forbidden",
  "method.unsupported": "method-unsupported",
  "contenttype.invalid": "content-type",
  "rate.limit.exceeded": "rate-limited",
  "internal.error": "internal-error",
  "service.unavailable": "unavailable",
};

const REASON_BY_STATUS: Readonly<Record<number, SumoProblemReason>> = {
  400: "bad-request",
  401: "unauthorized",
  403: "forbidden",
  405: "method-unsupported",
  415: "content-type",
  429: "rate-limited",
  503: "unavailable",
};

const complaintSchema = z.object({ code: z.string().catch(""), message: z.string().catch("") });

/** The two forms in which Sumo's interfaces complain. */
const refusalSchema = z.union([
  z.object({ errors: z.array(complaintSchema).min(1) }).transform(({ errors }) => errors[0]),
  complaintSchema.refine(({ code, message }) => code !== "" || message !== ""),
]);

/** Longer ones are pages, or nothing that a person reads. */
const LONGEST_DETAIL = 500;

/** What is wrong, by what Sumo answered in place of what was asked for. */
export function sumoProblemOf({ status, location, body }: Refused, asked: Asked): SumoProblem {
  const refusal = readRefusal(body);
  const code = refusal?.code.replace(/^.*?searchjob\./, "") ?? "";
  const said = refusal ? ` ${refusal.code}: ${refusal.message}` : "";
  const detail = shortened(`HTTP ${status}${said}`);
  if (status >= 300 && status < 400) return redirection(location, code, detail);
  if (status < 300) return { reason: "not-json", detail };
  const isLost = /^job id is invalid/i.test(refusal?.message ?? "");
  if (isLost && asked !== "create") return { reason: "job-lost", detail };
  return { reason: reasonOf(status, code, refusal !== undefined, asked), detail };
}

function reasonOf(status: number, code: string, isSumo: boolean, asked: Asked): SumoProblemReason {
  const byCode = Object.hasOwn(REASON_BY_CODE, code) ? REASON_BY_CODE[code] : undefined;
  if (byCode) return byCode;
  if (status === 404) return isSumo && asked !== "create" ? "job-lost" : "not-found";
  return REASON_BY_STATUS[status] ?? (status >= 500 ? "internal-error" : "refused");
}

function redirection(location: string | null, code: string, detail: string): SumoProblem {
  const deployment = deploymentAt(location ?? "");
  if (code !== "moved" && !deployment) {
    return { reason: "redirected", detail: shortened(`${detail}, to ${location ?? "nowhere"}`) };
  }
  const named = deployment ? `the deployment is ${deployment}` : `to ${location ?? "nowhere"}`;
  return { reason: "moved", detail: shortened(`${detail} (${named})`) };
}

function readRefusal(body: string): { code: string; message: string } | undefined {
  try {
    return refusalSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** What a server says is hostile too: one line, not long. */
export function shortened(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}
