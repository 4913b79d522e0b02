import { azurePrincipal } from "./azure-actor.ts";
import { cloudTrailPrincipal } from "./cloudtrail-actor.ts";
import type { LogEvent, Platform } from "./event.ts";
import { gcpActor } from "./gcp-audit.ts";

type Who = Pick<LogEvent, "actor" | "principal" | "session">;

/**
 * The actor whom one text names: an ARN, a name, an address of mail, an id. It is the actor that the platform's own log
 * has, wherever the text says enough.
 */
export function mappedActor(platform: Platform, principal: string | null, account: string | null): Who {
  if (principal === null) return { actor: null, principal: null, session: null };
  if (platform === "aws") return awsActor(principal, account);
  if (platform === "azure") {
    const { actor, session } = azurePrincipal({ caller: principal });
    return { actor, principal, session };
  }
  if (platform === "gcp") return { actor: gcpActor(principal), principal, session: null };
  const kind = principal.includes("@") ? "person" : "unknown";
  return {
    actor: { kind, key: `user/${principal.toLowerCase()}`, name: principal, account: null },
    principal,
    session: null,
  };
}

const RESOURCE = /^(assumed-role|role|user|federated-user)\//;

function awsActor(principal: string, account: string | null): Who {
  if (principal.includes("@") && !principal.startsWith("arn:")) {
    const key = `${account ?? "unknown-account"}/session/${principal}`;
    return { actor: { kind: "person", key, name: principal, account }, principal, session: null };
  }
  const { actor, session } = cloudTrailPrincipal({ userIdentity: identityOf(principal, account) });
  return { actor, principal, session };
}

/** What CloudTrail would say of whom a text names. */
function identityOf(principal: string, account: string | null) {
  const home = account === null ? {} : { accountId: account };
  if (principal.startsWith("arn:")) return { ...home, arn: principal };
  if (/^(<?root>?|root account)$/i.test(principal)) return { ...home, type: "Root", userName: "root" };
  if (principal.endsWith(".amazonaws.com")) return { type: "AWSService", invokedBy: principal };
  if (RESOURCE.test(principal)) return { ...home, arn: `arn:aws:iam::${account ?? ""}:${principal}` };
  return { ...home, userName: principal };
}
