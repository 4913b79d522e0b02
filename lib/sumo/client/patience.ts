import { failure, type Outcome } from "#lib/outcome.ts";
import type { Answer, Request, Sender, Trouble } from "./request.ts";
import type { SearchOptions } from "./search.ts";

/** Longer, and a job that nobody asks for may be gone. */
const LONGEST_WAIT_MS = 20_000;
const LONGEST_BEFORE_CREATE_MS = 60_000;

const MOST = {
  /** Too much was asked: it was not done. */
  limited: 8,
  /** Of what may be done twice. */
  failed: 6,
  /** Sumo refuses a good key now and then, when many sign in at once. */
  unauthorized: { first: 1, later: 3 },
};

type Waiting = Required<Pick<SearchOptions, "turns" | "signal" | "sleep">>;

/** Sends requests in their turns, and again when that can help and does no harm. */
export class Patience {
  readonly #sender: Sender;
  readonly #options: Waiting;
  #isKeyAccepted = false;
  /** An answer that told of a job's state got lost: each warning and error is told but once. */
  isNewsLost = false;

  constructor(sender: Sender, options: Waiting) {
    this.#sender = sender;
    this.#options = options;
  }

  async send(request: Request): Promise<Outcome<Answer, Trouble>> {
    const { turns, signal, sleep } = this.#options;
    const tries = { limited: 0, failed: 0, unauthorized: 0 };
    for (;;) {
      const outcome = await turns.take(() => this.#sender.send(request, signal));
      this.#isKeyAccepted ||= outcome.ok;
      if (outcome.ok) return outcome;
      const trouble = outcome.reason;
      if (request.asked === "status" && trouble.isAnswerLost) this.isNewsLost = true;
      const kind = kindOf(trouble, request);
      if (!kind || tries[kind] >= this.#most(kind)) return failure(trouble);
      await sleep(waitMs(trouble, request, tries[kind]++), signal);
    }
  }

  #most(kind: keyof typeof MOST): number {
    if (kind !== "unauthorized") return MOST[kind];
    return this.#isKeyAccepted ? MOST.unauthorized.later : MOST.unauthorized.first;
  }
}

/** Why it may be tried again; undefined: it may not. A search is never made twice for want of an answer. */
function kindOf(trouble: Trouble, { asked }: Request): keyof typeof MOST | undefined {
  if (trouble.reason === "rate-limited") return "limited";
  if (trouble.reason === "unauthorized") return "unauthorized";
  if (asked === "create") return undefined;
  const isPassing = ["unreachable", "timeout", "not-json", "internal-error", "unavailable"].includes(
    trouble.reason,
  );
  return isPassing ? "failed" : undefined;
}

function waitMs(trouble: Trouble, { asked }: Request, triesBefore: number): number {
  const longest = asked === "create" ? LONGEST_BEFORE_CREATE_MS : LONGEST_WAIT_MS;
  const backOff = (trouble.reason === "rate-limited" ? 1000 : 500) * 2 ** triesBefore;
  // Several that were refused together must not come back together.
  const jitter = Math.random() * 250;
  return Math.min(longest, Math.max(trouble.retryAfterMs ?? 0, backOff) + jitter);
}
