import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createImport } from "../commands.ts";
import type { TakenAs } from "../import.ts";
import { runImport } from "../jobs/run-import.ts";
import { ensureUploadsFolder, uploadPath } from "../uploads.ts";

type Options = { name?: string; takenAs?: TakenAs; now?: Date };

/** Puts a file where an upload would, and records its delivery. Returns the import's id. */
export async function deliver(
  content: string | Uint8Array,
  { name = "test.json", takenAs = "auto" }: Options = {},
) {
  await ensureUploadsFolder();
  const storedAs = randomUUID();
  await writeFile(uploadPath(storedAs), content);
  const byteSize = Buffer.byteLength(content);
  return await createImport({ kind: "upload", name, storedAs, byteSize, takenAs, createdBy: null });
}

/** Delivers a file and reads it to its end, as the worker would. */
export async function importFile(content: string | Uint8Array, options: Options = {}): Promise<string> {
  const id = await deliver(content, options);
  await runImport(id, () => options.now ?? new Date(), new AbortController().signal);
  return id;
}
