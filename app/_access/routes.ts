import type { Permission } from "#lib/access/permission.ts";

/** `anyone`: without signing in. `signed-in`: any role. `token`: no person, but a program that delivers with a token. */
export type RouteAccess = Permission | "anyone" | "signed-in" | "token";

/** Who may open which route. A route that is not listed fails the tests. */
export const ROUTE_ACCESS: Readonly<Record<string, RouteAccess>> = {
  "/": "signed-in",
  "/actors": "actors.read",
  "/actors/[actorId]": "actors.read",
  "/alerts": "alerts.read",
  "/alerts/[number]": "alerts.read",
  "/allowlist": "allowlist.read",
  "/allowlist/new": "allowlist.draft",
  "/allowlist/[number]": "allowlist.read",
  "/allowlist/[number]/change": "allowlist.draft",
  "/events": "events.read",
  "/imports": "imports.read",
  "/imports/[importId]": "imports.read",
  "/imports/[importId]/mapping": "imports.create",
  "/imports/mappings": "imports.read",
  "/imports/mappings/[mappingId]": "imports.create",
  "/people": "people.manage",
  "/sources": "sources.read",
  "/sources/new": "sources.manage",
  "/sources/tokens": "tokens.manage",
  "/sources/tokens/new": "tokens.manage",
  "/sources/[connectionId]": "sources.read",
  "/sources/[connectionId]/change": "sources.manage",
  "/trends": "trends.read",
  "/sign-in": "anyone",
  "/welcome/[token]": "anyone",
  "/api/ingest": "token",
  "/api/webhooks/[sender]/[[...secret]]": "token",
  "/api/live": "imports.read",
  "/api/uploads/[[...upload]]": "imports.create",
  "/api/records/[event]": "records.read",
  "/healthz": "anyone",
  "/readyz": "anyone",
};
