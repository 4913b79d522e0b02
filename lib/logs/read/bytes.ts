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

/** Whether a line is empty but for its end: of such a file may have very many. */
export function isEmptyLine(bytes: Buffer, from: number, newline: number): boolean {
  return newline === from || (newline === from + 1 && bytes[from] === 0x0d);
}

/** How many lines end from one place, at which one does, to another. */
export function lineBreaks(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at !== -1 && at < to; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** One behind the other; copied only where there are two. */
export function joined(one: Buffer, other: Buffer): Buffer {
  return one.length === 0 ? other : Buffer.concat([one, other]);
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

/** Where a string ends, from somewhere inside it: at its quote or, when it was never closed, at the line's end. */
export function stringEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== QUOTE && bytes[at] !== NEWLINE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** Whether brackets or a string are still open at the end. */
export function endsInside(bytes: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = stringEnd(bytes, at + 1);
      if (at >= bytes.length) return true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
  }
  return depth > 0;
}

const MAX_INDENT = 256;

/** The place of the first byte from here on that is no white space, or of one so far away; undefined when it must still come. */
export function skipSpace(bytes: Buffer, from: number): number | undefined {
  let at = from;
  while (at < from + MAX_INDENT && isSpace(bytes[at])) at++;
  return at < bytes.length ? at : undefined;
}
