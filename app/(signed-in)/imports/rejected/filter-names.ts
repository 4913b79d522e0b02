import { z } from "zod";
import { getImport } from "#lib/ingest/queries.ts";
import type { RejectedFilter } from "#lib/ingest/rejected-filter.ts";
import { getConnection } from "#lib/sumo/queries/connections.ts";

/** What the import and the source of a filter are called; null where they are not, or are gone. */
export async function filterNames(
  filter: RejectedFilter,
  now: Date,
): Promise<{ importName: string | null; sourceName: string | null }> {
  const [about, connection] = await Promise.all([
    filter.import ? getImport(filter.import) : null,
    filter.kind === "sumo" && z.guid().safeParse(filter.source).success
      ? getConnection(filter.source ?? "", now)
      : null,
  ]);
  return { importName: about?.name ?? null, sourceName: connection?.name ?? null };
}
