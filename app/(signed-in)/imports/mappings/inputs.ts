import { z } from "zod";
import { mappingSchema } from "#lib/logs/normalize/table-mapping.ts";

/** The table that is spoken of: one for which an import waited when it was seen, or that of a stored mapping. */
const tableInput = z.union([
  z.strictObject({ importId: z.guid(), fingerprint: z.guid() }),
  z.strictObject({ mappingId: z.guid() }),
]);
export type TableInput = z.infer<typeof tableInput>;

export const previewInput = z.strictObject({ table: tableInput, mapping: mappingSchema });
export const saveInput = z.strictObject({
  table: tableInput,
  mapping: mappingSchema,
  seenVersion: z.int().nullable(),
});
export const forgetInput = z.strictObject({ id: z.guid(), version: z.int() });
export const leaveOutInput = z.strictObject({ importId: z.guid(), fingerprint: z.guid() });
