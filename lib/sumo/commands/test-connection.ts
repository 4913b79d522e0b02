import { normalize } from "#lib/logs/normalize/normalize.ts";
import { openLog } from "#lib/logs/read/read.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { runSearch } from "../client/run-search.ts";
import type { SearchRow } from "../client/search.ts";
import type { AccessKey, ChangeFault, ConnectionSettings, ConnectionTest } from "../connection.ts";
import { readQuerySettings } from "../queries/connections.ts";
import { connectionQuery, QUERY_FAULTS, type QuerySettings } from "../query.ts";
import { type Door, doorOf, openDoor } from "./key.ts";

/** What is looked at: the last minutes that have settled, and so many messages of them at most. */
const TEST_MINUTES = 15;
const SETTLE_MINUTES = 2;
const MOST_MESSAGES = 500;
const MOST_SOURCES = 5;
const MINUTE_MS = 60_000;

/** Asks Sumo for the last minutes as a connection that is not stored yet would. */
export async function testDraft(
  settings: ConnectionSettings,
  key: AccessKey,
  now: Date,
  signal: AbortSignal,
): Promise<Outcome<ConnectionTest, ChangeFault>> {
  const door = doorOf(settings, key);
  return door.ok
    ? await test(settings, door.value, now, signal)
    : failure({ kind: "sumo", problem: door.reason });
}

/** Asks Sumo for the last minutes as a stored connection does; with `settings`, as it would with these. */
export async function testConnection(
  id: string,
  settings: ConnectionSettings | undefined,
  now: Date,
  signal: AbortSignal,
): Promise<Outcome<ConnectionTest, ChangeFault>> {
  const stored = await readQuerySettings(id);
  if (!stored) return failure({ kind: "gone" });
  const door = await openDoor(id, settings);
  return door.ok
    ? await test(settings ?? stored, door.value, now, signal)
    : failure({ kind: "sumo", problem: door.reason });
}

async function test(
  settings: QuerySettings,
  { access, turns }: Door,
  now: Date,
  signal: AbortSignal,
): Promise<Outcome<ConnectionTest, ChangeFault>> {
  const query = connectionQuery(settings);
  if (!query.ok) return failure({ kind: "query", sentence: QUERY_FAULTS[query.reason] });
  const to = now.getTime() - SETTLE_MINUTES * MINUTE_MS;
  const from = to - TEST_MINUTES * MINUTE_MS;
  const rows: SearchRow[] = [];
  const ended = await runSearch(
    access,
    { query: query.value, from, to, by: "receipt" },
    {
      turns,
      signal,
      kind: "messages",
      whenTruncated: "read",
      maxRows: MOST_MESSAGES,
      onRows: async (page) => {
        rows.push(...page.slice(0, MOST_MESSAGES - rows.length));
      },
    },
  );
  if (!ended.ok) return failure({ kind: "sumo", problem: ended.reason });
  const { messageCount, isTruncated, bytesScanned, warnings } = ended.value;
  return success({
    messages: messageCount,
    isTruncated,
    minutes: TEST_MINUTES,
    bytesScanned,
    warnings,
    ...(await lookAt(rows)),
  });
}

/** What becomes of messages when they are imported, without storing them. */
async function lookAt(
  rows: readonly SearchRow[],
): Promise<Pick<ConnectionTest, "records" | "known" | "logSources">> {
  const items = await readItems(rows);
  const sources = new Map<string, number>();
  for (const item of items) {
    const event = item.ok ? normalize(item.value) : undefined;
    if (event?.ok) sources.set(event.value.logSource, (sources.get(event.value.logSource) ?? 0) + 1);
  }
  const logSources = [...sources]
    .map(([name, records]) => ({ name, records }))
    .sort((one, other) => other.records - one.records);
  const known = logSources.reduce((sum, source) => sum + source.records, 0);
  return { records: items.length, known, logSources: logSources.slice(0, MOST_SOURCES) };
}

async function readItems(rows: readonly SearchRow[]): Promise<ReadItem[]> {
  if (rows.length === 0) return [];
  const opened = await openLog(iterate(rows.map((row) => Buffer.from(`${JSON.stringify(row)}\n`))));
  const items: ReadItem[] = [];
  if (opened.ok) for await (const some of opened.value.items) items.push(...some);
  return items;
}

async function* iterate(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}
