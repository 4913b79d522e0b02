import { type Message, messageMap } from "../message.ts";
import { Refusal } from "../refusal.ts";
import { AGGREGATES, OPERATORS } from "./operators.ts";
import { parseScope, type Scope } from "./scope.ts";
import { cutStages } from "./stages.ts";
import { unexpected } from "./tokens.ts";

type Row = Record<string, string>;

export type Count = { as: string; by: string[]; slice: { ms: number; as: string } | undefined };

/** A query as the stand-in understands it. `count` is absent of one whose results are messages. */
export type Query = {
  scope: Scope;
  count: Count | undefined;
  /** Of messages, the keys left out (`-`) or kept by `fields`; those that begin with `_` are always kept. */
  fields: { names: string[]; drops: boolean }[];
  limit: number | undefined;
};

const SLICE_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Refuses what Sumo's own parser would: words that are no operators (`eval`, `table`), empty stages, unclosed quotes. */
export function parseQuery(text: string): Query {
  const [scopeText = "", ...stages] = cutStages(text);
  const query: Query = { scope: parseScope(scopeText), count: undefined, fields: [], limit: undefined };
  let slice: Count["slice"];
  for (const stage of stages) {
    const operator = operatorOf(stage);
    if (operator === "timeslice") slice = parseSlice(stage);
    else if (operator === "count") query.count = { ...parseCount(stage), slice };
    else if (operator === "fields") query.fields.push(parseFields(stage));
    else if (operator === "limit") query.limit = parseLimit(stage);
    else if (operator !== undefined && AGGREGATES.includes(operator)) {
      throw new Refusal("generic", { detail: `The stand-in does not work out '${operator}'.` });
    }
  }
  return query;
}

/** The operator's name; undefined of `<expression> as <field>`. */
function operatorOf(stage: string): string | undefined {
  const word = /^\w+/.exec(stage)?.[0];
  const operator = [...AGGREGATES, ...OPERATORS].find((name) => name.toLowerCase() === word?.toLowerCase());
  if (operator !== undefined) return operator;
  if (word?.toLowerCase() !== "eval" && /\S\s+as\s+(\w+|%"[^"]+")$/i.test(stage)) return undefined;
  throw unexpected(word ?? (stage.charAt(0) || "|"));
}

function parseSlice(stage: string): Count["slice"] {
  const found = /^timeslice\s+(?:by\s+)?(\d+)\s*([smhdw])(?:\s+as\s+(\w+))?$/i.exec(stage);
  const unit = SLICE_MS[found?.[2]?.toLowerCase() ?? ""];
  if (!found || unit === undefined) throw unexpected(stage);
  return { ms: Number(found[1]) * unit, as: (found[3] ?? "_timeslice").toLowerCase() };
}

function parseCount(stage: string): { as: string; by: string[] } {
  const found = /^count(?:\s*\(\s*\*?\s*\))?(?:\s+as\s+(\w+))?(?:\s+by\s+(\w+(?:\s*,\s*\w+)*))?$/i.exec(
    stage,
  );
  if (!found) throw unexpected(stage.slice("count".length).trim());
  const by = found[2]?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  return { as: (found[1] ?? "_count").toLowerCase(), by };
}

function parseFields(stage: string): Query["fields"][number] {
  const list = stage.slice("fields".length).trim();
  const names = list.replace(/^-/, "").split(",");
  if (names.some((name) => name.trim() === "")) throw unexpected(list || "<EOF>");
  return { names: names.map((name) => name.trim().toLowerCase()), drops: list.startsWith("-") };
}

function parseLimit(stage: string): number {
  const found = /^limit\s+(\d+)$/i.exec(stage);
  if (!found) throw unexpected(stage.slice("limit".length).trim() || "<EOF>");
  return Number(found[1]);
}

/** The rows that `/records` gives: one a group, in no order that anybody could rely on. */
export function countMessages(
  messages: readonly Message[],
  { as, by, slice }: Count,
  limit = Infinity,
): Row[] {
  const groups = new Map<string, { key: Row; count: number }>();
  for (const message of messages) {
    const map: Row = by.length > 0 ? messageMap(message) : {};
    if (slice) map[slice.as] = String(Math.floor(message.messageTime / slice.ms) * slice.ms);
    const key = Object.fromEntries(by.map((name) => [name, map[name] ?? ""]));
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, count: 0 };
    group.count++;
    groups.set(name, group);
  }
  // Without a group there is one row, also of no message.
  if (by.length === 0 && groups.size === 0) groups.set("", { key: {}, count: 0 });
  const rows = [...groups.values()].map(({ key, count }) => ({ [as]: String(count), ...key }));
  return rows.slice(0, limit);
}

export function rowOf(message: Message, fields: Query["fields"]): Row {
  const map = messageMap(message);
  if (fields.length === 0) return map;
  let entries = Object.entries(map);
  for (const { names, drops } of fields) {
    entries = entries.filter(([name]) =>
      drops ? !names.includes(name) : name.startsWith("_") || names.includes(name),
    );
  }
  return Object.fromEntries(entries);
}
