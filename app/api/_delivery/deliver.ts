import type { IngestToken } from "#lib/access/ingest-token.ts";
import { env } from "#lib/env.ts";
import { deliverByApi } from "#lib/ingest/deliver-by-api.ts";
import { log } from "#lib/log.ts";
import { API_HEADERS, type RequestFault, refuseDelivery } from "./problem.ts";

/** Whoever sends these means an upload by a form, or has met somebody else's error page. */
const NO_LOGS = /^\s*(multipart\/|text\/html|application\/xhtml)/i;
const ENCODINGS = new Set(["identity", "gzip", "x-gzip", "zstd"]);
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Takes in what a request delivers. `answer`: what is said to a body that holds no records, such as a greeting. */
export async function deliver(
  request: Request,
  token: IngestToken,
  answer?: (bytes: Buffer) => Response | undefined,
): Promise<Response> {
  const fault = faultOf(request, token);
  if (fault) return await refuseDelivery(request, fault);
  const length = request.headers.get("content-length");
  const delivery = {
    body: request.body,
    declaredBytes: length === null ? null : Number(length),
    key: request.headers.get("idempotency-key"),
  };
  try {
    const outcome = await deliverByApi(token, delivery, new Date(), answer);
    if (!outcome.ok) return await refuseDelivery(request, outcome.reason);
    return "answer" in outcome.value ? outcome.value.answer : accepted(request, outcome.value.importId);
  } catch (error) {
    log.error({ tokenId: token.id, error: (error as Error).message }, "a delivery could not be stored");
    return await refuseDelivery(request, "unavailable");
  }
}

function faultOf({ headers, url }: Request, token: IngestToken): RequestFault | undefined {
  const source = new URL(url).searchParams.get("source");
  if (source !== null && source !== token.source) return "other-source";
  if (NO_LOGS.test(headers.get("content-type") ?? "")) return "not-a-log";
  const encodings = (headers.get("content-encoding") ?? "identity").toLowerCase().split(",");
  if (!encodings.every((name) => ENCODINGS.has(name.trim()))) return "unknown-encoding";
  const key = headers.get("idempotency-key");
  return key === null || KEY.test(key) ? undefined : "bad-key";
}

function accepted(request: Request, importId: string): Response {
  const url = `${baseOf(request)}/imports/${importId}`;
  return Response.json(
    { import: importId, url },
    { status: 202, headers: { ...API_HEADERS, location: url } },
  );
}

/** The address at which the sender reached us, unless the operator says better. */
function baseOf({ headers }: Request): string {
  const host = headers.get("host") ?? "";
  return env().publicUrl ?? (/^[\w.:[\]-]+$/.test(host) ? `http://${host}` : "");
}
