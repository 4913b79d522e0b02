"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { type DeleteImportFailure, requestDeletion } from "#lib/ingest/commands/deletion.ts";
import { cancelImport, type MoveImportFailure, readOnImport } from "#lib/ingest/commands.ts";
import { IMPORT_STATES } from "#lib/ingest/import.ts";
import { failure, type Outcome } from "#lib/outcome.ts";
import { authorize } from "../../../_access/current-person.ts";
import type { Refusal } from "../../../_access/refusal-words.ts";

export type MoveRefusal = MoveImportFailure | Refusal | "invalid-input";

const moveInput = z.strictObject({
  seen: z.strictObject({ id: z.guid(), state: z.enum(IMPORT_STATES) }),
  move: z.enum(["cancel", "read-on"]),
});

/** Ends the reading of an import, or has it go on. Whoever may import may, whoever delivered it. */
export async function moveImportAction(input: unknown): Promise<Outcome<undefined, MoveRefusal>> {
  const person = await authorize("imports.create");
  if (!person.ok) return failure(person.reason);
  const parsed = moveInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const { seen, move } = parsed.data;
  const outcome =
    move === "cancel" ? await cancelImport(seen, person.value, new Date()) : await readOnImport(seen);
  // Even after a refusal: what was seen is not how it is.
  refresh();
  return outcome;
}

export type DeleteRefusal = DeleteImportFailure | Refusal | "invalid-input";

const deleteInput = z.strictObject({
  id: z.guid(),
  state: z.enum(IMPORT_STATES),
  typedName: z.string().max(300),
});

export async function deleteImportAction(input: unknown): Promise<Outcome<undefined, DeleteRefusal>> {
  const admin = await authorize("imports.delete");
  if (!admin.ok) return failure(admin.reason);
  const parsed = deleteInput.safeParse(input);
  if (!parsed.success) return failure("invalid-input");
  const outcome = await requestDeletion(parsed.data, admin.value, new Date());
  refresh();
  return outcome;
}
