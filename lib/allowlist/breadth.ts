import { matchesGlob } from "#lib/glob.ts";
import { CLOSED_FIELDS } from "./closed-fields.ts";
import type { Condition } from "./condition.ts";

/** Why an entry hides more than it should: for an admin to confirm with a reason of their own, else refused. */
export type Broadness =
  | "user-agent-alone"
  | "matches-everything"
  | "nothing-but-not"
  | "single-condition"
  | "huge-network"
  | "hides-everything";

export const BROADNESS_SENTENCES = {
  "user-agent-alone": "A user agent is free text that an attacker can copy: alone it proves nothing.",
  "matches-everything": "A condition matches everything.",
  "nothing-but-not": "All conditions say what it is not; none says what it is.",
  "single-condition":
    "Only one thing must hold, platform and outcome aside. Name at least who (actor, session or access key) together with what (image, account, rule or operation).",
  "huge-network": "Its networks hold a large part of all addresses.",
  "hides-everything": "It matches every detection that is stored.",
} as const satisfies Record<Broadness, string>;

/** As large as two networks of the largest kind that registries gave away: two /8, or two /24 of IPv6. */
const HUGE_SHARES = { v4: 2 ** -7, v6: 2 ** -23 } as const;

/** What is too broad about the conditions of an entry by themselves; empty when nothing is. */
export function broadnessOf(conditions: readonly Condition[]): Broadness[] {
  const found: Broadness[] = [];
  const telling = conditions.filter((condition) => !condition.not && !matchesEverything(condition));
  if (conditions.some((condition) => matchesEverything(condition))) found.push("matches-everything");
  if (conditions.some(isHugeNetwork)) found.push("huge-network");
  const fields = new Set(telling.map(({ field }) => field).filter((field) => !CLOSED_FIELDS[field]));
  if (telling.length === 0) {
    if (!found.includes("matches-everything")) found.push("nothing-but-not");
  } else if (fields.size === 1 && fields.has("userAgent")) found.push("user-agent-alone");
  else if (fields.size <= 1) found.push("single-condition");
  return found;
}

/** `*`, `**`, a pattern whose stars leave hardly a letter, or all values that there are. */
function matchesEverything({ field, op, values, not }: Condition): boolean {
  if (not) return false;
  if (op === "cidr") return values.some((text) => text.endsWith("/0"));
  const known = CLOSED_FIELDS[field];
  if (known?.every((one) => values.some((text) => matchesGlob(text, one)))) return true;
  return op === "glob" && values.some((text) => text.replaceAll("*", "").length < 2);
}

function isHugeNetwork({ op, values, not }: Condition): boolean {
  if (op !== "cidr" || not) return false;
  const isV6 = (text: string) => text.includes(":");
  return (
    shareOf(values.filter((text) => !isV6(text))) >= HUGE_SHARES.v4 ||
    shareOf(values.filter(isV6)) >= HUGE_SHARES.v6
  );
}

/** How much of all addresses of their kind networks hold, at most. */
function shareOf(networks: readonly string[]): number {
  return networks
    .map((text) => Number(text.split("/")[1]))
    .filter((bits) => bits > 0)
    .reduce((total, bits) => total + 2 ** -bits, 0);
}
