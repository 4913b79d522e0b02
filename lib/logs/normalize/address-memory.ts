const REMEMBERED = 10_000;
/** An address is shorter, with port and zone; another text is nothing to fill the memory with. */
const LONGEST_REMEMBERED = 80;

/**
 * What was found of source addresses, of which the same come again and again. Two generations: what is asked for often moves
 * from the older into the recent one before that is dropped.
 */
export class AddressMemory<Found> {
  readonly #find: (sourceIp: string) => Found;
  #recent = new Map<string, Found>();
  #older = new Map<string, Found>();

  /** `find`: gives the same for the same address, and never undefined. */
  constructor(find: (sourceIp: string) => Found) {
    this.#find = find;
  }

  of(sourceIp: string): Found {
    const known = this.#recent.get(sourceIp);
    if (known !== undefined) return known;
    const found = this.#older.get(sourceIp) ?? this.#find(sourceIp);
    if (sourceIp.length > LONGEST_REMEMBERED) return found;
    if (this.#recent.size >= REMEMBERED) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(sourceIp, found);
    return found;
  }
}
