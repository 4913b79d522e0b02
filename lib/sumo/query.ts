import { failure, type Outcome, success } from "#lib/outcome.ts";
import { AWS_KEYWORDS, AZURE_KEYWORDS, SEED_STAGES } from "./query-text.ts";
import { quotedWord, scopeValue } from "./scope-value.ts";

/** What a connection asks for: its keywords, where it has any, stand in Sumo; everything else is decided here. */
export const PROFILES = ["images", "images-and-context", "seed", "own"] as const;
export type Profile = (typeof PROFILES)[number];

export const PROFILE_WORDS: Readonly<Record<Profile, { name: string; about: string }>> = {
  images: { name: "Image operations", about: "What makes, changes, copies, shares or pushes images." },
  "images-and-context": {
    name: "Image operations and context",
    about:
      "Also sign-ins to registries, assumed roles, pulls, and machines and functions that start from images.",
  },
  seed: {
    name: "The first detection's query",
    about: "Only the operations of the detection that Barnacle began with, filtered by Sumo Logic.",
  },
  own: { name: "A query of your own", about: "It has to give messages: one that counts cannot be pulled." },
};

/** Source categories by the platform whose log they hold. */
export type Categories = { aws: readonly string[]; azure: readonly string[] };
export type QuerySettings = { categories: Categories; profile: Profile; ownQuery: string | null };

export type QueryFault = "no-category" | "bad-category" | "no-query" | "bad-query" | "no-name";

export const QUERY_FAULTS: Readonly<Record<QueryFault, string>> = {
  "no-category": "Name at least one source category.",
  "bad-category":
    'A source category has at most 1,024 characters, none of them ", \\ or |, and no * beside a space.',
  "no-query": "Write the query.",
  "bad-query": "A query has at most 10,000 characters, and all its quotes are closed.",
  "no-name": "None of the names can be searched for in Sumo Logic.",
};

const LONGEST_QUERY = 10_000;

/** The query of a connection, without its times. */
export function connectionQuery(settings: QuerySettings): Outcome<string, QueryFault> {
  const { categories, profile, ownQuery } = settings;
  if (profile === "own") return checked(ownQuery ?? "");
  const aws = scopeOf(categories.aws);
  const azure = scopeOf(categories.azure);
  if (aws === "bad-category" || azure === "bad-category") return failure("bad-category");
  if (!aws && !azure) return failure("no-category");
  const kind = profile === "images-and-context" ? "context" : "images";
  const parts = [
    aws && `(${aws} (${AWS_KEYWORDS[profile === "seed" ? "seed" : kind].join(" OR ")}))`,
    azure && `(${azure} (${AZURE_KEYWORDS[kind].join(" OR ")}))`,
  ];
  const scope = parts.filter(Boolean).join("\nOR ");
  return success(profile === "seed" ? `${scope}\n${SEED_STAGES}` : scope);
}

/** Everything in a connection's categories that holds one of the names, whatever its profile asks for. */
export function queryForNames(
  settings: QuerySettings,
  names: readonly string[],
): Outcome<string, QueryFault> {
  const quoted = [...new Set(names)].flatMap((name) => quotedWord(name) ?? []).slice(0, MOST_NAMES);
  if (quoted.length === 0) return failure("no-name");
  const scope = wholeScope(settings);
  return scope.ok ? success(`(${scope.value})\n(${quoted.join(" OR ")})`) : scope;
}

/** An actor has few names, and its own come first. */
const MOST_NAMES = 20;

/** How many messages a query would give. */
export function countQuery(query: string): string {
  // On a line of its own: the query may end in a comment.
  return `${query}\n| count`;
}

function wholeScope({ categories, profile, ownQuery }: QuerySettings): Outcome<string, QueryFault> {
  const scope = scopeOf([...categories.aws, ...categories.azure]);
  if (scope === "bad-category") return failure("bad-category");
  if (scope) return success(scope);
  if (profile !== "own") return failure("no-category");
  const own = checked(ownQuery ?? "");
  // The name is searched for behind it, so that a comment there must not swallow the parenthesis.
  return own.ok ? success(`${beforePipe(own.value)}\n`) : own;
}

function scopeOf(categories: readonly string[]): string | "bad-category" | undefined {
  const named = [...new Set(categories.map((category) => category.trim()).filter(Boolean))];
  const values = named.map(scopeValue);
  if (values.includes(undefined)) return "bad-category";
  const terms = values.map((value) => `_sourceCategory=${value}`);
  return terms.length > 1 ? `(${terms.join(" OR ")})` : terms[0];
}

function checked(query: string): Outcome<string, QueryFault> {
  const text = query.trim();
  if (text === "") return failure("no-query");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them has a place in a query
  if (text.length > LONGEST_QUERY || /[\u0000-\u0008\u000e-\u001f]/.test(text)) return failure("bad-query");
  const withoutQuoted = text.replace(QUOTED, "");
  return /"/.test(withoutQuoted.replace(COMMENT, "")) ? failure("bad-query") : success(text);
}

const QUOTED = /"(?:[^"\\]|\\.)*"/gs;
const COMMENT = /\/\/[^\n]*|\/[^/\n]*\//g;

/** What stands before the first pipe that is not quoted. */
function beforePipe(query: string): string {
  const masked = query.replace(QUOTED, (quoted) => "_".repeat(quoted.length));
  const pipe = masked.indexOf("|");
  return (pipe < 0 ? query : query.slice(0, pipe)).trim() || "*";
}
