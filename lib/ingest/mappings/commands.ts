import { randomUUID } from "node:crypto";
import { z } from "zod";
import { inTransaction, type Transaction } from "#lib/db/client.ts";
import { sendJob } from "#lib/db/jobs.ts";
import { announce } from "#lib/db/live.ts";
import type { TableMapping } from "#lib/logs/normalize/table-mapping.ts";
import { tableFingerprint } from "#lib/logs/normalize/table-mapping.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { type MappingFault, mappingFor } from "./mapping.ts";

type Author = { id: string };

export type NewMapping = {
  /** Of the table, as an import or an earlier mapping has them: never as a browser says. */
  columns: readonly string[];
  mapping: TableMapping;
  /** The version that its author saw; null: none was in use. */
  seenVersion: number | null;
};

/**
 * Stores what the columns of a table hold, as the next version of its mapping, and has every import read on that waits for
 * it. Of two who do so at once one wins and the other is told. Gives the mapping's id and how many imports read on.
 */
export async function saveMapping(
  { columns, mapping: given, seenVersion }: NewMapping,
  author: Author,
  now: Date,
): Promise<Outcome<{ id: string; imports: number }, MappingFault>> {
  const mapping = mappingFor(columns).parse(given);
  const fingerprint = tableFingerprint(columns);
  return await inTransaction(async (client) => {
    await holdMapping(client, fingerprint);
    const stored = await lastVersion(client, "mapping.fingerprint = $1", [fingerprint]);
    const inUse = stored && !stored.isForgotten ? stored.version : null;
    if (inUse !== seenVersion) {
      return failure({ kind: "changed-meanwhile", by: stored?.by ?? null, at: stored?.at ?? null });
    }
    const id = stored?.id ?? randomUUID();
    const version = (stored?.version ?? 0) + 1;
    const said = JSON.stringify(mapping);
    await client.query(
      `insert into table_mapping (id, fingerprint, columns, version, mapping, created_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (fingerprint) do update set version = excluded.version, mapping = excluded.mapping,
         columns = excluded.columns, forgotten_at = null`,
      [id, fingerprint, columns, version, said, now],
    );
    await addVersion(client, { id, version, kind: "saved", said, author, now });
    return success({ id, imports: await readOn(client, fingerprint, now) });
  });
}

/** A mapping that is forgotten reads no new table: the next import of one asks again. What it has read stays. */
export async function forgetMapping(
  seen: { id: string; version: number },
  author: Author,
  now: Date,
): Promise<Outcome<undefined, MappingFault>> {
  return await inTransaction(async (client) => {
    const before = await lastVersion(client, "mapping.id = $1", [seen.id]);
    if (!before) return failure({ kind: "gone" });
    await holdMapping(client, before.fingerprint);
    const stored = await lastVersion(client, "mapping.id = $1", [seen.id]);
    if (!stored || stored.isForgotten) return failure({ kind: "gone" });
    if (stored.version !== seen.version) {
      return failure({ kind: "changed-meanwhile", by: stored.by, at: stored.at });
    }
    const version = stored.version + 1;
    await client.query("update table_mapping set version = $2, forgotten_at = $3 where id = $1", [
      seen.id,
      version,
      now,
    ]);
    const said = JSON.stringify(stored.mapping);
    await addVersion(client, { id: seen.id, version, kind: "forgotten", said, author, now });
    return success();
  });
}

/** Has a table of an archive rejected for which an import waits, and the rest of the archive read. */
export async function leaveTableOut(
  importId: string,
  fingerprint: string,
): Promise<Outcome<undefined, MappingFault>> {
  return await inTransaction(async (client) => {
    await holdMapping(client, fingerprint);
    const { rowCount } = await client.query(
      `update import_table set state = 'left-out' where import_id = $1 and fingerprint = $2 and state = 'waiting'`,
      [importId, fingerprint],
    );
    const isWaiting = rowCount === 1 && (await queueAgain(client, importId));
    return isWaiting ? success() : failure({ kind: "gone" });
  });
}

/** Whoever makes an import wait for a mapping, and whoever makes the mapping, take turns: none is left waiting. */
export async function holdMapping(client: Transaction, fingerprint: string): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`mapping ${fingerprint}`]);
}

const lastSchema = z.array(
  z.object({
    id: z.guid(),
    fingerprint: z.guid(),
    version: z.int(),
    isForgotten: z.boolean(),
    mapping: z.unknown(),
    by: z.string().nullable(),
    at: z.date(),
  }),
);

async function lastVersion(
  client: Transaction,
  where: string,
  values: unknown[],
): Promise<z.infer<typeof lastSchema>[number] | undefined> {
  const { rows } = await client.query(
    `select mapping.id, mapping.fingerprint, mapping.version, mapping.forgotten_at is not null as "isForgotten",
       mapping.mapping, person.name as by, said.at
     from table_mapping mapping
       join table_mapping_version said on said.mapping_id = mapping.id and said.version = mapping.version
       left join person on person.id = said.person_id
     where ${where}`,
    values,
  );
  return lastSchema.parse(rows)[0];
}

type Version = {
  id: string;
  version: number;
  kind: "saved" | "forgotten";
  said: string;
  author: Author;
  now: Date;
};

async function addVersion(
  client: Transaction,
  { id, version, kind, said, author, now }: Version,
): Promise<void> {
  await client.query(
    `insert into table_mapping_version (mapping_id, version, kind, mapping, at, person_id)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, version, kind, said, now, author.id],
  );
}

async function readOn(client: Transaction, fingerprint: string, now: Date): Promise<number> {
  const { rows } = await client.query<{ importId: string }>(
    `update import_table set state = 'mapped' where fingerprint = $1 and state = 'waiting'
     returning import_id as "importId"`,
    [fingerprint],
  );
  let count = 0;
  for (const { importId } of rows) if (await queueAgain(client, importId)) count++;
  if (count > 0) {
    await client.query("update table_mapping set last_used_at = $2 where fingerprint = $1", [
      fingerprint,
      now,
    ]);
  }
  return count;
}

/** Whether it was waiting: one that was cancelled meanwhile stays so. */
async function queueAgain(client: Transaction, importId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "update import set state = 'queued' where id = $1 and state = 'needs_mapping'",
    [importId],
  );
  if (rowCount !== 1) return false;
  await sendJob(client, "import", { importId });
  await announce(client, { topic: "import", id: importId });
  return true;
}
