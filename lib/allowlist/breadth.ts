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
  "matches-everything": "A pattern matches everything.",
  "nothing-but-not": "All conditions say what it is not; none says what it is.",
  "single-condition":
    "Only one thing must hold. Name at least who (actor, session or access key) together with what (image, account, rule or operation).",
  "huge-network": "A network holds a large part of all addresses.",
  "hides-everything": "It matches every detection that is stored.",
} as const satisfies Record<Broadness, string>;

const HUGE_BITS = { v4: 8, v6: 24 } as const;

/** What is too broad about the conditions of an entry by themselves; empty when nothing is. */
export function broadnessOf(conditions: readonly Condition[]): Broadness[] {
  const found: Broadness[] = [];
  const telling = conditions.filter((condition) => !condition.not && !matchesEverything(condition));
  if (conditions.some((condition) => matchesEverything(condition))) found.push("matches-everything");
  if (conditions.some(isHugeNetwork)) found.push("huge-network");
  const fields = new Set(telling.map(({ field }) => field));
  if (telling.length === 0) {
    if (!found.includes("matches-everything")) found.push("nothing-but-not");
  } else if ([...fields].every((field) => field === "userAgent")) found.push("user-agent-alone");
  else if (fields.size === 1) found.push("single-condition");
  return found;
}

/** `*`, `**`, or a pattern whose stars leave hardly a letter. */
function matchesEverything({ op, values, not }: Condition): boolean {
  if (not) return false;
  if (op === "cidr") return values.some((text) => text.endsWith("/0"));
  return op === "glob" && values.some((text) => text.replaceAll("*", "").length < 2);
}

function isHugeNetwork({ op, values, not }: Condition): boolean {
  return (
    op === "cidr" &&
    !not &&
    values.some((text) => {
      const bits = Number(text.split("/")[1]);
      return bits > 0 && bits < (text.includes(":") ? HUGE_BITS.v6 : HUGE_BITS.v4);
    })
  );
}
