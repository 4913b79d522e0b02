export const OPERATIONS = ["create", "status", "page", "delete"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What can be made to go wrong, and at which operations it can. */
export const FAULTS = {
  /** The answer takes `ms` longer. */
  slow: OPERATIONS,
  /** 500. Of a create that fails so, every second has made its job all the same. */
  "internal-error": OPERATIONS,
  /** 503, as above. */
  unavailable: OPERATIONS,
  /** The connection ends without an answer: every second time what was asked for has been done. */
  dropped: OPERATIONS,
  /** The answer breaks off in the middle. */
  "half-body": OPERATIONS,
  /** Something between us and Sumo answers, with 200 and a page for people. */
  "not-json": OPERATIONS,
  /** 401 although the key is right: too many signed in. */
  "login-throttled": OPERATIONS,
  /** 429 although not too much was asked. */
  "rate-limited": OPERATIONS,
  /** The job is gone in the middle. */
  "lost-job": ["status", "page"],
  /** The job is not known yet, at the first look at its state. */
  "unknown-yet": ["status"],
  "pending-error": ["status"],
  /** The state CANCELLED. */
  cancelled: ["status"],
  /** A page of none, though there are messages. */
  "empty-page": ["page"],
  /** Fewer rows than were asked for. */
  "short-page": ["page"],
  /** A row twice on a page, instead of its last. */
  "repeated-row": ["page"],
  /** A page that begins with the end of the one before. */
  "overlapping-page": ["page"],
} as const satisfies Record<string, readonly Operation[]>;

export type FaultName = keyof typeof FAULTS;

/** `rate`: from 0 to 1, of the requests that it can befall. `next`: so many of them from now on. */
export type Fault = { rate?: number; next?: number; on?: readonly Operation[]; ms?: number };
export type FaultPlan = Partial<Record<FaultName, Fault>>;

/** Decides by a seed, so that the same requests meet the same faults. */
export class Faults {
  #plan: FaultPlan = {};
  readonly #state: { seed: number };
  readonly met = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0])) as Record<
    FaultName,
    number
  >;

  constructor(seed: number) {
    this.#state = { seed };
  }

  /** In place of all that were planned before. */
  plan(plan: FaultPlan): void {
    this.#plan = structuredClone(plan);
  }

  /** The fault, when it befalls this request. */
  strike(name: FaultName, operation: Operation): Fault | undefined {
    const fault = this.#plan[name];
    const possible: readonly Operation[] = FAULTS[name];
    if (!fault || !possible.includes(operation) || !(fault.on ?? possible).includes(operation))
      return undefined;
    if ((fault.next ?? 0) > 0) fault.next = (fault.next ?? 0) - 1;
    else if (this.random() >= (fault.rate ?? 0)) return undefined;
    this.met[name]++;
    return fault;
  }

  /** From 0 up to, but not, 1 (mulberry32). */
  random(): number {
    this.#state.seed = (this.#state.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state.seed ^ (this.#state.seed >>> 15), 1 | this.#state.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
