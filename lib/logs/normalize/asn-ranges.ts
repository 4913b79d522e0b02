/** Addresses are 32-bit words, the most significant first: one of IPv4, four of IPv6. */
type Width = 1 | 4;

/** Ranges of addresses in ascending order, both ends included, and the autonomous system that announces each. */
export type AsnRanges = { starts: Uint32Array; ends: Uint32Array; systems: Uint32Array };

type Cursor = { csv: Buffer; at: number };

const WORD = 2 ** 32;
const ZERO = 0x30;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/**
 * Reads lines of `start,end,number,name` with addresses as decimal numbers, and adds the name of each system to `names`.
 * Works on bytes, since as text the lines would take ten times their size. Throws on what is no number, and when a range
 * begins before the one above it.
 */
export function readAsnRanges(csv: Buffer, width: Width, names: Map<number, string>): AsnRanges {
  const lines = countLines(csv);
  const starts = new Uint32Array(lines * width);
  const ends = new Uint32Array(lines * width);
  const systems = new Uint32Array(lines);
  const cursor = { csv, at: 0 };
  const address = new Uint32Array(width);
  const system = new Uint32Array(1);
  for (let line = 0; line < lines; line++) {
    readNumber(cursor, address);
    if (line > 0 && compare(starts, line - 1, address) > 0) {
      throw new Error(`Line ${line + 1} of the networks begins before the line above it`);
    }
    starts.set(address, line * width);
    ends.set(readNumber(cursor, address), line * width);
    systems.set(readNumber(cursor, system), line);
    readName(cursor, system[0] ?? 0, names);
  }
  return { starts, ends, systems };
}

/** The number of the autonomous system that announces an address, given as words; null where none does. */
export function findAsn({ starts, ends, systems }: AsnRanges, address: Uint32Array): number | null {
  let low = 0;
  let high = systems.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(starts, middle, address) <= 0) low = middle + 1;
    else high = middle;
  }
  const isInside = low > 0 && compare(ends, low - 1, address) >= 0;
  return isInside ? (systems[low - 1] ?? null) : null;
}

/** Below, at or above zero as the bound at a place is before, at or behind the address. */
function compare(bounds: Uint32Array, place: number, address: Uint32Array): number {
  const width = address.length;
  for (let word = 0; word < width; word++) {
    const difference = (bounds[place * width + word] ?? 0) - (address[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function countLines(csv: Buffer): number {
  let lines = 0;
  for (let at = csv.indexOf(NEWLINE); at !== -1; at = csv.indexOf(NEWLINE, at + 1)) lines++;
  return csv.length > 0 && csv[csv.length - 1] !== NEWLINE ? lines + 1 : lines;
}

/** Reads the digits up to the next comma into `words`, and returns them. */
function readNumber(cursor: Cursor, words: Uint32Array): Uint32Array {
  words.fill(0);
  for (let byte = cursor.csv[cursor.at++]; byte !== COMMA; byte = cursor.csv[cursor.at++]) {
    let carry = (byte ?? 0) - ZERO;
    if (carry < 0 || carry > 9) throw new Error(`The networks have no number at byte ${cursor.at - 1}`);
    for (let word = words.length - 1; word >= 0; word--) {
      const value = (words[word] ?? 0) * 10 + carry;
      words[word] = value;
      carry = Math.floor(value / WORD);
    }
  }
  return words;
}

/** Reads the rest of the line: a name, in quotes where it holds a comma or a quote. */
function readName(cursor: Cursor, system: number, names: Map<number, string>): void {
  const newline = cursor.csv.indexOf(NEWLINE, cursor.at);
  const end = newline === -1 ? cursor.csv.length : newline;
  if (!names.has(system)) {
    const text = cursor.csv.toString("utf8", cursor.at, end).trim();
    const quoted = /^"(.*)"$/.exec(text)?.[1];
    names.set(system, quoted?.replaceAll('""', '"') ?? text);
  }
  cursor.at = end + 1;
}
