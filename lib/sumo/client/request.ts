import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { SumoProblem } from "../problem.ts";
import { type Asked, shortened, sumoProblemOf } from "../refusal.ts";
import { CookieJar } from "./cookie-jar.ts";
import type { SumoAccess } from "./search.ts";

/** A page has at most 100 MB of messages, and some more around them. Source: Sumo Logic, "Search Job API". */
const MAX_BODY_BYTES = 110_000_000;

/** For a whole answer. */
export const TIMEOUT_MS: Readonly<Record<Asked, number>> = {
  create: 60_000,
  status: 30_000,
  page: 180_000,
  delete: 15_000,
};

const METHOD: Readonly<Record<Asked, string>> = {
  create: "POST",
  status: "GET",
  page: "GET",
  delete: "DELETE",
};

/** `path` is what follows the interface's version. */
export type Request = { asked: Asked; path: string; body?: object };

export type Answer = { json: unknown; location: string | null; bytes: number };

/** What went wrong with one request, and what that says of the next. */
export type Trouble = SumoProblem & {
  /** 0: no answer came, or not to its end. */
  status: number;
  /** Sumo may have done what was asked, and told of it. */
  isAnswerLost: boolean;
  retryAfterMs: number | undefined;
};

class TooLarge extends Error {}

/** Sends the requests of one search: as one person, with the cookies that the answers before set. */
export class Sender {
  readonly #access: SumoAccess;
  readonly #cookies = new CookieJar();

  constructor(access: SumoAccess) {
    this.#access = access;
  }

  /** Throws when `signal` aborts, and else only what is a bug. */
  async send(request: Request, signal: AbortSignal): Promise<Outcome<Answer, Trouble>> {
    signal.throwIfAborted();
    const { apiUrl, pathPrefix } = this.#access;
    const timeout = AbortSignal.timeout(TIMEOUT_MS[request.asked]);
    const cut = request.asked === "create" ? afterwards(signal) : signal;
    try {
      const response = await fetch(`${apiUrl}${pathPrefix}${request.path}`, {
        method: METHOD[request.asked],
        headers: this.#headers(request.body !== undefined),
        // Followed, a POST would turn into a GET, and the key would go wherever the answer says.
        redirect: "manual",
        signal: AbortSignal.any([cut, timeout]),
        ...(request.body && { body: JSON.stringify(request.body) }),
      });
      this.#cookies.keep(response.headers);
      const body = await readBody(response);
      return this.#judge(response, body, request.asked);
    } catch (error) {
      cut.throwIfAborted();
      return failure(this.#withoutKey(lost(error)));
    }
  }

  #headers(hasBody: boolean): Record<string, string> {
    const { accessId, accessKey } = this.#access;
    return {
      Authorization: `Basic ${Buffer.from(`${accessId}:${accessKey}`).toString("base64")}`,
      // Sumo answers 500 to whoever would take XML.
      Accept: "application/json",
      ...(hasBody && { "Content-Type": "application/json" }),
      ...this.#cookies.header(),
    };
  }

  #judge(response: Response, body: Buffer, asked: Asked): Outcome<Answer, Trouble> {
    const { status, headers } = response;
    const location = headers.get("location");
    if (status >= 200 && status < 300) {
      // The answer to a deletion may be empty.
      const json = asked === "delete" ? null : parseJson(body);
      if (json !== undefined) return success({ json, location, bytes: body.length });
    }
    const problem = sumoProblemOf({ status, location, body: body.toString("utf8") }, asked);
    const trouble = { status, isAnswerLost: status < 300, retryAfterMs: retryAfter(headers) };
    return failure(this.#withoutKey({ ...problem, ...trouble }));
  }

  /** Whoever answers may repeat what it was sent. */
  #withoutKey(trouble: Trouble): Trouble {
    const { accessId, accessKey } = this.#access;
    const pair = Buffer.from(`${accessId}:${accessKey}`).toString("base64");
    const secrets = [accessKey, pair, pair.replace(/=+$/, "")].filter(Boolean);
    return { ...trouble, detail: secrets.reduce((text, one) => text.replaceAll(one, "…"), trouble.detail) };
  }
}

const GRACE_MS = 5000;

/** A creation that is cut off leaves a job of which nobody knows: its answer is waited for a little. */
function afterwards(signal: AbortSignal): AbortSignal {
  const late = new AbortController();
  signal.addEventListener("abort", () => setTimeout(() => late.abort(signal.reason), GRACE_MS).unref(), {
    once: true,
  });
  return late.signal;
}

async function readBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** In seconds or as a date. No document says that Sumo sends it. */
function retryAfter(headers: Headers): number | undefined {
  const given = headers.get("retry-after");
  if (given === null || given.trim() === "") return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(given) ? Number(given) * 1000 : Date.parse(given) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** Before a name is found or a connection made, nothing was asked. */
const UNSENT = /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const OF_TLS = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|^EPROTO$/;

function lost(error: unknown): Trouble {
  const trouble = { status: 0, isAnswerLost: true, retryAfterMs: undefined };
  if (error instanceof TooLarge) {
    const detail = `an answer of more than ${MAX_BODY_BYTES} bytes`;
    return { ...trouble, reason: "too-large", detail, isAnswerLost: false };
  }
  if (error instanceof Error && error.name === "TimeoutError") {
    return { ...trouble, reason: "timeout", detail: "no whole answer in time" };
  }
  // fetch reports whatever is wrong with the network so. All else is a bug.
  if (!(error instanceof TypeError)) throw error;
  const { code, message } = causeOf(error);
  const detail = shortened([code, message].filter(Boolean).join(": "));
  if (OF_TLS.test(code)) return { ...trouble, reason: "tls", detail, isAnswerLost: false };
  return { ...trouble, reason: "unreachable", detail, isAnswerLost: !UNSENT.test(code) };
}

function causeOf(error: Error): { code: string; message: string } {
  const inner = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  const cause = inner instanceof Error ? inner : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  return { code, message: cause.message };
}
