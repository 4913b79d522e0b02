const BLOCK = 512;
const NAME_BYTES = 100;

/** The header of a file in a tar archive (POSIX.1-1988, ustar). `name` has at most 100 bytes of ASCII. */
export function tarHeader(name: string, size: number, modifiedAt: Date): Buffer {
  if (name.length > NAME_BYTES) throw new Error("A name in an archive is too long.");
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, "0"), at, "latin1");
  header.write(name, 0, "latin1");
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(Math.floor(modifiedAt.getTime() / 1000), 136, 11);
  header.write("        0", 148, "latin1");
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  octal(sum, 148, 6);
  header.write("\0 ", 154, "latin1");
  return header;
}

/** What fills a file up to whole blocks. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);
