import { z } from "zod";

type Limit = {
  /** The environment variable that sets it. */
  variable: string;
  default: number;
  /** What may be set, ends included. */
  least: number;
  most: number;
};

/**
 * Bounds on what is delivered, so that no file takes the machine with it. Nothing that goes beyond one is dropped in silence:
 * a delivery is refused, an import fails, or a record is rejected, each with a sentence.
 */
export const LIMITS = {
  /** Bytes of one delivered file. */
  uploadBytes: {
    variable: "BARNACLE_MAX_UPLOAD_BYTES",
    default: 5_000_000_000,
    least: 1000,
    most: 1e15,
  },
  /** Bytes of one request to the ingest API. */
  deliveryBytes: {
    variable: "BARNACLE_MAX_DELIVERY_BYTES",
    default: 500_000_000,
    least: 1000,
    most: 1e12,
  },
  /** Bytes that came by the ingest API and are not read yet: beyond them senders are asked to wait. */
  unreadBytes: {
    variable: "BARNACLE_MAX_UNREAD_BYTES",
    default: 10_000_000_000,
    least: 1000,
    most: 1e15,
  },
  /** What may come out of all compressed streams of a delivery together. */
  insideBytes: {
    variable: "BARNACLE_MAX_INSIDE_BYTES",
    // A terabyte out of one delivery takes days to read, and ends.
    default: 1024 ** 4,
    least: 1_000_000,
    most: 1e15,
  },
  /** How many times its own size may come out of a delivery, beyond the first 256 MB. */
  ratio: {
    variable: "BARNACLE_MAX_RATIO",
    // Logs become a fortieth by compression, the most uniform a two-hundredth.
    default: 300,
    least: 10,
    most: 100_000,
  },
  /** Files in an archive: more than an export of logs has, for each costs work even when little is in it. */
  entries: { variable: "BARNACLE_MAX_ENTRIES", default: 100_000, least: 1, most: 10_000_000 },
  /** Layers around a log: an archive of compressed archives is as far as honest deliveries go. */
  nesting: { variable: "BARNACLE_MAX_NESTING", default: 4, least: 1, most: 16 },
  /** Bytes of one record, which is a line of JSON Lines. */
  recordBytes: {
    variable: "BARNACLE_MAX_RECORD_BYTES",
    // CloudTrail's records end at 256 kB and Azure's at 1 MB; wrapped ones are a little longer.
    default: 2 * 1024 * 1024,
    least: 65_536,
    most: 64 * 1024 * 1024,
  },
  /** Objects and lists in one another in a record. A record's id goes no deeper. */
  jsonDepth: { variable: "BARNACLE_MAX_JSON_DEPTH", default: 100, least: 10, most: 100 },
  /** Rejected records of one import that are kept whole. The others are counted, by reason. */
  rejectedRecords: { variable: "BARNACLE_MAX_REJECTED_RECORDS", default: 10_000, least: 1, most: 10_000_000 },
  /** How long one run of an import may take. */
  importMinutes: { variable: "BARNACLE_MAX_IMPORT_MINUTES", default: 1440, least: 1, most: 43_200 },
  /** What a delivery must leave free of the disk. */
  freeBytes: { variable: "BARNACLE_MIN_FREE_BYTES", default: 2_000_000_000, least: 0, most: 1e15 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export type Limits = Readonly<Record<LimitName, number>>;

export const DEFAULT_LIMITS: Limits = mapLimits((limit) => limit.default);

/** What the variable of a limit may hold, as text or absent; its issue says what it may be. */
export function limitSchema({ least, most, default: unset }: Limit) {
  const range = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === "" ? unset : Number(text)))
    .pipe(z.int({ error: range }).min(least, { error: range }).max(most, { error: range }));
}

/** The limits that an environment sets, read by their variables. */
export function limitsIn(values: Readonly<Record<string, unknown>>): Limits {
  return mapLimits(({ variable }) => values[variable] as number);
}

function mapLimits(read: (limit: Limit) => number): Limits {
  const entries = Object.entries(LIMITS).map(([name, limit]) => [name, read(limit)]);
  return Object.fromEntries(entries) as Limits;
}
