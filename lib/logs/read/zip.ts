import { crc32 } from "node:zlib";
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from "yauzl";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import type { ArchiveEntry } from "./archive.ts";
import { decompress } from "./decompress.ts";
import { Broken, type Output } from "./peekable.ts";

const STORED = 0;
/** What Unix keeps of a file's kind. */
const KIND_OF_FILE = 0xf000;
const LINK = 0xa000;
const METHODS: ReadonlyMap<number, "deflate" | "zstd"> = new Map([
  [8, "deflate"],
  [93, "zstd"],
]);

/** Of the first file in an archive, or of the end of one that has none. */
const BEGINNINGS: readonly number[] = [0x04034b50, 0x06054b50];

export function isZip(head: Buffer): boolean {
  return head.length >= 4 && BEGINNINGS.includes(head.readUInt32LE());
}

export type OpenZip = {
  /** In the order of the archive's directory; folders and empty files are passed over. */
  entries: AsyncGenerator<ArchiveEntry>;
  /** Of the archive's compressed bytes. */
  bytesRead(): number;
  close(): void;
};

/** A zip archive that lies in a file: what it holds stands at its end. Fails when that cannot be read. */
export async function openZip(path: string, output: Output): Promise<Outcome<OpenZip, string>> {
  let bytesRead = 0;
  let zip: ZipFile;
  try {
    // Names are decoded here: they are only shown, so that none needs to be refused.
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
  } catch (error) {
    if (error instanceof Error && "syscall" in error) throw error;
    return failure((error as Error).message);
  }
  const count = (bytes: Buffer) => {
    bytesRead += bytes.length;
  };
  return success({
    entries: entriesOf(zip, output, count),
    bytesRead: () => bytesRead,
    close: () => zip.close(),
  });
}

async function* entriesOf(
  zip: ZipFile,
  output: Output,
  count: (bytes: Buffer) => void,
): AsyncGenerator<ArchiveEntry> {
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry);
      if (entry.uncompressedSize === 0 || name.endsWith("/")) continue;
      const problem = problemOf(entry);
      yield problem ? { name, problem } : { name, bytes: contentOf(zip, entry, output, count) };
    }
  } catch (error) {
    if (!(error instanceof Error) || "syscall" in error || error instanceof Broken) throw error;
    yield { name: "", problem: `the archive's directory is damaged: ${error.message}` };
  }
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function problemOf(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return "it is encrypted";
  if (((entry.externalFileAttributes >>> 16) & KIND_OF_FILE) === LINK) return "a link";
  const isKnown = entry.compressionMethod === STORED || METHODS.has(entry.compressionMethod);
  return isKnown ? undefined : `it is compressed by method ${entry.compressionMethod}`;
}

async function* contentOf(
  zip: ZipFile,
  entry: Entry,
  output: Output,
  count: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  const method = METHODS.get(entry.compressionMethod);
  const raw = rawBytes(zip, entry, count);
  let checksum = 0;
  for await (const bytes of method ? decompress(raw, method, output) : raw) {
    checksum = crc32(bytes, checksum);
    yield bytes;
  }
  if (checksum !== entry.crc32) throw new Broken("broken-compression", "its checksum is wrong");
}

async function* rawBytes(zip: ZipFile, entry: Entry, count: (bytes: Buffer) => void): AsyncGenerator<Buffer> {
  try {
    for await (const bytes of await zip.openReadStreamPromise(entry, { decodeFileData: false })) {
      count(bytes);
      yield bytes;
    }
  } catch (error) {
    if (!(error instanceof Error) || "syscall" in error || error instanceof Broken) throw error;
    throw new Broken("broken-compression", error.message);
  }
}
