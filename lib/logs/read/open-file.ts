import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { archiveItems } from "./archive.ts";
import type { FormsSeen } from "./form.ts";
import { Output, Peekable } from "./peekable.ts";
import { type OpenLog, openStream } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadLimits, type Unreadable } from "./record.ts";
import { type KnowsTable, NO_TABLES } from "./unknown-table.ts";
import { openZip } from "./zip.ts";

const CHUNK_BYTES = 1024 * 1024;
const ZIP_MAGIC = [0x04034b50, 0x06054b50];

/** Of a little file the ratio says nothing. */
const FREE_BYTES = 256 * 1024 * 1024;

export type OpenFile = OpenLog & {
  /** Of the file, so far. */
  bytesRead(): number;
  close(): void;
};

/** Opens a delivered file as `openLog` does a stream, and zip archives. Throws what the file system throws. */
export async function openFile(
  path: string,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
  knows: KnowsTable = NO_TABLES,
): Promise<Outcome<OpenFile, Unreadable>> {
  const { size, isZip } = await look(path);
  const output = new Output(Math.min(limits.maxInsideBytes, FREE_BYTES + limits.maxRatio * size));
  const delivery = { limits, output, knows };
  if (isZip) {
    const zip = await openZip(path, output);
    if (!zip.ok) return failure({ reason: "broken-archive", detail: zip.reason });
    const seen: FormsSeen = new Map();
    const open = (file: Peekable) => openStream(file, ["zip"], delivery);
    const items = archiveItems(zip.value.entries, { open, seen, delivery });
    const { bytesRead, close } = zip.value;
    return success({
      form: { layers: ["zip"], shape: "files", sender: null },
      seen,
      items,
      bytesRead,
      close,
    });
  }
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const close = () => file.destroy();
  const log = await openStream(new Peekable(file[Symbol.asyncIterator]()), [], delivery);
  if (!log.ok) {
    close();
    return log;
  }
  return success({ ...log.value, bytesRead: () => file.bytesRead, close });
}

async function look(path: string): Promise<{ size: number; isZip: boolean }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4), position: 0 });
    return { size, isZip: bytesRead === 4 && ZIP_MAGIC.includes(buffer.readUInt32LE()) };
  } finally {
    await file.close();
  }
}
