import { at, type JsonObject } from "#lib/json.ts";
import type { EventActor } from "./event.ts";
import { field, firstOf, objectIn } from "./field.ts";

const CLAIM = {
  upn: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
  email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
  name: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
  objectId: "http://schemas.microsoft.com/identity/claims/objectidentifier",
} as const;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Principal = { actor: EventActor | null; principal: string | null; session: string | null };

/**
 * Who made the call. A person signs in with an application, so that `appid` stands beside the name: it counts only when
 * no name does.
 */
export function azurePrincipal(record: JsonObject): Principal {
  const identity = objectIn(at(record, "identity"));
  const claims =
    objectIn(at(record, "claims")) ??
    objectIn(at(identity, "claims")) ??
    objectIn(at(record, "Claims_d")) ??
    objectIn(at(record, "Claims"));
  const authorization =
    objectIn(at(record, "authorization")) ??
    objectIn(at(identity, "authorization")) ??
    objectIn(at(record, "Authorization_d")) ??
    objectIn(at(record, "Authorization"));

  const principal = firstOf(
    field(record, "caller"),
    field(record, "Caller"),
    field(claims, CLAIM.upn),
    field(claims, "upn"),
    field(claims, CLAIM.email),
    field(claims, CLAIM.name),
    field(claims, "unique_name"),
    field(claims, "appid"),
    field(claims, CLAIM.objectId),
    field(claims, "oid"),
    field(authorization, "evidence", "principalId"),
    field(claims, "name"),
    typeof at(record, "identity") === "string" && !identity ? field(record, "identity") : null,
  );
  if (principal === null) return { actor: null, principal: null, session: null };
  return { actor: actorOf(principal, claims, authorization), principal, session: field(claims, "uti") };
}

function actorOf(
  principal: string,
  claims: JsonObject | undefined,
  authorization: JsonObject | undefined,
): EventActor {
  const key = principal.toLowerCase();
  if (principal.includes("@")) return { kind: "person", key: `user/${key}`, name: principal, account: null };
  const isPerson = field(authorization, "evidence", "principalType")?.toLowerCase() === "user";
  const name = firstOf(field(claims, "name"), field(claims, "app_displayname"), principal) ?? principal;
  if (GUID.test(principal) || field(claims, "idtyp") === "app") {
    return { kind: isPerson ? "person" : "workload", key: `id/${key}`, name, account: null };
  }
  if (principal.startsWith("Microsoft."))
    return { kind: "service", key: `service/${key}`, name: principal, account: null };
  return { kind: isPerson ? "person" : "unknown", key: `name/${key}`, name: principal, account: null };
}
