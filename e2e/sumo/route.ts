import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

export const JOBS_PATH = "/api/v1/search/jobs";

export type Asking =
  | { operation: "create" }
  | { operation: "status"; id: string }
  | { operation: "delete"; id: string }
  | { operation: "page"; id: string; kind: "messages" | "records"; parameters: URLSearchParams };

const METHODS = {
  create: ["POST"],
  job: ["GET", "DELETE"],
  page: ["GET"],
} as const;

/** What a request wants. The type of what it brings counts before anything is read of it. */
export function routeOf(request: IncomingMessage, url: URL): Asking {
  const method = request.method ?? "";
  const [, id, kind] =
    /^\/([^/]+)(?:\/(messages|records))?$/.exec(url.pathname.slice(JOBS_PATH.length)) ?? [];
  const isCreate = url.pathname === JOBS_PATH;
  if (!isCreate && (!url.pathname.startsWith(JOBS_PATH) || id === undefined)) throw new Refusal("not-found");
  const allowed: readonly string[] = METHODS[isCreate ? "create" : kind === undefined ? "job" : "page"];
  if (!allowed.includes(method)) throw new Refusal("method");
  if (method === "POST" && !/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new Refusal("content-type");
  }
  if (id === undefined) return { operation: "create" };
  if (kind === "messages" || kind === "records") {
    return { operation: "page", id, kind, parameters: url.searchParams };
  }
  return { operation: method === "DELETE" ? "delete" : "status", id };
}
