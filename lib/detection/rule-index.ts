import type { LogEvent, Platform } from "#lib/logs/normalize/event.ts";
import type { Condition, Match, Rule } from "./rule.ts";

/** So many different operations a platform are remembered; logs of all services have some thousands. */
const REMEMBERED = 4096;

type Candidate = { rule: Rule; match: Match };
/** Finds the rules whose place to look fits an event, in the order of the rules. */
type Find = (event: LogEvent) => readonly Rule[];

const indexes = new WeakMap<readonly Rule[], Find>();

/**
 * The rules that look at an event's platform, service and operation, each once. Most operations are looked at by none, and
 * what an operation was found to be is remembered, so that an event costs two look-ups.
 */
export function rulesFor(event: LogEvent, rules: readonly Rule[]): readonly Rule[] {
  let find = indexes.get(rules);
  if (!find) {
    find = makeIndex(rules);
    indexes.set(rules, find);
  }
  return find(event);
}

function makeIndex(rules: readonly Rule[]): Find {
  const byPlatform = new Map<Platform, Candidate[]>();
  for (const rule of rules) {
    for (const match of rule.match) {
      byPlatform.set(match.platform, [...(byPlatform.get(match.platform) ?? []), { rule, match }]);
    }
  }
  const remembered = new Map<Platform, Map<string, readonly Candidate[]>>();
  return ({ platform, operation, service }) => {
    const known = remembered.get(platform) ?? new Map<string, readonly Candidate[]>();
    remembered.set(platform, known);
    let candidates = known.get(operation);
    if (!candidates) {
      candidates = (byPlatform.get(platform) ?? []).filter(({ match }) => fitsOperation(match, operation));
      // Whoever writes operations of their own into a log must not fill the memory.
      if (known.size >= REMEMBERED) known.clear();
      known.set(operation, candidates);
    }
    return candidates.length === 0 ? NONE : distinct(candidates, service);
  };
}

const NONE: readonly Rule[] = [];

function distinct(candidates: readonly Candidate[], service: string | null): readonly Rule[] {
  const found = candidates
    .filter(
      ({ match }) => match.service === undefined || (service !== null && match.service.includes(service)),
    )
    .map(({ rule }) => rule);
  return found.length > 1 ? [...new Set(found)] : found;
}

function fitsOperation({ operation, except }: Match, text: string): boolean {
  return holds(operation, text) && !(except && holds({ contains: except }, text));
}

function holds(condition: Condition, text: string): boolean {
  if (Array.isArray(condition)) return condition.includes(text);
  const lower = text.toLowerCase();
  return condition.contains.some((part) => lower.includes(part));
}
