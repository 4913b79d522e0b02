import { randomBytes } from "node:crypto";
import type { JobOrder } from "./create-body.ts";
import { Job, type JobRules } from "./job.ts";
import type { Message } from "./message.ts";
import { Refusal } from "./refusal.ts";

export type JobCounts = {
  created: number;
  deleted: number;
  /** Alive now: its asker was told of it, and has not deleted it. */
  left: number;
  /** Told, never deleted, and ended by nobody asking for them any more. */
  expired: number;
  /** Made, though the answer that would have told of them got lost. Nobody can delete these. */
  untold: number;
};

type Kept = { job: Job; isTold: boolean };

/** The jobs of an organisation, until they are deleted or nobody has asked for them for a while. */
export class Jobs {
  readonly #jobs = new Map<string, Kept>();
  readonly #rules: JobRules & { idleMs: number; maxJobs: number };
  readonly #counts = { created: 0, deleted: 0, expired: 0, untold: 0 };

  constructor(rules: JobRules & { idleMs: number; maxJobs: number }) {
    this.#rules = rules;
  }

  create(order: JobOrder, found: readonly Message[], { owner, now }: { owner: string; now: number }): Job {
    this.#expire(now);
    if (this.#jobs.size >= this.#rules.maxJobs) throw new Refusal("too-many");
    const id = randomBytes(8).toString("hex").toUpperCase();
    const session = `node0${randomBytes(8).toString("hex")}`;
    const job = new Job({ id, owner, session, now }, order, found, this.#rules);
    this.#jobs.set(id, { job, isTold: true });
    this.#counts.created++;
    return job;
  }

  /** Asking keeps a job alive. Those of other people are unknown. */
  get(id: string, { owner, now }: { owner: string; now: number }): Job {
    this.#expire(now);
    const job = this.#jobs.get(id)?.job;
    if (!job || job.owner !== owner) throw new Refusal("no-job");
    job.lastSeen = now;
    return job;
  }

  delete(job: Job): void {
    this.#jobs.delete(job.id);
    this.#counts.deleted++;
  }

  /** As if the node that ran it had died. */
  lose(job: Job): void {
    this.#jobs.delete(job.id);
  }

  /** The answer to its creation does not reach anybody. */
  forget(job: Job): void {
    const kept = this.#jobs.get(job.id);
    if (!kept?.isTold) return;
    kept.isTold = false;
    this.#counts.untold++;
  }

  counts(now: number): JobCounts {
    this.#expire(now);
    return { ...this.#counts, left: [...this.#jobs.values()].filter(({ isTold }) => isTold).length };
  }

  #expire(now: number): void {
    for (const [id, { job, isTold }] of this.#jobs) {
      if (now - job.lastSeen < this.#rules.idleMs) continue;
      this.#jobs.delete(id);
      if (isTold) this.#counts.expired++;
    }
  }
}
