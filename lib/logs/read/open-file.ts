import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { Passing } from "./passing.ts";
import { Output, Peekable } from "./peekable.ts";
import { type OpenLog, openArchive, openStream } from "./read.ts";
import { DEFAULT_READ_LIMITS, type ReadLimits, type Unreadable } from "./record.ts";
import { type KnowsTable, NO_TABLES } from "./unknown-table.ts";
import { isZip, openZip } from "./zip.ts";

const CHUNK_BYTES = 1024 * 1024;

/** Of a little file the ratio says nothing. */
const FREE_BYTES = 256 * 1024 * 1024;

export type OpenFile = OpenLog & {
  /** Of the file, so far. */
  bytesRead(): number;
  close(): void;
};

/**
 * Opens a delivered file as `openLog` does a stream, and zip archives. Records that `passing` passes over are numbered, and
 * none of the items. Throws what the file system throws.
 */
export async function openFile(
  path: string,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
  knows: KnowsTable = NO_TABLES,
  passing?: Passing,
): Promise<Outcome<OpenFile, Unreadable>> {
  const { size, isArchive } = await look(path);
  const output = new Output(Math.min(limits.maxInsideBytes, FREE_BYTES + limits.maxRatio * size));
  const delivery = { limits, output, knows, passing, opened: new Set<() => void>() };
  const closeAll = () => {
    for (const close of delivery.opened) close();
  };
  if (isArchive) {
    const zip = await openZip(path, output);
    if (!zip.ok) return failure({ reason: "broken-archive", detail: zip.reason });
    const { bytesRead } = zip.value;
    return success({ ...openArchive(zip.value, ["zip"], delivery), bytesRead, close: closeAll });
  }
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const close = () => {
    file.destroy();
    closeAll();
  };
  const log = await openStream(new Peekable(file[Symbol.asyncIterator]()), [], delivery);
  if (!log.ok) {
    close();
    return log;
  }
  return success({ ...log.value, bytesRead: () => file.bytesRead, close });
}

async function look(path: string): Promise<{ size: number; isArchive: boolean }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4), position: 0 });
    return { size, isArchive: isZip(buffer.subarray(0, bytesRead)) };
  } finally {
    await file.close();
  }
}
