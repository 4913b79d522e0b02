/** A message names them one after another: more are not read. */
const MOST_POLICIES = 20;
const MOST_CHARACTERS = 400;

/** Gatekeeper begins each line with the constraint that refuses. */
const CONSTRAINT = /(?:denied the request: |\n)\s*\[([\w.-]{1,253})\] /g;
/** Kyverno sets a policy's name on a line of its own, and below it each rule with why. */
const KYVERNO_POLICY = /^([\w.-]{1,253}):\s*$/;
const KYVERNO_RULE = /^\s+([\w.-]{1,253}): /;

/**
 * The policies that a refusal of an admission webhook names, each of Kyverno's with its rule. Sources: Kyverno, "Reporting
 * and blocking"; Gatekeeper, "Violations".
 */
export function refusingPolicies(webhook: string, message: string): string[] {
  const found = /kyverno/i.test(webhook)
    ? kyvernoRules(message)
    : [...message.matchAll(CONSTRAINT)].map(([, name = ""]) => name);
  return [...new Set(found)].slice(0, MOST_POLICIES);
}

function kyvernoRules(message: string): string[] {
  const found: string[] = [];
  let policy: string | undefined;
  for (const line of message.split("\n")) {
    policy = KYVERNO_POLICY.exec(line)?.[1] ?? policy;
    const rule = KYVERNO_RULE.exec(line)?.[1];
    if (policy !== undefined && rule !== undefined) found.push(`${policy}/${rule}`);
  }
  return found;
}

/** What the refusal says, in one line and no longer than a line should be. */
export function refusalWords(message: string): string {
  const words = message.replace(/\s+/g, " ").trim();
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS - 1).toWellFormed()}…` : words;
}
