import { type LogEvent, PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import type { Condition, Match, Rule } from "./rule.ts";

/** So many different operations a platform are remembered; logs of all services have some thousands. */
const REMEMBERED = 4096;

/** Where a rule looks. */
export type Place = Pick<LogEvent, "platform" | "service" | "operation">;

type Candidate = { rule: Rule; match: Match };
/** What is known of an operation: who looks at it, and what of that is left by service. */
type Known = { candidates: readonly Candidate[]; byService: Map<string | null, readonly Rule[]> };
/** Finds the rules whose place to look fits an event, in the order of the rules. */
type Find = (event: Place) => readonly Rule[];

const indexes = new WeakMap<readonly Rule[], Find>();
const NONE: readonly Rule[] = [];

/**
 * The rules that look at an event's platform, service and operation, each once. Most operations are looked at by none, and
 * what an operation was found to be is remembered, so that an event costs two look-ups.
 */
export function rulesFor(event: Place, rules: readonly Rule[]): readonly Rule[] {
  let find = indexes.get(rules);
  if (!find) {
    find = makeIndex(rules);
    indexes.set(rules, find);
  }
  return find(event);
}

function makeIndex(rules: readonly Rule[]): Find {
  const candidates = rules.flatMap((rule) => rule.match.map((match) => ({ rule, match })));
  const platforms = new Map<Platform, Map<string, Known>>(PLATFORMS.map((platform) => [platform, new Map()]));
  return ({ platform, operation, service }) => {
    const operations = platforms.get(platform);
    if (!operations) return NONE;
    let known = operations.get(operation);
    if (!known) {
      known = {
        candidates: candidates.filter(
          ({ match }) => match.platform === platform && fitsOperation(match, operation),
        ),
        byService: new Map(),
      };
      remember(operations, operation, known);
    }
    if (known.candidates.length === 0) return NONE;
    let found = known.byService.get(service);
    if (!found) {
      found = [...new Set(known.candidates.filter(fitsService(service)).map(({ rule }) => rule))];
      remember(known.byService, service, found);
    }
    return found;
  };
}

/** Whoever writes operations or services of their own into a log must not fill the memory. */
function remember<Key, Value>(memory: Map<Key, Value>, key: Key, value: Value): void {
  if (memory.size >= REMEMBERED) memory.clear();
  memory.set(key, value);
}

function fitsService(service: string | null): (candidate: Candidate) => boolean {
  return ({ match }) => match.service === undefined || (service !== null && match.service.includes(service));
}

function fitsOperation({ operation, except }: Match, text: string): boolean {
  return holds(operation, text) && !(except && holds({ contains: except }, text));
}

function holds(condition: Condition, text: string): boolean {
  if (Array.isArray(condition)) return condition.includes(text);
  const lower = text.toLowerCase();
  return condition.contains.some((part) => lower.includes(part));
}
