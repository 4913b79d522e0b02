import type { JsonObject } from "#lib/json.ts";

/**
 * What a line of a log says that comes as text, in the shape that the same log has as JSON; undefined for any other line.
 * `time` stays the text that stood there.
 */
export function textLine(text: string): JsonObject | undefined {
  return dockerLine(text) ?? falcoLine(text);
}

/** The line in a text of which the time is that of a clock alone: then only who passed it on can say on which day. */
export function needsDate(text: string): JsonObject | undefined {
  const line = textLine(text.trim());
  const isClock = typeof line?.time === "string" && CLOCK.test(line.time);
  return isClock && line.received === undefined ? line : undefined;
}

const CLOCK = /^\d\d:\d\d:\d\d\.\d+$/;
const DOCKER = /^(\d{4}-\d\d-\d\dT\S+) (\w+) (\S.*)$/;
const DOCKER_TYPES: ReadonlySet<string> = new Set([
  ...["builder", "config", "container", "daemon", "image", "network"],
  ...["node", "plugin", "secret", "service", "volume"],
]);

/** `TIME TYPE ACTION ID (NAME=VALUE, …)`. An action may hold spaces, as a command that is run does; an id may be missing. */
function dockerLine(text: string): JsonObject | undefined {
  const [, time, type = "", rest = ""] = DOCKER.exec(text) ?? [];
  if (time === undefined || !DOCKER_TYPES.has(type)) return undefined;
  const opening = rest.endsWith(")") ? rest.search(/ \([\w./-]+=/) : -1;
  const said = opening === -1 ? rest : rest.slice(0, opening);
  const id = said.lastIndexOf(" ");
  const attributes = opening === -1 ? [] : rest.slice(opening + 2, -1).split(/, (?=[\w./-]+=)/);
  return {
    Type: type,
    Action: id === -1 ? said : said.slice(0, id).trimEnd(),
    Actor: { ID: id === -1 ? "" : said.slice(id + 1), Attributes: named(attributes) },
    time,
  };
}

/** As one of the log's own lines, or behind what a container's or a system's log puts before it. */
const FALCO =
  /^(?:(\S.{0,200}?)\s)?(\d\d:\d\d:\d\d\.\d{1,9}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(?:Z|[+-]\d\d:?\d\d)): (Emergency|Alert|Critical|Error|Warning|Notice|Informational|Debug) (\S.*)$/;
const TIME_BEFORE = /^(\d{4}-\d\d-\d\dT\S+)(?:\s|$)/;

/** `TIME: PRIORITY SENTENCE (NAME=VALUE …)`. */
function falcoLine(text: string): JsonObject | undefined {
  const [, before = "", time, priority = "", output = ""] = FALCO.exec(text) ?? [];
  if (time === undefined) return undefined;
  const opening = output.endsWith(")") ? output.search(/\([a-z][\w.]*=/) : -1;
  const fields = opening === -1 ? [] : output.slice(opening + 1, -1).split(/ (?=[a-z][\w.]*=)/);
  const received = TIME_BEFORE.exec(before)?.[1];
  return { time, ...(received && { received }), priority, output, output_fields: named(fields) };
}

/** A name that stands twice may be part of another's value, which anybody may have written: neither is believed. */
function named(pairs: readonly string[]): JsonObject {
  const values = new Map<string, string | null>();
  for (const pair of pairs) {
    const [name = ""] = pair.split("=", 1);
    values.set(name, values.has(name) ? null : pair.slice(name.length + 1));
  }
  return Object.fromEntries([...values].filter((entry): entry is [string, string] => entry[1] !== null));
}
