import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { Broken, type Output, type Peekable } from "./peekable.ts";
import type { Unreadable } from "./record.ts";
import { type OpenZip, openZip } from "./zip.ts";

/** No archive of logs that lies in another comes near. */
const MOST_BYTES = 2 * 1024 ** 3;

/**
 * A zip archive that comes as a stream: what it holds stands at its end, so that it is put into a file, which has lost its
 * name before anything is read of it and is gone when it is closed. Throws what the file system throws.
 */
export async function openSpooledZip(
  bytes: Peekable,
  output: Output,
  mostBytes: number = MOST_BYTES,
): Promise<Outcome<OpenZip, Unreadable>> {
  const file = path.join(tmpdir(), `barnacle-${randomUUID()}.zip`);
  try {
    await pipeline(bounded(bytes, mostBytes), createWriteStream(file, { flags: "wx", mode: 0o600 }));
    if (bytes.broken) throw bytes.broken;
    const zip = await openZip(file, output);
    return zip.ok ? success(zip.value) : failure({ reason: "broken-archive", detail: zip.reason });
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return failure({ reason: error.reason, detail: error.message });
  } finally {
    await rm(file, { force: true });
  }
}

async function* bounded(bytes: Peekable, mostBytes: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > mostBytes) {
      throw new Broken("too-much-inside", `an archive in it has more than ${mostBytes} bytes`);
    }
    yield piece;
  }
}
