import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { FileStore } from "@tus/file-store";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { type NewImport, TAKEN_AS, type TakenAs } from "./import.ts";

/** What the upload protocol knows of a file. */
type Upload = Awaited<ReturnType<FileStore["getUpload"]>>;

const MAX_NAME_LENGTH = 255;

const metadataSchema = z.object({
  filename: z
    .string()
    .catch("unnamed")
    .transform((name) => name.slice(0, MAX_NAME_LENGTH).toWellFormed() || "unnamed"),
  takenAs: z.enum(TAKEN_AS).catch("auto"),
  /** When the file was last changed where it was sent from, in milliseconds: by this it is known again. */
  modified: z
    .string()
    .regex(/^\d{1,16}$/)
    .catch("0"),
  owner: z.guid(),
});

/** What is kept of what a client says of its file, and whose the upload is. */
export function ownMetadata(
  said: Upload["metadata"],
  ownerId: string,
): Record<keyof z.infer<typeof metadataSchema>, string> {
  return metadataSchema.parse({ ...said, owner: ownerId });
}

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

/**
 * Puts a delivered file's last byte on the disk, and its name in the folder. One that cannot be put there is removed: it would
 * be read half.
 */
export async function makeDurable(storedAs: string): Promise<void> {
  try {
    await sync(uploadPath(storedAs), "r+");
    await sync(uploadsFolder(), "r");
  } catch (error) {
    await removeUpload(storedAs);
    throw error;
  }
}

async function sync(place: string, flags: string): Promise<void> {
  const handle = await open(place, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** An upload of which bytes are missing. */
export type UnfinishedUpload = {
  id: string;
  /** The file's name as it was given; shown, never trusted. */
  name: string;
  byteSize: number;
  /** Bytes that are here. */
  sent: number;
  /** When the file was last changed where it was sent from, in milliseconds; 0: not told. */
  modified: number;
  takenAs: TakenAs;
  owner: string;
  /** When bytes of it last came. */
  touchedAt: Date;
};

/** The uploads that have begun and not ended, those last sent first: of one person, or of all. */
export async function listUnfinished(ownerId?: string): Promise<UnfinishedUpload[]> {
  const store = await openUploadStore();
  const found: UnfinishedUpload[] = [];
  for (const name of await readdir(uploadsFolder())) {
    // Files that others deliver wait here too, and have nothing beside them.
    const id = name.endsWith(".json") ? path.basename(name, ".json") : undefined;
    const upload = id === undefined ? undefined : await findUnfinished(store, id);
    if (upload && (ownerId === undefined || upload.owner === ownerId)) found.push(upload);
  }
  return found.sort((a, b) => b.touchedAt.getTime() - a.touchedAt.getTime());
}

async function findUnfinished(store: FileStore, id: string): Promise<UnfinishedUpload | undefined> {
  const upload = await store.getUpload(id).catch(() => undefined);
  const touchedAt = await lastWrite(path.join(uploadsFolder(), id));
  const said = metadataSchema.safeParse(upload?.metadata);
  if (upload?.size === undefined || upload.size === upload.offset || !touchedAt || !said.success) {
    return undefined;
  }
  const { filename: name, takenAs, owner, modified } = said.data;
  const { size: byteSize, offset: sent } = upload;
  return { id, name, byteSize, sent, takenAs, owner, modified: Number(modified), touchedAt };
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
