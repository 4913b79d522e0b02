import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, send } from "./answer.ts";
import { checkCookies, cookiesOf, routingCookie } from "./cookies.ts";
import { parseOrder } from "./create-body.ts";
import { type FaultName, Faults, type Operation } from "./faults.ts";
import type { Job } from "./job.ts";
import { Jobs } from "./jobs.ts";
import { type Key, Keys, type NextKey, STAND_IN_KEY } from "./keys.ts";
import type { LoadedMessage } from "./message.ts";
import { MessageStore } from "./message-store.ts";
import { Pace } from "./pace.ts";
import { pageOf } from "./page.ts";
import { REFUSALS, Refusal, refusalBody } from "./refusal.ts";
import { type Asking, JOBS_PATH, routeOf } from "./route.ts";
import type { SumoOptions, SumoStats } from "./server.ts";

const REPEATED_MS = 2000;
const MAX_PAGE_BYTES = 100_000_000;
const PORTAL = "<!doctype html><title>Network</title><h1>Sign in to the network</h1>";

type Visit = { asking: Asking; request: IncomingMessage; key: Key; body: string };

/** All that stands behind the address: messages, keys, jobs, limits, and what is to go wrong. */
export class Organisation {
  origin = "";
  readonly faults: Faults;
  readonly #options: SumoOptions;
  readonly #store = new MessageStore();
  readonly #keys: Keys;
  readonly #pace: Pace;
  readonly #jobs: Jobs;
  readonly #requests: Record<Operation, number> = { create: 0, status: 0, page: 0, delete: 0 };
  readonly #lastCreates = new Map<string, number>();
  #createsRepeated = 0;

  constructor(options: SumoOptions) {
    const { limits } = options;
    this.#options = options;
    this.faults = new Faults(options.seed ?? 1525);
    this.#keys = new Keys(options.keys ?? [STAND_IN_KEY]);
    this.#pace = new Pace({ perSecond: limits?.perSecond ?? 4, atATime: limits?.atATime ?? 10 });
    this.#jobs = new Jobs({
      pollsUntilDone: options.pollsUntilDone ?? 2,
      maxMessages: options.maxMessages ?? 100_000,
      truncatesAs: options.truncatesAs ?? "force-paused",
      idleMs: options.idleMs ?? 30_000,
      maxJobs: limits?.jobs ?? 200,
    });
  }

  get #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  load(messages: Iterable<LoadedMessage>): void {
    this.#store.load(messages);
  }

  rotate(accessId: string, next: NextKey, afterRequests = 0): void {
    this.#keys.rotate(accessId, next, afterRequests);
  }

  stats(): SumoStats {
    return {
      requests: { ...this.#requests },
      mostInASecond: this.#pace.mostInASecond,
      mostAtATime: this.#pace.mostAtATime,
      rateLimited: this.#pace.refused,
      jobs: this.#jobs.counts(this.#now),
      createsRepeated: this.#createsRepeated,
      faults: { ...this.faults.met },
    };
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const arrived = performance.now();
    const url = new URL(request.url ?? "/", this.origin);
    let leave = () => {};
    try {
      if (/\bxml\b/i.test(request.headers.accept ?? "")) throw new Refusal("internal");
      const key = this.#keys.check(request.headers.authorization, url.pathname);
      leave = () => this.#pace.leave(key.accessId);
      if (!this.#pace.enter(key, arrived)) throw new Refusal("too-many");
      const asking = routeOf(request, url);
      this.#requests[asking.operation]++;
      const visit = { asking, request, key, body: await text(request) };
      await this.#visit(visit, response);
    } catch (error) {
      if (error instanceof Refusal) await send(response, this.#refuse(error));
      // Unless the asker went away it is a bug of ours, which must not look like an answer of Sumo's.
      else if (!request.destroyed) throw error;
    } finally {
      leave();
    }
  }

  async #visit(visit: Visit, response: ServerResponse): Promise<void> {
    const { operation } = visit.asking;
    const strikes = (name: FaultName) => this.faults.strike(name, operation) !== undefined;
    const slow = this.faults.strike("slow", operation);
    if (slow) await sleep(slow.ms ?? 1000);
    if (strikes("login-throttled")) throw new Refusal("unauthorized");
    if (strikes("rate-limited")) throw new Refusal("too-many");

    const error = strikes("internal-error") ? "internal" : strikes("unavailable") ? "unavailable" : undefined;
    const isDropped = error === undefined && strikes("dropped");
    const isCut = strikes("half-body");
    const isGarbled = strikes("not-json");
    const isLost = error !== undefined || isDropped;
    // What got lost may have been done.
    const isDone = !isLost || (operation !== "status" && this.faults.random() < 0.5);
    const { answer, made } = isDone ? await this.#perform(visit) : { answer: undefined, made: undefined };
    // One that was refused was not made, and may be asked for again.
    if (operation === "create") this.#notice(visit);
    if (made && (isLost || isCut || isGarbled)) this.#jobs.forget(made);
    if (error) throw new Refusal(error);
    if (isDropped || !answer) response.destroy();
    else if (isGarbled)
      await send(response, { status: 200, headers: { "Content-Type": "text/html" }, body: PORTAL });
    else await send(response, answer, isCut);
  }

  async #perform(visit: Visit): Promise<{ answer: Answer; made?: Job }> {
    const { asking, request, key } = visit;
    if (asking.operation === "create") return this.#create(visit);
    const job = this.#jobs.get(asking.id, { owner: key.owner, now: this.#now });
    if (this.#options.needsCookies ?? true) checkCookies(request.headers.cookie, job);
    const answer = (body: Answer["body"]): { answer: Answer } => ({
      answer: { status: 200, headers: { "Set-Cookie": routingCookie() }, body },
    });
    if (asking.operation === "delete") {
      this.#jobs.delete(job);
      return answer(JSON.stringify({ id: job.id }));
    }
    if (asking.operation === "status") {
      this.#trouble(job);
      return answer(JSON.stringify(job.status()));
    }
    if (this.faults.strike("lost-job", "page")) this.#lose(job);
    const { kind, parameters } = asking;
    const maxBytes = this.#options.maxPageBytes ?? MAX_PAGE_BYTES;
    return answer({ kind, ...pageOf(job, { kind, parameters, maxBytes, faults: this.faults }) });
  }

  async #create({ key, body }: Visit): Promise<{ answer: Answer; made: Job }> {
    const order = parseOrder(body);
    const found = await this.#store.find(order.span, order.query.scope, this.#now);
    const made = this.#jobs.create(order, found, { owner: key.owner, now: this.#now });
    const href = `${this.origin}${JOBS_PATH}/${made.id}`;
    const headers = { Location: href, "Set-Cookie": cookiesOf(made) };
    const told = { id: made.id, link: { rel: "self", href } };
    return { answer: { status: 202, headers, body: JSON.stringify(told) }, made };
  }

  #trouble(job: Job): void {
    if (job.isFresh && this.faults.strike("unknown-yet", "status")) throw new Refusal("no-job");
    if (this.faults.strike("lost-job", "status")) this.#lose(job);
    if (this.faults.strike("pending-error", "status"))
      job.fail("Field foo not found, please check the spelling.");
    if (this.faults.strike("cancelled", "status")) job.cancel();
  }

  #lose(job: Job): never {
    this.#jobs.lose(job);
    throw new Refusal("no-job");
  }

  #notice({ key, body }: Visit): void {
    const said = `${key.owner}\n${body}`;
    const last = this.#lastCreates.get(said);
    const now = performance.now();
    if (last !== undefined && now - last < REPEATED_MS) this.#createsRepeated++;
    this.#lastCreates.set(said, now);
  }

  #refuse(refusal: Refusal): Answer {
    const { retryAfterSeconds, refusalForm = "search-job" } = this.#options;
    const headers: Answer["headers"] = {};
    if (refusal.location !== undefined) headers.Location = refusal.location;
    if (refusal.named === "too-many" && retryAfterSeconds !== undefined) {
      headers["Retry-After"] = String(retryAfterSeconds);
    }
    const correlation = randomBytes(8)
      .toString("hex")
      .toUpperCase()
      .replace(/^(.{5})(.{5})(.{5}).*/, "$1-$2-$3");
    return {
      status: REFUSALS[refusal.named][0],
      headers,
      body: refusalBody(refusal, refusalForm, correlation),
    };
  }
}
