import { z } from "zod";
import { MAPPED_FIELDS } from "#lib/logs/normalize/mapped-field.ts";
import { type FieldSource, mappingSchema, type TableMapping } from "#lib/logs/normalize/table-mapping.ts";

/** The first rows of a table, as they are stored. */
export const sampleSchema = z.array(
  z.union([
    z.object({ line: z.int(), cells: z.array(z.string()) }),
    z.object({ line: z.int(), problem: z.string() }),
  ]),
);
export type Sample = z.infer<typeof sampleSchema>;

/** A table whose columns somebody has named, or is to name. */
export type MappedTable = { fingerprint: string; columns: readonly string[]; sample: Sample };

/** A table for which an import waits. `entry`: the file of an archive that it is. */
export type WaitingTable = MappedTable & { entry: string | null };

/** A stored mapping, for people. */
export type MappingRow = {
  id: string;
  version: number;
  columns: string[];
  mapping: TableMapping;
  lastUsedAt: Date | null;
  createdAt: Date;
  /** Who made the last change, and when. */
  changedBy: string | null;
  changedAt: Date;
  /** Imports in which it read a table. */
  imports: number;
};

/** What an event of a mapped table says of its mapping, in its details. */
export const mappedBySchema = z.object({
  mapping: z.object({ id: z.guid(), version: z.int(), name: z.string() }),
});

/** Why a mapping was not stored. */
export type MappingFault =
  | { kind: "changed-meanwhile"; by: string | null; at: Date | null }
  | { kind: "gone" }
  | { kind: "invalid-input"; issues: MappingIssue[] };
export type MappingIssue = { path: string; message: string };

/** A mapping of the columns of one table: those that it names must be there, each as it is written. */
export function mappingFor(columns: readonly string[]) {
  return mappingSchema.superRefine(({ fields }, context) => {
    for (const field of MAPPED_FIELDS) {
      const source: FieldSource | undefined = fields[field];
      if (source && "column" in source && !columns.includes(source.column)) {
        context.addIssue({
          code: "custom",
          path: ["fields", field],
          message: "The table has no such column.",
        });
      }
    }
  });
}
