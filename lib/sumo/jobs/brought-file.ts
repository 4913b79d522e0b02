import { randomUUID } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { db } from "#lib/db/client.ts";
import { ensureUploadsFolder, listUploads, removeUpload } from "#lib/ingest/uploads.ts";
import type { SearchRow } from "../client/search.ts";

/** Removes what earlier tries have left of a window and no import reads. */
export async function removeLeft(windowId: string): Promise<void> {
  const uploads = [...(await listUploads()).keys()].filter((name) => name.startsWith(prefixOf(windowId)));
  if (uploads.length === 0) return;
  const imports = await db().import.findMany({
    where: { storedAs: { in: uploads } },
    select: { storedAs: true },
  });
  const isRead = new Set(imports.map(({ storedAs }) => storedAs));
  for (const storedAs of uploads) if (!isRead.has(storedAs)) await removeUpload(storedAs);
}

function prefixOf(windowId: string): string {
  return `sumo-${windowId}-`;
}

/** Messages as they are brought: JSON Lines in the uploads folder, each line the whole of what Sumo says of a message. */
export class BroughtFile {
  readonly storedAs: string;
  readonly #file: FileHandle;
  messages = 0;
  byteSize = 0;

  private constructor(storedAs: string, file: FileHandle) {
    this.storedAs = storedAs;
    this.#file = file;
  }

  static async create(windowId: string): Promise<BroughtFile> {
    // Of each try its own: what a worker that died has left is no part of it.
    const storedAs = `${prefixOf(windowId)}${randomUUID().slice(0, 8)}`;
    const file = await open(path.join(await ensureUploadsFolder(), storedAs), "wx", 0o600);
    return new BroughtFile(storedAs, file);
  }

  async add(rows: readonly SearchRow[]): Promise<void> {
    if (rows.length === 0) return;
    const lines = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await this.#file.writeFile(lines);
    this.messages += rows.length;
    this.byteSize += lines.length;
  }

  /** Puts the last byte on the disk. */
  async keep(): Promise<void> {
    await this.#file.sync();
    await this.#file.close();
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => {});
  }

  async drop(): Promise<void> {
    await this.close();
    await removeUpload(this.storedAs);
  }
}
