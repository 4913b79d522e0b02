import { type Address, parseAddress, parseNetwork } from "#lib/logs/normalize/address.ts";

const MOST_REMEMBERED = 10_000;
/** An address is shorter, with port and zone. */
const LONGEST_REMEMBERED = 80;

/** Networks in any number: an address is looked up once for each length of prefix that occurs, and remembered. */
export class NetworkSet {
  /** By `ipv4` or `ipv6` and prefix length: the networks, as bytes in hexadecimal. */
  readonly #byPrefix = new Map<string, { kind: string; bits: number; networks: Set<string> }>();
  readonly #remembered = new Map<string, boolean>();

  /** Throws on what is no CIDR block. */
  constructor(cidrs: readonly string[]) {
    for (const cidr of cidrs) {
      const network = parseNetwork(cidr);
      if (!network) throw new Error(`${JSON.stringify(cidr)} is no network.`);
      const { address, bits } = network;
      const kind = address.kind();
      const place = this.#byPrefix.get(`${kind} ${bits}`) ?? { kind, bits, networks: new Set() };
      place.networks.add(prefixOf(address.toByteArray(), bits));
      this.#byPrefix.set(`${kind} ${bits}`, place);
    }
  }

  /** False where there is no readable address. */
  has(sourceIp: string): boolean {
    if (this.#byPrefix.size === 0 || sourceIp.length > LONGEST_REMEMBERED) return false;
    const known = this.#remembered.get(sourceIp);
    if (known !== undefined) return known;
    const address = parseAddress(sourceIp);
    const found = address !== null && this.#holds(address);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(sourceIp, found);
    return found;
  }

  #holds(address: Address): boolean {
    const bytes = address.toByteArray();
    const kind = address.kind();
    return [...this.#byPrefix.values()].some(
      (place) => place.kind === kind && place.networks.has(prefixOf(bytes, place.bits)),
    );
  }
}

/** The first bits of an address, all others cleared. */
function prefixOf(bytes: readonly number[], bits: number): string {
  const kept = bytes.slice(0, Math.ceil(bits / 8));
  const rest = bits % 8;
  const last = kept.length - 1;
  if (rest > 0) kept[last] = (kept[last] ?? 0) & (0xff << (8 - rest)) & 0xff;
  return Buffer.from(kept).toString("hex");
}
