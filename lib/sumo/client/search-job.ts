import { z } from "zod";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoProblem } from "../problem.ts";
import { shortened } from "../refusal.ts";
import type { Patience } from "./patience.ts";
import type { Answer, Trouble } from "./request.ts";
import type { Search, SearchProgress, SearchRow } from "./search.ts";

/** Which operation a job is asked for, and how; one function each. Source: Sumo Logic, "Search Job API". */
const JOBS = "search/jobs";

const createdSchema = z.looseObject({ id: z.string().min(1).max(200) });

export async function createJob(
  patience: Patience,
  search: Search,
  kind: "messages" | "records",
): Promise<Outcome<string, SumoProblem>> {
  const body = {
    query: search.query,
    // In milliseconds: no other form is read the same everywhere.
    from: String(search.from),
    to: String(search.to),
    timeZone: "UTC",
    byReceiptTime: search.by === "receipt",
    requiresRawMessages: kind === "messages",
    autoParsingMode: "Manual",
  };
  const answer = await patience.send({ asked: "create", path: JOBS, body });
  if (!answer.ok) return failure(problemOf(answer.reason));
  const created = parsed(createdSchema, answer.value);
  if (created.ok) return success(created.value.id);
  const inLocation = /\/search\/jobs\/([^/?#]+)$/.exec(answer.value.location ?? "")?.[1];
  return inLocation ? success(inLocation) : created;
}

const count = z.coerce.number().int().nonnegative().catch(0);
const texts = z.array(z.unknown().transform(textOf)).catch([]);

const statusSchema = z
  .looseObject({
    state: z.string(),
    messageCount: count,
    recordCount: count,
    pendingErrors: texts,
    pendingWarnings: texts,
    warning: z.string().catch(""),
    usageDetails: z.looseObject({ dataScannedInBytes: count }).catch({ dataScannedInBytes: 0 }),
  })
  .transform(({ usageDetails, warning, pendingWarnings, ...status }) => ({
    ...status,
    bytesScanned: usageDetails.dataScannedInBytes,
    // Each answer warns of cookies, whether they came or not.
    warnings: [warning, ...pendingWarnings].filter((text) => text !== "" && !/\bcookies?\b/i.test(text)),
  }));

export type JobStatus = SearchProgress & { pendingErrors: string[]; warnings: string[] };

export async function jobStatus(patience: Patience, id: string): Promise<Outcome<JobStatus, Trouble>> {
  const answer = await patience.send({ asked: "status", path: `${JOBS}/${encodeURIComponent(id)}` });
  if (!answer.ok) return answer;
  const status = parsed(statusSchema, answer.value);
  if (status.ok) return status;
  return failure({ ...status.reason, status: 200, isAnswerLost: true, retryAfterMs: undefined });
}

const rowSchema = z.looseObject({ map: z.record(z.string(), z.unknown()) });
const pageSchema = z
  .looseObject({ messages: z.array(rowSchema).optional(), records: z.array(rowSchema).optional() })
  .refine(({ messages, records }) => messages !== undefined || records !== undefined);

export type JobPage = { rows: SearchRow[]; bytes: number };
export type PageAsked = { id: string; kind: "messages" | "records"; offset: number; limit: number };

export async function jobPage(patience: Patience, asked: PageAsked): Promise<Outcome<JobPage, SumoProblem>> {
  const { id, kind, offset, limit } = asked;
  const path = `${JOBS}/${encodeURIComponent(id)}/${kind}?offset=${offset}&limit=${limit}`;
  const answer = await patience.send({ asked: "page", path });
  if (!answer.ok) return failure(problemOf(answer.reason));
  const page = parsed(pageSchema, answer.value);
  if (!page.ok) return page;
  const rows = (page.value[kind] ?? []).map(({ map }) => rowOf(map));
  return success({ rows, bytes: answer.value.bytes });
}

/** One that is gone is as good as deleted. */
export async function deleteJob(patience: Patience, id: string): Promise<Outcome<undefined, SumoProblem>> {
  const answer = await patience.send({ asked: "delete", path: `${JOBS}/${encodeURIComponent(id)}` });
  if (answer.ok || answer.reason.reason === "job-lost" || answer.reason.status === 404) return success();
  return failure(problemOf(answer.reason));
}

/** Keys in lower case: Sumo's own documents write them both ways. */
function rowOf(map: Readonly<Record<string, unknown>>): SearchRow {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.toLowerCase(), textOf(value)]));
}

/** All values are documented, and seen, as texts. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  { json }: Answer,
): Outcome<z.infer<Schema>, SumoProblem> {
  const result = schema.safeParse(json);
  if (result.success) return success(result.data);
  const [issue] = result.error.issues;
  const detail = shortened(`${issue?.path.slice(0, 6).join(".") ?? ""} ${issue?.message ?? ""}`);
  return failure({ reason: "bad-answer", detail });
}

function problemOf({ reason, detail }: Trouble): SumoProblem {
  return { reason, detail };
}
