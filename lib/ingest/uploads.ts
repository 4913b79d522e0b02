import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { type NewImport, TAKEN_AS } from "./import.ts";

/** What the upload protocol knows of a file. */
type Upload = Awaited<ReturnType<FileStore["getUpload"]>>;

const metadataSchema = z.object({
  filename: z.string().catch("unnamed"),
  takenAs: z.enum(TAKEN_AS).catch("auto"),
  owner: z.guid(),
});

/** Where delivered files wait to be read. All web and worker processes must see the same folder. */
function uploadsFolder(): string {
  return path.join(env().dataFolder, "uploads");
}

export async function ensureUploadsFolder(): Promise<string> {
  const folder = uploadsFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** A delivered file. `storedAs` is a name of ours; a path in it is refused. */
export function uploadPath(storedAs: string): string {
  if (path.basename(storedAs) !== storedAs || storedAs.startsWith(".")) {
    throw new Error("An upload's name must be a plain file name.");
  }
  return path.join(uploadsFolder(), storedAs);
}

/** Removes a delivered file, with what the upload protocol keeps beside it. */
export async function removeUpload(storedAs: string): Promise<void> {
  const file = uploadPath(storedAs);
  await rm(file, { force: true });
  await rm(`${file}.json`, { force: true });
}

/** The uploads folder, as the upload protocol sees it. */
export async function openUploadStore(): Promise<FileStore> {
  return new FileStore({ directory: await ensureUploadsFolder() });
}

/** What has been delivered with an upload, or undefined while bytes of it are missing. */
export function deliveryOf({ id, size, offset, metadata }: Upload): NewImport | undefined {
  if (size !== offset) return undefined;
  const { filename, takenAs, owner } = metadataSchema.parse(metadata);
  return { kind: "upload", name: filename, storedAs: id, byteSize: size, takenAs, createdBy: owner };
}

/** Puts a delivered file's last byte on the disk. One that cannot be put there is removed: it would be read half. */
export async function makeDurable(storedAs: string): Promise<void> {
  const file = await open(uploadPath(storedAs), "r+");
  try {
    await file.sync();
  } catch (error) {
    await removeUpload(storedAs);
    throw error;
  } finally {
    await file.close();
  }
}

/** The files in the uploads folder, each with when it was last written to. */
export async function listUploads(): Promise<Map<string, Date>> {
  const folder = await ensureUploadsFolder();
  const uploads = new Map<string, Date>();
  for (const name of await readdir(folder)) {
    const storedAs = name.replace(/\.json$/, "");
    const touchedAt = await lastWrite(path.join(folder, name));
    if (touchedAt && touchedAt >= (uploads.get(storedAs) ?? touchedAt)) uploads.set(storedAs, touchedAt);
  }
  return uploads;
}

/** Undefined for a file that has gone meanwhile. */
async function lastWrite(file: string): Promise<Date | undefined> {
  return await stat(file).then(
    ({ mtime }) => mtime,
    () => undefined,
  );
}
