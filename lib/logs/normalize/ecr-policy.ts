import { at, isJsonObject, type JsonValue } from "#lib/json.ts";
import { field, objectIn } from "./field.ts";

/** To whom a policy gives what: account ids, `all`, organisation ids, or what else it names. */
export type Grants = { push: string[]; pull: string[] };

/**
 * Actions by which something gets into a registry, and out of it. Source: Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon Elastic Container Registry".
 */
const PUSH = [
  "ecr:putimage",
  "ecr:initiatelayerupload",
  "ecr:uploadlayerpart",
  "ecr:completelayerupload",
  "ecr:replicateimage",
  "ecr:batchimportupstreamimage",
  "ecr-public:putimage",
  "ecr-public:initiatelayerupload",
  "ecr-public:uploadlayerpart",
  "ecr-public:completelayerupload",
];
const PULL = ["ecr:batchgetimage", "ecr:getdownloadurlforlayer"];

/** Conditions that name who may: what they name stands for everyone then. */
const NARROWING = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalaccount",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:principalarn",
]);

/** A policy has at most 10 kB; what is more is none of ECR's. */
const MOST = 100;

/** What a repository's or a registry's policy allows others than `own`, the account that it is for. */
export function policyGrants(policy: JsonValue | undefined, own: string | null): Grants {
  const push = new Set<string>();
  const pull = new Set<string>();
  for (const statement of listOf(at(objectIn(policy), "Statement")).slice(0, MOST)) {
    if (field(statement, "Effect") !== "Allow") continue;
    const parties = partiesOf(statement).filter((party) => party !== own);
    for (const party of parties.slice(0, MOST)) {
      if (allows(statement, PUSH)) push.add(party);
      if (allows(statement, PULL)) pull.add(party);
    }
  }
  return { push: [...push], pull: [...pull] };
}

function listOf(value: JsonValue | undefined): JsonValue[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function textsOf(value: JsonValue | undefined): string[] {
  return listOf(value).flatMap((one) => field(one) ?? []);
}

/** Whoever is not named in `NotAction` is allowed all but those: taken as allowed. */
function allows(statement: JsonValue, actions: readonly string[]): boolean {
  if (at(statement, "NotAction") !== undefined) return true;
  return textsOf(at(statement, "Action")).some((action) => {
    const lower = action.toLowerCase();
    const wildcard = lower.search(/[*?]/);
    if (wildcard < 0) return actions.includes(lower);
    // What follows the first wildcard could only narrow it: better named once too often.
    return actions.some((one) => one.startsWith(lower.slice(0, wildcard)));
  });
}

function partiesOf(statement: JsonValue): string[] {
  if (at(statement, "NotPrincipal") !== undefined) return narrowed(statement, ["all"]);
  const principal = at(statement, "Principal");
  const named = isJsonObject(principal)
    ? [...textsOf(principal.AWS), ...textsOf(principal.Federated)]
    : textsOf(principal);
  return narrowed(statement, named.map(partyOf));
}

function partyOf(principal: string): string {
  if (principal === "*") return "all";
  return /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? principal;
}

function narrowed(statement: JsonValue, parties: readonly string[]): string[] {
  if (!parties.includes("all")) return [...parties];
  const condition = at(statement, "Condition");
  const named = Object.entries(isJsonObject(condition) ? condition : {})
    .filter(([operator]) => !/not|ifexists|null/i.test(operator))
    .flatMap(([, tests]) => Object.entries(isJsonObject(tests) ? tests : {}))
    .filter(([key]) => NARROWING.has(key.toLowerCase()))
    .flatMap(([, values]) => textsOf(values).map(partyOf));
  const isNarrow = named.length > 0 && !named.includes("all");
  return isNarrow ? [...parties.filter((party) => party !== "all"), ...named] : [...parties];
}
