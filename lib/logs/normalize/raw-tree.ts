import { isJsonObject, type JsonObject, type JsonValue } from "#lib/json.ts";

/** A value of a record with its place. What stands as JSON in a text is taken apart as well. */
export type RawNode = {
  /** As people write it: `requestParameters.items[0].imageId`, and `→` into a text that holds JSON. */
  path: string;
  value: JsonValue;
  children: RawNode[];
  parent: RawNode | undefined;
  key: string | number;
  isText: boolean;
};

const MAX_DEPTH = 100;
const MAX_NODES = 20_000;
const PLAIN_KEY = /^[\w$-]+$/;
const MAX_KEY_LENGTH = 200;

/** The tree of a record; undefined where it has more values than anybody would ask about. */
export function rawTree(record: JsonObject): RawNode | undefined {
  let left = MAX_NODES;
  const grow = (node: RawNode, depth: number): RawNode => {
    if (--left < 0 || depth > MAX_DEPTH) return node;
    const inside = node.isText ? jsonIn(node.value) : node.value;
    const between = node.isText ? `${node.path} → ` : node.path;
    if (Array.isArray(inside)) {
      node.children = inside.map((value, at) => grow(child(node, `${between}[${at}]`, at, value), depth + 1));
    } else if (isJsonObject(inside)) {
      node.children = Object.entries(inside).map(([key, value]) =>
        grow(child(node, `${between}${keyText(key, between)}`, key, value), depth + 1),
      );
    }
    return node;
  };
  const root = { path: "", value: record, children: [], parent: undefined, key: "", isText: false };
  const tree = grow(root, 0);
  return left < 0 ? undefined : tree;
}

function child(parent: RawNode, path: string, key: string | number, value: JsonValue): RawNode {
  return { path, value, children: [], parent, key, isText: jsonIn(value) !== undefined };
}

function keyText(key: string, before: string): string {
  const short = key.slice(0, MAX_KEY_LENGTH);
  if (!PLAIN_KEY.test(short)) return `[${JSON.stringify(short)}]`;
  return before === "" || before.endsWith(" ") ? short : `.${short}`;
}

function jsonIn(value: JsonValue): JsonValue | undefined {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The whole record, with each value under one node put another way. */
export function withProbe(node: RawNode, probe: (value: JsonValue) => JsonValue): JsonValue {
  let value = probed(node, probe);
  for (let at: RawNode = node; at.parent; at = at.parent) value = withChild(at.parent, at.key, value);
  return value;
}

function probed(node: RawNode, probe: (value: JsonValue) => JsonValue): JsonValue {
  if (node.children.length === 0) return probe(node.value);
  return asText(
    node,
    Array.isArray(inside(node))
      ? node.children.map((one) => probed(one, probe))
      : Object.fromEntries(node.children.map((one) => [one.key, probed(one, probe)])),
  );
}

function withChild(node: RawNode, key: string | number, value: JsonValue): JsonValue {
  return asText(
    node,
    Array.isArray(inside(node))
      ? node.children.map((one) => (one.key === key ? value : one.value))
      : Object.fromEntries(node.children.map((one) => [one.key, one.key === key ? value : one.value])),
  );
}

function inside(node: RawNode): JsonValue | undefined {
  return node.isText ? jsonIn(node.value) : node.value;
}

function asText(node: RawNode, value: JsonValue): JsonValue {
  return node.isText ? JSON.stringify(value) : value;
}
