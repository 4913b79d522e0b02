import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { announce } from "#lib/db/live.ts";
import { mappingOfColumns, type TableMappings, tableFingerprint } from "#lib/logs/normalize/table-mapping.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import type { SampleRow, UnknownTable } from "#lib/logs/read/unknown-table.ts";
import { holdMapping } from "../mappings/commands.ts";
import { readLeftOut, readMappings } from "../mappings/queries.ts";
import { Overtaken } from "./watch-run.ts";

/** A table that nobody has named the columns of; `entry`: the file of an archive that it is. */
type Unmapped = { table: UnknownTable; entry: string | null };

/**
 * The tables of no known log in one import. Which of them are read, and which are left out, stays as it was when the import
 * came to them, for the numbers of its records hang on it.
 */
export class ImportTables {
  readonly mappings: TableMappings;
  readonly #importId: string;
  readonly #leftOut: ReadonlySet<string>;
  /** Tables that were accepted and are not noted yet. */
  #accepted: UnknownTable[] = [];
  /** The table at which the reading stopped. */
  unmapped: Unmapped | undefined;

  private constructor(importId: string, mappings: TableMappings, leftOut: ReadonlySet<string>) {
    this.#importId = importId;
    this.mappings = mappings;
    this.#leftOut = leftOut;
  }

  static async of(importId: string): Promise<ImportTables> {
    return new ImportTables(importId, await readMappings(importId), await readLeftOut(importId));
  }

  /** Whether a table is read. */
  readonly knows = (table: UnknownTable): boolean => {
    if (this.isLeftOut(table) || !mappingOfColumns(table.columns, this.mappings)) return false;
    this.#accepted.push(table);
    return true;
  };

  isLeftOut({ columns }: UnknownTable): boolean {
    return this.#leftOut.size > 0 && this.#leftOut.has(tableFingerprint(columns));
  }

  /** The items before the first table that nobody has named the columns of. */
  async *before(items: AsyncIterable<ReadItem[]>): AsyncGenerator<ReadItem[]> {
    for await (const some of items) {
      const at = some.findIndex((item) => this.#isUnmapped(item));
      const item = some[at];
      if (!item || item.ok || !item.table) {
        yield some;
        continue;
      }
      this.unmapped = { table: item.table, entry: item.entry ?? null };
      yield some.slice(0, at);
      return;
    }
  }

  #isUnmapped(item: ReadItem): boolean {
    return !item.ok && item.reason === "csv" && item.table !== undefined && !this.isLeftOut(item.table);
  }

  /** Notes the tables that were accepted, in the transaction that stores the first of their records. */
  async note(client: Transaction, now: Date): Promise<void> {
    const accepted = this.#accepted;
    this.#accepted = [];
    for (const table of accepted) {
      const fingerprint = await noteTable(client, this.#importId, { table, entry: null }, "mapped", now);
      await client.query(
        "update table_mapping set last_used_at = greatest(last_used_at, $2) where fingerprint = $1",
        [fingerprint, now],
      );
    }
  }
}

/**
 * Has an import wait until somebody has said what the columns of a table hold; its file is kept. Where that was said at this
 * moment it is read on at once.
 */
export async function waitForMapping(importId: string, unmapped: Unmapped, now: Date): Promise<void> {
  const fingerprint = tableFingerprint(unmapped.table.columns);
  await inTransaction(async (client) => {
    await holdMapping(client, fingerprint);
    const { rowCount: known } = await client.query(
      "select 1 from table_mapping where fingerprint = $1 and forgotten_at is null",
      [fingerprint],
    );
    await noteTable(client, importId, unmapped, known ? "mapped" : "waiting", now);
    const { rowCount } = await client.query(
      "update import set state = $2, attempts = 0 where id = $1 and state = 'running'",
      [importId, known ? "queued" : "needs_mapping"],
    );
    if (rowCount !== 1) throw new Overtaken();
    if (known) await sendJob(client, "import", { importId });
    await announce(client, { topic: "import", id: importId });
  });
}

/** Every import of a mapped table is noted: of what people need not look at at once less is kept. */
const MAPPED_SAMPLE_LENGTH = 16 * 1024;

function shortened(sample: readonly SampleRow[]): SampleRow[] {
  let length = 0;
  return sample.filter((row) => {
    length += JSON.stringify(row).length;
    return length <= MAPPED_SAMPLE_LENGTH;
  });
}

async function noteTable(
  client: Transaction,
  importId: string,
  { table, entry }: Unmapped,
  state: "mapped" | "waiting",
  now: Date,
): Promise<string> {
  const fingerprint = tableFingerprint(table.columns);
  const sample = state === "waiting" ? table.sample : shortened(table.sample);
  await client.query(
    `insert into import_table (import_id, fingerprint, state, entry, columns, sample, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (import_id, fingerprint) do update set state = excluded.state`,
    [importId, fingerprint, state, entry, table.columns, JSON.stringify(sample), now],
  );
  return fingerprint;
}
