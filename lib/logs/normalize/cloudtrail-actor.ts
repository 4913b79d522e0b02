import { at, type JsonObject } from "#lib/json.ts";
import type { EventActor } from "./event.ts";
import { field, firstOf } from "./field.ts";

/** Sessions of IAM Identity Center are named after the person. */
const SSO_ROLE = "AWSReservedSSO_";
const FEDERATED_TYPES = new Set(["SAMLUser", "WebIdentityUser", "IdentityCenterUser"]);
const EMAIL = /^[^\s@/]+@[^\s@/]+$/;

export type Principal = {
  actor: EventActor | null;
  principal: string | null;
  session: string | null;
  accessKey: string | null;
};

/** Who made the call, from `userIdentity`. */
export function cloudTrailPrincipal(record: JsonObject): Principal {
  const identity = at(record, "userIdentity");
  const type = field(identity, "type");
  const service = type === "AWSService" ? field(identity, "invokedBy") : null;
  const principal = firstOf(
    field(identity, "arn"),
    service,
    field(identity, "principalId"),
    field(identity, "userName"),
    field(identity, "invokedBy"),
  );
  const role = assumedRole(identity as JsonObject | undefined);
  const session = role?.session ?? null;
  const accessKey = field(identity, "accessKeyId");
  return {
    actor: principal === null ? null : actorOf(identity as JsonObject, principal),
    principal,
    session,
    accessKey,
  };
}

function actorOf(identity: JsonObject, principal: string): EventActor {
  const type = field(identity, "type");
  if (type === "AWSService") {
    return { kind: "service", key: `service/${principal}`, name: principal, account: null };
  }
  const arn = parseArn(field(identity, "arn"));
  const account = firstOf(field(identity, "accountId"), arn?.account);
  const role = assumedRole(identity);
  if (role) return roleActor(identity, role, account);

  const home = account ?? "unknown-account";
  const resource = arn?.resource ?? "";
  if (type === "Root" || resource === "root")
    return { kind: "root", key: `${home}/root`, name: "root", account };
  // AWS's own examples give an IAM user an sts ARN: what counts is the resource.
  const user = /^user\/(?:.*\/)?([^/]+)$/.exec(resource)?.[1] ?? userName(identity, type);
  if (user) return { kind: "person", key: `${home}/user/${user}`, name: user, account };
  const federated = /^federated-user\/(.+)$/.exec(resource)?.[1];
  if (federated) {
    return { kind: "person", key: `${home}/federated-user/${federated}`, name: federated, account };
  }
  if (type === "AWSAccount") return foreignAccount(identity, principal, account);
  const kind = type !== null && FEDERATED_TYPES.has(type) ? "person" : "unknown";
  const name = field(identity, "userName") ?? principal;
  return { kind, key: `${home}/${principal}`, name, account };
}

function userName(identity: JsonObject, type: string | null): string | null {
  return type === "IAMUser" ? field(identity, "userName") : null;
}

/** A principal of another account shows no more than its unique id. */
function foreignAccount(identity: JsonObject, principal: string, account: string | null): EventActor {
  const id = field(identity, "principalId")?.split(":")[0];
  const key =
    id && id !== account
      ? `${account ?? "unknown-account"}/principal/${id}`
      : `account/${account ?? principal}`;
  return { kind: "account", key, name: account ?? principal, account };
}

type Role = { name: string; session: string | null; account: string | null };

/** A role has one actor: its session issuer's ARN holds a path, its sessions' ARN does not, its name is unique without. */
function assumedRole(identity: JsonObject | undefined): Role | null {
  const arn = parseArn(field(identity, "arn"));
  const [, fromArn, session] = /^assumed-role\/([^/]+)(?:\/(.*))?$/.exec(arn?.resource ?? "") ?? [];
  const direct = /^role\/(?:.*\/)?([^/]+)$/.exec(arn?.resource ?? "")?.[1];
  const issuer = at(identity, "sessionContext", "sessionIssuer");
  const fromIssuer = field(issuer, "type") === "Role" ? field(issuer, "userName") : null;
  const name = firstOf(fromArn, direct, fromIssuer);
  if (!name) return null;
  const fromId = field(identity, "principalId")?.split(":").slice(1).join(":");
  return {
    name,
    session: firstOf(session, fromId),
    account: firstOf(field(issuer, "accountId"), arn?.account),
  };
}

function roleActor(identity: JsonObject, role: Role, identityAccount: string | null): EventActor {
  const account = firstOf(role.account, identityAccount);
  const home = account ?? "unknown-account";
  const sourceIdentity = firstOf(
    field(identity, "sessionContext", "sourceIdentity"),
    field(identity, "sourceIdentity"),
  );
  if (sourceIdentity) {
    return {
      kind: "person",
      key: `${home}/source-identity/${sourceIdentity}`,
      name: sourceIdentity,
      account,
    };
  }
  if (role.name.startsWith(SSO_ROLE) && role.session) {
    // One person in all accounts of an organisation: Identity Center names the sessions, nobody else can.
    return { kind: "person", key: `sso/${role.session}`, name: role.session, account: null };
  }
  if (role.session && EMAIL.test(role.session)) {
    return { kind: "person", key: `${home}/session/${role.session}`, name: role.session, account };
  }
  return { kind: "workload", key: `${home}/role/${role.name}`, name: `role/${role.name}`, account };
}

export type Arn = { account: string | null; resource: string };

/** Account and resource of an ARN, which in old logs may hold spaces. */
function parseArn(arn: string | null): Arn | null {
  const parts = arn?.split(":") ?? [];
  if (parts[0] !== "arn" || parts.length < 6) return null;
  return { account: parts[4]?.trim() || null, resource: parts.slice(5).join(":").trim() };
}
