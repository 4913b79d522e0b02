export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

/** What ends a bare word between records. */
export function isDelimiter(byte: number): boolean {
  return (
    byte === COMMA ||
    byte === OPEN_OBJECT ||
    byte === CLOSE_OBJECT ||
    byte === OPEN_LIST ||
    byte === CLOSE_LIST
  );
}

export function matches(open: number | undefined, close: number): boolean {
  return close === CLOSE_OBJECT ? open === OPEN_OBJECT : open === OPEN_LIST;
}

export function leadingSpace(bytes: Buffer): number {
  let at = 0;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Without the bytes at the end that `drop` names. */
export function trimEnd(bytes: Buffer, drop: (byte: number | undefined) => boolean = isSpace): Buffer {
  let end = bytes.length;
  while (end > 0 && drop(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}

/** Whether a line after the first begins an object in the column (counted in bytes of white space). */
export function hasObjectLine(bytes: Buffer, column: number): boolean {
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) {
    let first = at + 1;
    while (bytes[first] !== NEWLINE && isSpace(bytes[first])) first++;
    if (bytes[first] === OPEN_OBJECT && first - at - 1 === column) return true;
  }
  return false;
}
