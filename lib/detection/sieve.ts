import type { Platform } from "#lib/logs/normalize/event.ts";
import type { Condition, Rule } from "./rule.ts";

/** Tells by a record's bytes whether a rule can fire on it: rather too often than too seldom. */
export type RuleSieve = {
  /** Whether a record of CloudTrail begins here, in the form in which AWS writes them. */
  isFamiliar(bytes: Buffer, at: number): boolean;
  /** One of these stands in each such record on which a rule can fire, unless it has a backslash. */
  needles: readonly Buffer[];
  /** What stands between two such records in a list. */
  between: Buffer;
  /** Whether a rule can fire on a record of any log. */
  isWanted(record: Buffer): boolean;
};

/**
 * A character may be written as `\u` and its number, a slash as `\/`; and two letters that are none of ASCII become one that
 * is in lower case: the Kelvin sign, and the capital I with a dot.
 */
const HIDDEN = /\\[u/]|\xe2\x84\xaa|\xc4\xb0/;

/** What JSON escapes, and what its bytes and a text may differ in. */
const UNCERTAIN = `"\\\\\u0000-\u001f\u007f-\uffff`;

/** Where normalisers put an operation together from fields that stand apart: see `operation` in rule.ts. */
const JOINTS: Readonly<Record<Platform, RegExp>> = {
  aws: new RegExp(`[${UNCERTAIN} ]+`),
  container: new RegExp(`[${UNCERTAIN} /]+`),
  azure: new RegExp(`[${UNCERTAIN}]+`),
  gcp: new RegExp(`[${UNCERTAIN}]+`),
};

/** Texts that stand in a record all of them. */
type Pieces = { texts: readonly string[]; anyCase: boolean; platform: Platform };

/** What must stand in the records on which `rules` can fire, from the operations that they name. */
export function sieveOf(rules: readonly Rule[]): RuleSieve {
  const wanted = rules.flatMap(({ match }) =>
    match.flatMap(({ platform, operation }) => piecesOf(operation, platform)),
  );
  const isAnything = rules.some(({ match }) => match.length === 0);
  const ofAws = wanted.filter(({ platform }) => platform === "aws");
  const isExact = !isAnything && ofAws.every(({ texts, anyCase }) => texts.length > 0 && !anyCase);
  return {
    isFamiliar: isExact ? beginsTrail : () => false,
    needles: sharedParts(ofAws.map(({ texts }) => longestOf(texts))).map((part) => Buffer.from(part)),
    between: Buffer.from(`},${BEGINNING}`),
    isWanted: isAnything ? () => true : judgeOf(wanted, isExact ? ofAws : []),
  };
}

function piecesOf(condition: Condition, platform: Platform): Pieces[] {
  const anyCase = !Array.isArray(condition);
  const operations = anyCase ? condition.contains : condition;
  return operations.map((operation) => ({
    texts: operation.split(JOINTS[platform]).filter((text) => text !== ""),
    anyCase,
    platform,
  }));
}

/** `ofTrail`: what a record of CloudTrail must have, where that is less. */
function judgeOf(wanted: readonly Pieces[], ofTrail: readonly Pieces[]): RuleSieve["isWanted"] {
  const exact = firstLook(wanted.filter(({ anyCase }) => !anyCase));
  const anyCase = firstLook(wanted.filter((pieces) => pieces.anyCase));
  const trail = firstLook(ofTrail);
  return (record) => {
    const text = record.toString("latin1");
    if (trail !== never && beginsTrail(record, 0) && !text.includes("\\")) return trail(text);
    return HIDDEN.test(text) || exact(text) || (anyCase !== never && anyCase(text.toLowerCase()));
  };
}

type Look = (text: string) => boolean;
const never: Look = () => false;

/** One pass for all that are in one piece; of the few that are in several each piece is sought. */
function firstLook(wanted: readonly Pieces[]): Look {
  if (wanted.length === 0) return never;
  const several = wanted.filter(({ texts }) => texts.length !== 1).map(({ texts }) => texts);
  const whole = new Set(wanted.flatMap(({ texts: [text, ...more] }) => (more.length === 0 && text) || []));
  const pattern = [...whole].map((text) => text.replace(/\W/g, "\\$&")).join("|");
  const isWhole = pattern === "" ? undefined : new RegExp(pattern);
  return (text) =>
    isWhole?.test(text) === true || several.some((texts) => texts.every((piece) => text.includes(piece)));
}

function longestOf(texts: readonly string[]): string {
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), "");
}

const BEGINNING = Buffer.from('{"eventVersion":"');
const NEXT = Buffer.from('","userIdentity":{');
const MAX_VERSION = 8;

/**
 * Two fields that stand first say of what log it is: whatever else stands in it, no normaliser takes it for another's. (Only
 * who writes a record of another log into it, as a wrapper does, and takes care to, can hide that one.)
 */
function beginsTrail(bytes: Buffer, at: number): boolean {
  for (let one = 0; one < BEGINNING.length; one++) if (bytes[at + one] !== BEGINNING[one]) return false;
  let end = at + BEGINNING.length;
  const last = end + MAX_VERSION;
  while (end < last && bytes[end] !== NEXT[0]) end++;
  for (let one = 0; one < NEXT.length; one++) if (bytes[end + one] !== NEXT[one]) return false;
  return true;
}

/** Long enough to be rare, and short enough to be sought by its first byte: where that is a capital letter, far faster. */
const PART_LENGTHS = [5, 6];

/** Few short texts of which one stands in each of `texts`. */
function sharedParts(texts: readonly string[]): string[] {
  const left = new Set(texts);
  const parts: string[] = [];
  while (left.size > 0) {
    const counts = new Map<string, number>();
    for (const text of left) for (const part of partsOf(text)) counts.set(part, (counts.get(part) ?? 0) + 1);
    const [best] = [...counts].sort(([a, many], [b, few]) => few - many || b.length - a.length)[0] ?? [""];
    parts.push(best);
    for (const text of left) if (text.includes(best)) left.delete(text);
  }
  return parts;
}

function partsOf(text: string): Set<string> {
  const all = PART_LENGTHS.flatMap((length) =>
    Array.from({ length: Math.max(0, text.length - length + 1) }, (_, from) =>
      text.slice(from, from + length),
    ),
  );
  const capital = all.filter((part) => /^[A-Z]/.test(part));
  if (capital.length > 0) return new Set(capital);
  return new Set(all.length > 0 ? all : [text]);
}
