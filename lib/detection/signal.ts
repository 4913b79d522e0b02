import { at, listAt, textAt } from "#lib/json.ts";
import type { LogEvent } from "#lib/logs/normalize/event.ts";
import type { Organisation } from "#lib/organisation/organisation.ts";

/**
 * What remains visible of a pipeline that was taken over. An allowlist entry swallows a detection that carries one of these
 * only if it names it.
 */
export const SIGNALS = [
  "shared-with-everyone",
  "shared-with-foreign-account",
  "guard-lowered",
  "stable-tag-moved",
  "new-network",
  "attack-tool",
  "watch-list",
] as const;
export type Signal = (typeof SIGNALS)[number];

/** As it is written on screen: "broke through: new network". */
export const SIGNAL_WORDS = {
  "shared-with-everyone": "shared with everyone",
  "shared-with-foreign-account": "shared with a foreign account",
  "guard-lowered": "a guard was lowered before it",
  "stable-tag-moved": "stable tag moved",
  "new-network": "new network",
  "attack-tool": "attack tool",
  "watch-list": "on the watch list",
} as const satisfies Record<Signal, string>;

const ATTACK_TOOLS = /stratus-red-team|grimoire_|\bpacu\b|\bccat\b/i;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A network stays new for an actor so long after its first event there: what follows the first call is as telling. */
export const NEW_NETWORK_MS = 7 * DAY_MS;
/** No first time counts before so much history of the account's log exists. */
export const HISTORY_NEEDED_MS = 14 * DAY_MS;
/** How long a lowered guard is held against what happens behind it. */
export const GUARD_MS = DAY_MS;
/** A registry token lives so long: AWS, "Private registry authentication in Amazon ECR". */
export const LOGIN_MS = 12 * HOUR_MS;
/** The one tag that is meant to move. */
export const MOVING_TAG = "latest";

/** The signals that an event carries by itself. */
export function ownSignals(event: LogEvent, organisation: Organisation): Signal[] {
  const found: Signal[] = [];
  if (sharedWith(event).includes("all")) found.push("shared-with-everyone");
  if (foreignParties(event, organisation).length > 0) found.push("shared-with-foreign-account");
  if (isAttackTool(event.userAgent)) found.push("attack-tool");
  return found;
}

/** Account ids, organisation ARNs, members of Google Cloud policies (`user:…`), or `all`. */
export function sharedWith(event: LogEvent): string[] {
  return listAt(event.details ?? undefined, "sharedWith").filter((party) => typeof party === "string");
}

/** Those of them that are neither everyone, nor of the account in which it happened, nor listed as the organisation's own. */
export function foreignParties(event: LogEvent, organisation: Organisation): string[] {
  const isOwn = event.platform === "gcp" ? isOwnMember : isOwnAccount;
  return sharedWith(event).filter(
    (party) => party !== "all" && !isOwn(party, event) && !organisation.isOwnParty(event.platform, party),
  );
}

function isOwnAccount(party: string, { account }: LogEvent): boolean {
  return party === account;
}

/** Of its own project, or of the domain of the person who shares. Source: Google Cloud IAM, "Principal identifiers". */
function isOwnMember(member: string, { account, actor }: LogEvent): boolean {
  const name = member.slice(member.indexOf(":") + 1).toLowerCase();
  if (account !== null && /^project(Owner|Editor|Viewer):/.test(member))
    return name === account.toLowerCase();
  const domain = member.startsWith("domain:") ? name : name.split("@")[1];
  if (domain === undefined) return false;
  const isProject = account !== null && domain === `${account.toLowerCase()}.iam.gserviceaccount.com`;
  const own = actor?.kind === "person" ? actor.key.split("@")[1] : undefined;
  return isProject || (own !== undefined && domain === own);
}

export function isAttackTool(userAgent: string | null): boolean {
  return userAgent !== null && ATTACK_TOOLS.test(userAgent);
}

/** What the store tells of the time before an event. */
export type SignalContext = {
  occurredAt: Date;
  /** For each network that its client may have: when the actor was first seen there. */
  firstSeen: readonly Date[];
  /** How far back the log of its account goes; null where there is none. */
  historyFrom: Date | null;
  tag: string | null;
  /** What the event puts behind its tag, and what stood there before. */
  digest: string | null;
  digestBefore: string | null;
  /** When a guard of its image was last lowered before it. */
  guardLoweredAt: Date | null;
  isWatched: boolean;
};

/** The signals that follow from what is stored of the time before. */
export function contextSignals(context: SignalContext): Signal[] {
  const found: Signal[] = [];
  const { occurredAt, guardLoweredAt } = context;
  if (guardLoweredAt && isBehind(occurredAt, guardLoweredAt)) found.push("guard-lowered");
  if (isTagMoved(context)) found.push("stable-tag-moved");
  if (context.firstSeen.some((first) => isNewNetwork(first, context))) found.push("new-network");
  if (context.isWatched) found.push("watch-list");
  return found;
}

function isBehind(occurredAt: Date, guardLoweredAt: Date): boolean {
  const since = occurredAt.getTime() - guardLoweredAt.getTime();
  return since >= 0 && since <= GUARD_MS;
}

function isTagMoved({ tag, digest, digestBefore }: SignalContext): boolean {
  return (
    tag !== null && tag !== MOVING_TAG && digest !== null && digestBefore !== null && digest !== digestBefore
  );
}

/** Whether an actor that was first seen in a network at `firstSeen` is new there. */
export function isNewNetwork(
  firstSeen: Date,
  { occurredAt, historyFrom }: Pick<SignalContext, "occurredAt" | "historyFrom">,
): boolean {
  if (historyFrom === null) return false;
  const isKnown = occurredAt.getTime() - firstSeen.getTime() > NEW_NETWORK_MS;
  return !isKnown && firstSeen.getTime() - historyFrom.getTime() >= HISTORY_NEEDED_MS;
}

/** What a lowered guard guarded: an image, or all images of an account's region. */
export function guardScope(
  of: { imageId: string } | { account: string | null; region: string | null },
): string {
  return "imageId" in of ? `image ${of.imageId}` : `region ${of.account ?? ""} ${of.region ?? ""}`;
}

/** The guard that an event lowers, if it does: what it guards is its image, or (`region`) its account's region. */
export function loweredGuard(event: LogEvent): "image" | "region" | null {
  if (event.outcome === "failure") return null;
  const guard = textAt(at(event.details ?? undefined, "guardLowered"));
  if (guard === null) return null;
  return event.images.length > 0 ? "image" : "region";
}
