import type { DeliveryFault } from "#lib/ingest/delivery.ts";
import type { TokenRefusal } from "../../_access/delivery-token.ts";

/** What is wrong with a request before its body is looked at. */
export type RequestFault = "other-source" | "no-such-sender" | "bad-key" | "not-a-log" | "unknown-encoding";

export type ProblemName = TokenRefusal | DeliveryFault | RequestFault;

type Problem = { status: number; title: string; detail: string; headers?: Record<string, string> };

const CHALLENGE = { "www-authenticate": 'Bearer realm="Barnacle"' };
const AGAIN_SOON = { "retry-after": "2" };
const AGAIN_LATER = { "retry-after": "30" };

const PROBLEMS = {
  "no-token": {
    status: 401,
    title: "No token",
    detail: "Send the token in the header Authorization, as “Bearer” and the token.",
    headers: CHALLENGE,
  },
  "damaged-token": {
    status: 401,
    title: "Damaged token",
    detail: "This is no whole token: it was cut, mistyped, or is something else.",
    headers: CHALLENGE,
  },
  "unknown-token": {
    status: 401,
    title: "Unknown token",
    detail: "No such token was made here. An admin can make one on the page Tokens.",
    headers: CHALLENGE,
  },
  "revoked-token": {
    status: 401,
    title: "Revoked token",
    detail: "This token was revoked. An admin can make another on the page Tokens.",
    headers: CHALLENGE,
  },
  "other-kind": {
    status: 403,
    title: "Token of another sender",
    detail: "This token was made for another kind of sender, which delivers at another address.",
  },
  "other-source": {
    status: 403,
    title: "Token of another source",
    detail: "This token delivers for one source only, and not for the one in the address.",
  },
  "no-such-sender": {
    status: 404,
    title: "No such sender",
    detail: "Nobody delivers at this address. The page Tokens names those that exist.",
  },
  "bad-key": {
    status: 400,
    title: "Unusable Idempotency-Key",
    detail: "An Idempotency-Key has 1 to 255 visible ASCII characters.",
  },
  "key-used": {
    status: 422,
    title: "Idempotency-Key was used",
    detail:
      "Within the last day this Idempotency-Key came with another body. Give each delivery a key of its own.",
  },
  "not-a-log": {
    status: 415,
    title: "Not a log",
    detail:
      "Forms and HTML are not read. Send the log itself as the body: JSON, JSON Lines, CSV, or these compressed.",
  },
  "unknown-encoding": {
    status: 415,
    title: "Unknown Content-Encoding",
    detail: "Send the body as it is, or compressed by gzip or zstd.",
    headers: { "accept-encoding": "gzip, zstd, identity" },
  },
  empty: { status: 400, title: "Empty body", detail: "The request has no body: there is nothing to read." },
  "cut-off": {
    status: 400,
    title: "Broken off",
    detail: "The body does not have the length that was announced. Nothing of it was kept.",
  },
  "too-large": {
    status: 413,
    title: "Too large",
    detail: "The body is larger than one delivery may be. Nothing of it was kept; send it in parts.",
  },
  "too-slow": {
    status: 408,
    title: "Too slow",
    detail: "The body came too slowly, or not to its end. Nothing of it was kept; send it again.",
  },
  "too-many-at-once": {
    status: 429,
    title: "Too many at once",
    detail: "Too many deliveries are under way. Send this one again in a moment.",
    headers: AGAIN_SOON,
  },
  "too-much-unread": {
    status: 429,
    title: "Too much is waiting to be read",
    detail: "More was delivered than is read yet. Send this again later.",
    headers: AGAIN_LATER,
  },
  "disk-full": {
    status: 507,
    title: "No room",
    detail: "The disk has too little room left for this delivery. Nothing of it was kept.",
    headers: AGAIN_LATER,
  },
  unavailable: {
    status: 503,
    title: "Nothing can be stored now",
    detail: "This was not stored. Send it again in a while.",
    headers: AGAIN_LATER,
  },
} as const satisfies Record<ProblemName, Problem>;

/** As bodies are read by programs and seldom by browsers, nothing of them is guessed or kept. */
export const API_HEADERS = { "x-content-type-options": "nosniff", "cache-control": "no-store" } as const;

/** The answer to a request that delivers nothing: RFC 9457, with a sentence for the people who look for it. */
export async function refuseDelivery(request: Request, name: ProblemName): Promise<Response> {
  const { status, title, detail, headers = {} }: Problem = PROBLEMS[name];
  const isWhole = await readRest(request.body);
  return new Response(`${JSON.stringify({ type: `urn:barnacle:${name}`, title, status, detail })}\n`, {
    status,
    headers: {
      ...API_HEADERS,
      ...headers,
      "content-type": "application/problem+json",
      ...(isWhole ? {} : { connection: "close" }),
    },
  });
}

const MOST_REST_BYTES = 1024 * 1024;
const MOST_REST_MS = 2000;

/**
 * Reads what is still coming, for a little while: a connection that is closed on a sender in the middle takes the answer
 * with it. Whoever sends much more is cut off after the answer.
 */
async function readRest(body: ReadableStream<Uint8Array> | null): Promise<boolean> {
  if (!body) return true;
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<"over">((resolve) => {
    timer = setTimeout(() => resolve("over"), MOST_REST_MS);
  });
  try {
    for (let bytes = 0; bytes < MOST_REST_BYTES; ) {
      const chunk = await Promise.race([reader.read(), over]);
      if (chunk === "over") return false;
      if (chunk.done) return true;
      bytes += chunk.value.byteLength;
    }
    return false;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    reader.releaseLock();
  }
}
