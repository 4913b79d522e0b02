import type { ArchiveEntry } from "./archive.ts";
import type { Peekable } from "./peekable.ts";

const BLOCK = 512;
/** Of the extra headers that hold long names. */
const MAX_HEADER_BYTES = 1024 * 1024;
const FILE_TYPES = new Set(["0", "\0", "7"]);
/** Long names, and what pax says of the next file or of all. */
const EXTRA_TYPES = new Set(["L", "K", "x", "g"]);
const KINDS: Readonly<Record<string, string>> = {
  "1": "a link",
  "2": "a link",
  "3": "a device",
  "4": "a device",
};

/** Whether a block is the header of a file: it has its mark, and its checksum holds. */
export function isTar(block: Buffer): boolean {
  if (block.length < BLOCK || block.toString("latin1", 257, 262) !== "ustar") return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return sum === Number.parseInt(textOf(block.subarray(148, 156)).trim(), 8);
}

/** The files of a tar archive in their order; folders and empty files are passed over. `problem` says that it breaks off. */
export async function* tarEntries(archive: Peekable): AsyncGenerator<ArchiveEntry> {
  for (;;) {
    const header = await nextHeader(archive);
    if (header === "end") return;
    if (header === "damaged") {
      if (!archive.broken) yield { name: "", problem: "the archive is damaged from here on" };
      return;
    }
    const { name, size } = header;
    const member = new Member(archive, size);
    yield* entryOf(header, member);
    await member.skipRest();
    if (member.isCut && !archive.broken) yield { name, problem: "the archive breaks off in this file" };
    await archive.take(paddingOf(size));
  }
}

function* entryOf({ name, type, size }: Header, member: Member): Generator<ArchiveEntry> {
  if (FILE_TYPES.has(type) && size > 0) yield { name, bytes: member };
  else if (KINDS[type]) yield { name, problem: KINDS[type] };
}

type Header = { name: string; type: string; size: number };

/** The header of the next member, its name read from extra headers where it is too long for its own. */
async function nextHeader(archive: Peekable): Promise<Header | "end" | "damaged"> {
  let longName: string | undefined;
  for (;;) {
    const block = await archive.take(BLOCK);
    if (block.every((byte) => byte === 0)) return "end";
    const size = isTar(block) ? sizeOf(block) : undefined;
    if (size === undefined) return "damaged";
    const type = String.fromCharCode(block[156] ?? 0);
    if (!EXTRA_TYPES.has(type)) return { name: longName ?? nameOf(block), type, size };
    if (size > MAX_HEADER_BYTES) return "damaged";
    const content = await archive.take(size);
    await archive.take(paddingOf(size));
    longName = nameIn(content, type) ?? longName;
  }
}

/** Members are filled up to whole blocks. */
function paddingOf(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** The bytes of one file, which the archive goes on behind. */
class Member implements AsyncIterable<Buffer> {
  readonly #archive: Peekable;
  #left: number;

  constructor(archive: Peekable, size: number) {
    this.#archive = archive;
    this.#left = size;
  }

  /** Whether the archive ended before the file did. */
  get isCut(): boolean {
    return this.#left > 0;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const bytes = await this.#archive.takeSome(this.#left);
      if (bytes.length === 0) return;
      this.#left -= bytes.length;
      yield bytes;
    }
  }

  async skipRest(): Promise<void> {
    for await (const _ of this);
  }
}

/** In octal digits or, of files beyond 8 GB, as a number with its first bit set. */
function sizeOf(header: Buffer): number | undefined {
  const field = header.subarray(124, 136);
  const size =
    field[0] === 0x80 ? Number(field.readBigUInt64BE(4)) : Number.parseInt(textOf(field).trim() || "0", 8);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function nameOf(header: Buffer): string {
  const prefix = textOf(header.subarray(345, 500));
  const name = textOf(header.subarray(0, 100));
  return prefix && header.toString("latin1", 257, 263) === "ustar\0" ? `${prefix}/${name}` : name;
}

/** Up to the first NUL. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end === -1 ? bytes.length : end);
}

/** What GNU's extra header is, or of pax's lines `LENGTH KEY=VALUE` the path. */
function nameIn(content: Buffer, type: string): string | undefined {
  if (type === "L") return textOf(content);
  if (type !== "x") return undefined;
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content.toString("utf8"))?.[1];
}
