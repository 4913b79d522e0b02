/** Who delivers with a token. Each but `api` has an address of its own, for what it sends first and where it can put a secret. */
export const TOKEN_KINDS = [
  "api",
  "acr",
  "event-grid",
  "docker-hub",
  "harbor",
  "distribution",
  "falcosidekick",
  "sumo",
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/**
 * Where a sender can put its token. `path`: it can send no header, or not with the request by which it looks whether
 * somebody is there.
 */
export const TOKEN_PLACES = {
  api: "header",
  acr: "header",
  "event-grid": "path",
  "docker-hub": "path",
  harbor: "header",
  distribution: "header",
  falcosidekick: "header",
  sumo: "header",
} as const satisfies Record<TokenKind, "header" | "path">;

/** The path at which a sender delivers, its token in it where it must be. */
export function deliveryPath(kind: TokenKind, token: string): string {
  if (kind === "api") return "/api/ingest";
  return TOKEN_PLACES[kind] === "path" ? `/api/webhooks/${kind}/${token}` : `/api/webhooks/${kind}`;
}
