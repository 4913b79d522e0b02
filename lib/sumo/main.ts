// npm run -s sumo -- search|pull …
//
// Searches at Sumo Logic from a terminal, with a connection of Barnacle's or with a key of the environment.

import { env } from "#lib/env.ts";
import type { Outcome } from "#lib/outcome.ts";
import { ownTurns } from "./client/own-turns.ts";
import { runSearch } from "./client/run-search.ts";
import type { Search, SearchEnd, SearchOptions, SearchRow } from "./client/search.ts";
import { type ConnectionDoor, withConnection } from "./commands/with-connection.ts";
import { SUMO_PROBLEMS, type SumoProblem } from "./problem.ts";
import { type Asked, readAsked, USAGE, WrongUse } from "./terminal/asked.ts";
import { Output } from "./terminal/output.ts";
import { pullRange, rawLine } from "./terminal/pull.ts";

const stop = new AbortController();
const output = new Output(process.stdout, () => stop.abort());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

try {
  const code = await main(process.argv.slice(2));
  process.exitCode = output.isLeft ? 0 : code;
} catch (error) {
  if (!(error instanceof WrongUse)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
await output.flush();
process.exit();

async function main(args: readonly string[]): Promise<number> {
  const asked = readAsked(args);
  if ("connection" in asked.where) {
    const ended = await withConnection(asked.where.connection, (door) => act(asked, door));
    return ended.ok ? ended.value : complain(ended.reason);
  }
  const key = env().sumoKey;
  if (!key) return complain("Set SUMO_ACCESS_ID and SUMO_ACCESS_KEY in the environment.");
  const access = { apiUrl: asked.where.apiUrl, pathPrefix: "v1/", ...key };
  return await act(asked, { access, turns: ownTurns(), query: undefined });
}

async function act(asked: Asked, door: ConnectionDoor): Promise<number> {
  const query = asked.query ?? door.query;
  if (query === undefined) return complain("The connection has no query: mend it, or give one with --query.");
  const search: Search = { query, from: asked.from, to: asked.to, by: asked.by };
  return asked.command === "search" ? await searchOnce(asked, search, door) : await pull(search, door);
}

async function searchOnce({ kind }: Asked, search: Search, door: ConnectionDoor): Promise<number> {
  const print = (rows: SearchRow[]) => output.print(rows.map((row) => JSON.stringify(row)));
  const ended = await run(search, door, { kind, whenTruncated: "read", onRows: print });
  if (!ended.ok) return fail(ended.reason);
  const { rows, isTruncated, recordCount, bytesScanned, warnings } = ended.value;
  tell(`Printed: ${count(rows)}. Bytes scanned: ${count(bytesScanned)}.`);
  for (const warning of warnings) tell(`Sumo Logic warns: ${warning}`);
  if (kind === "messages" && recordCount > 0) {
    tell("The query also counts or groups: --records prints those rows.");
  }
  return isTruncated
    ? complain("Sumo Logic holds more than it gives for one search: pull prints them all.")
    : 0;
}

async function pull(search: Search, door: ConnectionDoor): Promise<number> {
  let withoutRaw = 0;
  const print = async (rows: SearchRow[]) => {
    const lines = rows.flatMap((row) => rawLine(row) ?? []);
    withoutRaw += rows.length - lines.length;
    await output.print(lines);
  };
  const pulled = await pullRange(search, async (part, whenTruncated) => {
    tell(`${new Date(part.from).toISOString()} to ${new Date(part.to).toISOString()}`);
    return await run(part, door, { kind: "messages", whenTruncated, onRows: print });
  });
  if (!pulled.ok) return fail(pulled.reason);
  const { messages, searches, cutShort } = pulled.value;
  tell(`Printed: ${count(messages - withoutRaw)}. Searches: ${count(searches)}.`);
  if (withoutRaw > 0) {
    return complain(`Messages without _raw: ${count(withoutRaw)}. The query must not leave it out.`);
  }
  const [first] = cutShort;
  if (!first) return 0;
  const { sentence, todo } = SUMO_PROBLEMS.truncated;
  return complain(`${new Date(first.from).toISOString()}: ${sentence} ${todo}`);
}

type Reading = Pick<SearchOptions, "kind" | "whenTruncated" | "onRows">;

function run(
  search: Search,
  door: ConnectionDoor,
  reading: Reading,
): Promise<Outcome<SearchEnd, SumoProblem>> {
  let told = "";
  return runSearch(door.access, search, {
    ...reading,
    turns: door.turns,
    signal: stop.signal,
    onProgress: ({ state, messageCount, recordCount }) => {
      const now = `${state}, ${count(reading.kind === "messages" ? messageCount : recordCount)} so far`;
      if (now !== told) tell(now);
      told = now;
    },
  });
}

function fail({ reason, detail }: SumoProblem): number {
  if (reason === "stopped") return 130;
  const { sentence, todo } = SUMO_PROBLEMS[reason];
  return complain(`${sentence} ${todo}${detail && ` (${detail})`}`);
}

function complain(sentence: string): number {
  tell(sentence);
  return 1;
}

function tell(line: string): void {
  if (output.isLeft) return;
  process.stderr.write(`${line}\n`);
}

function count(number: number): string {
  return number.toLocaleString("en-GB");
}
