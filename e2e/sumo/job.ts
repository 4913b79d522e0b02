import type { JobOrder } from "./create-body.ts";
import { type Field, fieldsOf, type Message } from "./message.ts";
import { countMessages, rowOf } from "./query/pipeline.ts";
import { Refusal } from "./refusal.ts";

export type JobRules = {
  /** How many times a job is still gathering when it is asked for its state. */
  pollsUntilDone: number;
  /** A search for messages is cut at so many. */
  maxMessages: number;
  /** How it says so. All three have been seen or are documented. */
  truncatesAs: "force-paused" | "warning" | "silent";
};

export type Page = { fields: Field[]; rows: Record<string, string>[] };

const COOKIE_NOISE =
  "You must enable cookies for subsequent requests to the search job. A 404 status (Page Not Found) on a follow-up request may be due to a cookie not accompanying the request.";

/** One search job: it gathers as it is asked for its state, the newest messages first. */
export class Job {
  readonly id: string;
  readonly order: JobOrder;
  readonly owner: string;
  readonly session: string;
  lastSeen: number;
  readonly #rules: JobRules;
  readonly #messages: readonly Message[];
  readonly #isCut: boolean;
  readonly #records: Record<string, string>[] | undefined;
  readonly #news = { errors: [] as string[], warnings: [] as string[] };
  #polls = 0;
  #buckets = 0;
  #isCancelled = false;

  constructor(
    known: { id: string; owner: string; session: string; now: number },
    order: JobOrder,
    found: readonly Message[],
    rules: JobRules,
  ) {
    this.id = known.id;
    this.owner = known.owner;
    this.session = known.session;
    this.lastSeen = known.now;
    this.order = order;
    this.#rules = rules;
    const { count, limit } = order.query;
    this.#records = count && countMessages(found, count, limit);
    const wanted = count ? found.length : Math.min(found.length, limit ?? Infinity);
    this.#isCut = !count && wanted > rules.maxMessages;
    this.#messages = found.slice(0, count ? wanted : Math.min(wanted, rules.maxMessages));
    if (this.#isCut && rules.truncatesAs === "warning") {
      this.warn(`Maximum results reached: only the first ${rules.maxMessages} messages are given.`);
    }
  }

  warn(warning: string): void {
    this.#news.warnings.push(warning);
  }

  fail(error: string): void {
    this.#news.errors.push(error);
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  /** Nobody has been told its state yet. */
  get isFresh(): boolean {
    return this.#polls === 0;
  }

  get #share(): number {
    return this.#rules.pollsUntilDone === 0 ? 1 : Math.min(1, this.#polls / this.#rules.pollsUntilDone);
  }

  get #state(): string {
    if (this.#isCancelled) return "CANCELLED";
    if (this.#share >= 1) {
      return this.#isCut && this.#rules.truncatesAs === "force-paused"
        ? "FORCE PAUSED"
        : "DONE GATHERING RESULTS";
    }
    return this.#polls === 0 ? "NOT STARTED" : "GATHERING RESULTS";
  }

  get #soFar(): number {
    return Math.floor(this.#messages.length * this.#share);
  }

  /** Errors, warnings and buckets are told once. */
  status(): object {
    const messages = this.#messages.slice(0, this.#soFar);
    const scanned = messages.reduce((sum, { raw }) => sum + raw.length, 0);
    const answer = {
      warning: COOKIE_NOISE,
      state: this.#state,
      messageCount: messages.length,
      histogramBuckets: this.#newBuckets(messages),
      pendingErrors: this.#news.errors.splice(0),
      pendingWarnings: this.#news.warnings.splice(0),
      recordCount: this.#share >= 1 ? (this.#records?.length ?? 0) : 0,
      usageDetails: { dataScannedInBytes: scanned },
      timeElapsed: this.#polls * 1000,
      showLogLevels: false,
    };
    this.#polls++;
    return answer;
  }

  /** Found from the end of the range backwards. */
  #newBuckets(messages: readonly Message[]): object[] {
    const counts = new Map<number, number>();
    for (const { messageTime } of messages.slice(this.#buckets)) {
      const startTimestamp = Math.floor(messageTime / 60_000) * 60_000;
      counts.set(startTimestamp, (counts.get(startTimestamp) ?? 0) + 1);
    }
    this.#buckets = messages.length;
    return [...counts].map(([startTimestamp, count]) => ({
      startTimestamp,
      length: 60_000,
      count,
      logLevel: null,
    }));
  }

  messages(offset: number, limit: number): Page {
    if (this.#records && !this.order.requiresRawMessages) throw new Refusal("no-messages");
    const slice = this.#messages.slice(offset, Math.min(offset + limit, this.#soFar));
    const rows = slice.map((message) => rowOf(message, this.order.query.fields));
    return { rows, fields: fieldsOf(rows) };
  }

  records(offset: number, limit: number): Page {
    if (!this.#records) throw new Refusal("no-records");
    const { by = [] } = this.order.query.count ?? {};
    const rows = this.#share >= 1 ? this.#records.slice(offset, offset + limit) : [];
    return { rows, fields: fieldsOf(rows, by) };
  }
}
